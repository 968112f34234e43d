"""The worker process: its messages, its credit, and that it always ends."""

import io
import itertools
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sims import catalogue, runner, worker
from sims.band_run import BandRun, contexts_of
from sims.protocol import messages

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60  # a worker that says nothing for so long is killed, which fails the test that reads from it
DENSE = {"type": "run", "simulation": "densenet-concat", "knobs": {"depth": 3}, "seed": 1, "device": "cpu"}


def refuse(constant: str) -> float:
    """Fail on NaN and Infinity as bare words, which are not JSON."""
    raise AssertionError(constant)


class Talk:
    """A worker process and a way to talk with it."""

    def __init__(self, module: str = "sims.worker", *arguments: str) -> None:
        """Start it."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._watchdog = threading.Timer(PATIENCE_S, self.process.kill)
        self._watchdog.start()

    def say(self, **request: Any) -> None:
        """Send a request."""
        self.say_raw(json.dumps({"v": 1} | request).encode())

    def say_raw(self, line: bytes) -> None:
        """Send a line as it is."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """Return the next reply."""
        assert self.process.stdout is not None
        message = json.loads(self.process.stdout.readline(), parse_constant=refuse)
        assert message["v"] == 1
        assert isinstance(message, dict)
        return message

    def hear_until(self, kind: str) -> list[dict[str, Any]]:
        """Return the replies up to one of this type, that one included."""
        heard = [self.hear()]
        while heard[-1]["type"] != kind:
            heard.append(self.hear())
        return heard

    def hang_up(self) -> None:
        """Close its stdin."""
        assert self.process.stdin is not None
        self.process.stdin.close()

    def close(self) -> None:
        """End it and leave nothing open."""
        self._watchdog.cancel()
        self.process.kill()
        self.process.wait()
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()


@pytest.fixture(scope="module")
def talk() -> Iterator[Talk]:
    """A worker that is ready."""
    conversation = Talk()
    assert [reply["type"] for reply in conversation.hear_until("ready")] == ["starting", "ready"]
    yield conversation
    conversation.close()


@pytest.fixture(scope="module")
def hostile() -> Iterator[Talk]:
    """A worker that is ready to misbehave, with 400 MiB of memory for a run."""
    conversation = Talk("tests.sims.hostile_worker", "--memory-mb", "400")
    conversation.hear_until("ready")
    yield conversation
    conversation.close()


@pytest.fixture
def fresh_hostile() -> Iterator[Talk]:
    """A worker that misbehaves, for one test, without a limit on memory."""
    conversation = Talk("tests.sims.hostile_worker")
    conversation.hear_until("ready")
    yield conversation
    conversation.close()


class Written(io.StringIO):
    """A stream that knows what had been written at each flush."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.flushed: list[str] = []

    def flush(self) -> None:
        """Note what has been written."""
        self.flushed.append(self.getvalue())


def test_fast_frames_are_written_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first one at once, the others soon, and all of them as soon as the credit is used up."""
    clock, stream = itertools.count(1, 1 / 16), Written()
    monkeypatch.setattr(worker, "HOLD_S", 1 / 4)
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    ours = worker.Worker(stream, catalogue.get)
    request = {
        "v": 1,
        "type": "run",
        "run": 1,
        "simulation": "vanishing-gradients",
        "device": "cpu",
        "credit": 7,
    }
    ours._answer(json.dumps(request).encode())
    for _ in range(7):
        ours._step()
    assert [text.count('"type":"frame"') for text in stream.flushed] == [1, 5, 7]


def test_ready_tells_what_runs_here() -> None:
    """The first reply says that it starts, the second names torch's version and the devices; `quit` ends it with 0."""
    conversation = Talk()
    try:
        starting, ready = conversation.hear(), conversation.hear()
        assert starting == {"v": 1, "type": "starting"}
        assert ready["devices"] == list(runner.devices())
        assert ready["torch"]
        conversation.say(type="quit")
        assert conversation.process.wait(timeout=10) == 0
    finally:
        conversation.close()


@pytest.mark.parametrize("run", [10, 11])
def test_runs_are_those_of_this_process(talk: Talk, run: int) -> None:
    """Two runs in a row both give, message for message and to every digit sent, what it gives in this process."""
    talk.say(**DENSE, run=run, credit=1000)
    heard = talk.hear_until("done")
    prepared = runner.prepare(catalogue.get("densenet-concat"), {"depth": 3}, 1, "cpu")
    encoder = messages.FrameEncoder({"type": "frame"})
    expected = [messages.decode(encoder.encode(frame)) for frame in prepared]
    expected.append(messages.decode(messages.encode(messages.done_message(prepared.result))))
    assert {reply.pop("v") for reply in heard} == {1}
    assert {reply.pop("run") for reply in heard} == {run}
    assert heard == expected


def test_no_frame_comes_without_credit(talk: Talk) -> None:
    """After two frames of credit the worker only answers; one more credit is one more frame."""
    talk.say(**DENSE, run=20, credit=2)
    assert [talk.hear()["step"] for _ in range(2)] == [1, 2]
    for _ in range(2):
        talk.say(type="nonsense")
        assert talk.hear()["type"] == "failed"
    talk.say(type="more", run=19, n=5)  # of an older run: means nothing
    talk.say(type="more", run=20, n=1)
    assert talk.hear()["step"] == 3
    talk.say(type="nonsense")
    assert talk.hear()["type"] == "failed"
    talk.say(type="cancel", run=20)
    assert talk.hear() == {"v": 1, "type": "cancelled", "run": 20}


def test_credit_may_be_asked_for_before_any_frame(talk: Talk) -> None:
    """A run with no credit waits; its first frame comes with the first credit."""
    talk.say(**DENSE, run=25, credit=0)
    talk.say(type="nonsense")
    assert talk.hear()["type"] == "failed"
    talk.say(type="more", run=25, n=1)
    assert talk.hear()["step"] == 1
    talk.say(type="cancel", run=25)
    assert talk.hear()["type"] == "cancelled"


def test_cancelled_run_is_over(talk: Talk) -> None:
    """After `cancelled` neither credit nor time brings another frame of that run."""
    talk.say(**DENSE, run=30, credit=1)
    assert talk.hear()["run"] == 30
    talk.say(type="cancel", run=30)
    assert talk.hear()["type"] == "cancelled"
    talk.say(type="more", run=30, n=3)
    talk.say(**DENSE, run=31, credit=1)
    assert talk.hear()["run"] == 31


def test_new_run_replaces_the_old(talk: Talk) -> None:
    """From the first frame of a new run on, no frame is of the old one, however much credit that had."""
    talk.say(**DENSE, run=40, credit=1000)
    talk.say(**DENSE, run=41, credit=1000)
    runs = [reply["run"] for reply in talk.hear_until("done") if reply["type"] == "frame"]
    first = runs.index(41)
    assert set(runs[:first]) <= {40}
    assert set(runs[first:]) == {41}


@pytest.mark.parametrize(
    ("change", "kind", "says"),
    [
        ({"knobs": {"depth": 1}}, "knob", "takes 2 to 64"),
        ({"knobs": {"deep": 3}}, "knob", "has no knob 'deep'"),
        ({"knobs": {"depth": "many"}}, "knob", "a whole number"),
        ({"knobs": []}, "request", "knobs is an object"),
        ({"simulation": "densenet"}, "request", "did you mean densenet-concat"),
        ({"device": "abacus"}, "device", "there are"),
        ({"seed": "x"}, "request", "whole number"),
    ],
)
def test_wrong_requests_fail_alone(talk: Talk, change: dict[str, object], kind: str, says: str) -> None:
    """A wrong knob, name, device or seed fails that run with words that help, and the next run works."""
    talk.say(**(DENSE | change), run=50, credit=1)
    reply = talk.hear()
    assert (reply["type"], reply["run"], reply["kind"]) == ("failed", 50, kind)
    assert says in reply["message"]
    talk.say(**DENSE, run=51, credit=1)
    assert talk.hear()["type"] == "frame"


@pytest.mark.parametrize(
    "line", [b"nonsense", b"[]", b'{"type":"run"}', b"\xff\xfe", b'{"type":"more","run":null}']
)
def test_lines_without_meaning_are_answered(talk: Talk, line: bytes) -> None:
    """A line that is no request is reported and costs nothing else."""
    talk.say_raw(line)
    reply = talk.hear()
    assert (reply["type"], reply["kind"], reply["run"]) == ("failed", "request", None)


def test_bug_in_a_simulation_costs_only_its_run(hostile: Talk) -> None:
    """An exception comes back with its traceback, and the next run gives its frames."""
    hostile.say(type="run", run=1, simulation="raises", credit=5)
    assert [hostile.hear()["type"], (failed := hostile.hear())["type"]] == ["frame", "failed"]
    assert failed["run"] == 1
    assert failed["kind"] == "crash"
    assert failed["message"] == "a bug in a simulation"
    assert "ZeroDivisionError" in failed["traceback"]
    hostile.say(type="run", run=2, simulation="chatters", credit=5)
    assert [reply["run"] for reply in hostile.hear_until("done")] == [2, 2, 2]


def test_stray_prints_do_not_reach_the_stream(hostile: Talk) -> None:
    """What a simulation prints, in Python or to the descriptor, is not among the messages."""
    hostile.say(type="run", run=3, simulation="chatters", credit=5)
    assert [reply["type"] for reply in hostile.hear_until("done")] == ["frame", "frame", "done"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes a limit on the address space")
def test_memory_limit_costs_only_the_run(hostile: Talk) -> None:
    """A run that takes too much fails as such, and the next one works."""
    hostile.say(type="run", run=4, simulation="hungers", device="cpu", credit=5)
    failed = hostile.hear_until("failed")[-1]
    assert (failed["run"], failed["kind"]) == (4, "memory")
    hostile.say(type="run", run=5, simulation="chatters", device="cpu", credit=5)
    assert hostile.hear_until("done")[-1]["run"] == 5


def test_end_of_stdin_ends_it_in_the_middle_of_a_step(fresh_hostile: Talk) -> None:
    """While native code is at work, closing stdin ends the process within a second."""
    fresh_hostile.say(type="run", run=1, simulation="grinds", device="cpu", credit=2)
    assert fresh_hostile.hear()["type"] == "frame"
    fresh_hostile.hang_up()
    assert fresh_hostile.process.wait(timeout=1) == 0


def test_end_of_stdin_ends_an_idle_worker() -> None:
    """Closing stdin while torch is still being imported, or later, ends the process."""
    conversation = Talk()
    try:
        assert conversation.hear()["type"] == "starting"
        conversation.hang_up()
        assert conversation.process.wait(timeout=10) == 0
    finally:
        conversation.close()


def test_interrupt_is_left_to_the_app(talk: Talk) -> None:
    """Ctrl-C in a terminal reaches the worker too, which goes on: the app decides."""
    talk.process.send_signal(signal.SIGINT)
    talk.say(**DENSE, run=60, credit=1)
    assert talk.hear()["run"] == 60


PARENT = """
import subprocess, sys
worker = subprocess.Popen([sys.executable, "-m", "sims.worker"], stderr=subprocess.DEVNULL)
sys.stdin.readline()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_death_of_the_app_ends_it_though_stdin_stays_open() -> None:
    """When the process that started it dies, the worker dies, even if somebody else still holds its stdin."""
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    watchdog = threading.Timer(PATIENCE_S, parent.kill)
    watchdog.start()
    assert parent.stdin is not None
    assert parent.stdout is not None
    try:
        assert b"starting" in parent.stdout.readline()
        parent.kill()
        rest = parent.stdout.read()  # ends when the worker, which holds the other end too, is gone
        assert b"frame" not in rest
        assert parent.wait(timeout=10) == -signal.SIGKILL
    finally:
        watchdog.cancel()
        parent.stdin.close()
        parent.stdout.close()


def test_a_band_is_that_of_this_process(talk: Talk) -> None:
    """Four seeds, shared with a second process, give message for message what they give in this one."""
    talk.say(**DENSE, run=80, credit=1000, seeds=4)
    heard = talk.hear_until("done")
    prepared = runner.prepare(catalogue.get("densenet-concat"), {"depth": 3}, 1, "cpu")
    run = BandRun(prepared.simulation, prepared.knobs, contexts_of(prepared.context, 4))
    encoder = messages.FrameEncoder({"type": "frame"})
    expected = []
    while not run.is_over:
        if (frame := run.advance()) is not None:
            expected.append(messages.decode(encoder.encode(frame)))
    expected.append(messages.decode(messages.encode(run.done())))
    assert {(reply.pop("v"), reply.pop("run")) for reply in heard} == {(1, 80)}
    assert heard == expected
    assert {reply["seeds"] for reply in heard} == {4}


def test_a_band_after_the_run_of_its_first_seed_is_the_same(talk: Talk) -> None:
    """The frames that are known are not computed again, and the band says what it says without them."""
    talk.say(**DENSE, run=90, credit=1000, seeds=3)
    cold = talk.hear_until("done")
    talk.say(**DENSE, run=91, credit=1000)
    talk.hear_until("done")
    talk.say(**DENSE, run=92, credit=1000, seeds=3)
    warm = talk.hear_until("done")
    assert [reply | {"run": 0} for reply in warm] == [reply | {"run": 0} for reply in cold]


def test_a_band_may_be_left_at_any_frame(talk: Talk) -> None:
    """Cancelled, replaced by a run of one seed and by another band, each gives its own frames alone."""
    talk.say(**DENSE, run=81, credit=2, seeds=8)
    assert [talk.hear()["step"] for _ in range(2)] == [1, 2]
    talk.say(type="cancel", run=81)
    assert talk.hear()["type"] == "cancelled"
    talk.say(**DENSE, run=82, credit=1, seeds=8)
    assert talk.hear()["run"] == 82
    talk.say(**DENSE, run=83, credit=1000)
    assert "seeds" not in talk.hear_until("done")[-1]
    talk.say(**DENSE, run=84, credit=1000, seeds=2)
    replies = talk.hear_until("done")
    assert {reply["run"] for reply in replies} == {84}
    assert [reply["step"] for reply in replies[:-1]] == list(range(1, len(replies)))


@pytest.mark.parametrize("seeds", [0, -1, 65, "8", True])
def test_a_band_of_no_or_too_many_seeds_is_refused(talk: Talk, seeds: object) -> None:
    """The request fails with what may be asked for."""
    talk.say(**DENSE, run=85, credit=1, seeds=seeds)
    reply = talk.hear()
    assert (reply["type"], reply["kind"]) == ("failed", "request")


def test_a_bug_in_another_process_costs_only_the_band(hostile: Talk) -> None:
    """What went wrong there is reported here, and the next run gives its frames."""
    hostile.say(type="run", simulation="raises", run=86, credit=9, seeds=2, device="cpu")
    failed = hostile.hear_until("failed")[-1]
    assert (failed["run"], failed["kind"]) == (86, "crash")
    assert "bug in a simulation" in failed["message"]
    hostile.say(type="run", simulation="chatters", run=87, credit=9, seeds=2, device="cpu")
    assert [reply["type"] for reply in hostile.hear_until("done")] == ["frame", "frame", "done"]
