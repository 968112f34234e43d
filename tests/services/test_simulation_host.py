"""The simulation host against small workers that hang, raise, die, flood and babble, and against the real one."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quizapp.services.simulation_host import SimulationHost
from quizapp.services.simulation_messages import (
    FULL_SPEED,
    FrameArrived,
    Phase,
    Run,
    RunDone,
    RunEvent,
    RunFailed,
    RunRequest,
    WorkerStarting,
)
from sims.protocol import Band, Frame

PATIENCE_S = 30.0

PREAMBLE = """
import json, os, signal, sys, time

def say(kind, **fields):
    sys.stdout.write(json.dumps({"v": 1, "type": kind, **fields}, separators=(",", ":")) + "\\n")
    sys.stdout.flush()

def frame(run, step, total):
    fields = {"step": step, "total": total, "scalars": {"step": step}, "series": {"y": [1.0, "NaN", "Infinity"]},
              "theory": {}, "event": ""}
    say("frame", run=run, **fields)

def done(run):
    claim = {"id": "a", "statement": "it holds", "expected": 1.0, "measured": "-Infinity", "tolerance": 0.1, "source": "s"}
    say("done", run=run, claims=[claim], outcome={"truth": "Infinity", "reason": "It overflowed."})

def requests():
    for line in sys.stdin:
        yield json.loads(line)
    sys.exit(0)

def ready():
    say("starting")
    say("ready", torch="9.9", devices=["cpu", "cuda"])
"""

HONEST = """
ready()
for request in requests():
    if request["type"] == "run":
        run, credit, total = request["run"], request["credit"], request["knobs"].get("frames", 50)
        step = 0
    elif request["type"] == "more" and request["run"] == run:
        credit += request["n"]
    elif request["type"] == "quit":
        sys.exit(0)
    else:
        continue
    while step < total and credit:
        step, credit = step + 1, credit - 1
        frame(run, step, total)
    if step == total and run:
        done(run)
        run = 0
"""


@contextlib.asynccontextmanager
async def hosting(
    script: str,
    *,
    frame_timeout_s: float = PATIENCE_S,
    start_timeout_s: float = PATIENCE_S,
    crowding: float = 1.0,
) -> AsyncIterator[SimulationHost]:
    """Open a host whose worker runs this script, and close it again."""
    host = SimulationHost(
        (sys.executable, "-c", PREAMBLE + script),
        frame_timeout_s=frame_timeout_s,
        start_timeout_s=start_timeout_s,
        crowding=lambda: crowding,
    )
    try:
        yield host
    finally:
        await host.close()


def request(**knobs: float) -> RunRequest:
    """Return a request that any fake worker takes."""
    return RunRequest("fake", knobs, seed=7)


async def outcome_of(run: Run) -> tuple[list[RunEvent], RunEvent]:
    """Return all the events of a run, and the last one apart."""
    async with asyncio.timeout(PATIENCE_S):
        events = [event async for event in run.events()]
    return events, events[-1]


async def until_ready(host: SimulationHost) -> None:
    """Wait until the worker has loaded torch."""
    async with asyncio.timeout(PATIENCE_S):
        async for state in host.states():
            if state.phase is Phase.READY:
                return


def frames_of(events: list[RunEvent]) -> list[Frame]:
    """Return the frames among the events."""
    return [event.frame for event in events if isinstance(event, FrameArrived)]


async def test_a_run_delivers_its_frames_in_order_and_then_its_claims() -> None:
    """A cold run says that the worker starts, shows rising steps, ends with the last one, then tells the claims."""
    async with hosting(HONEST) as host:
        run = host.run(request())
        run.set_pace(FULL_SPEED)
        events, last = await outcome_of(run)
    assert isinstance(events[0], WorkerStarting)
    steps = [frame.step for frame in frames_of(events)]
    assert steps == sorted(steps)
    assert steps[-1] == 50
    assert isinstance(last, RunDone)
    assert last.claims[0].measured == float("-inf")
    assert last.outcome is not None
    assert last.outcome.truth == float("inf")


async def test_non_finite_values_arrive_as_floats() -> None:
    """NaN and the infinities cross the pipe."""
    async with hosting(HONEST) as host:
        run = host.run(request(frames=1))
        events, _ = await outcome_of(run)
    values = frames_of(events)[-1].series["y"]
    assert values[0] == 1.0
    assert values[1] != values[1]
    assert values[2] == float("inf")


async def test_every_step_is_counted_though_not_every_one_is_drawn() -> None:
    """At full speed many frames are passed over, none is lost."""
    async with hosting(HONEST) as host:
        run = host.run(request(frames=5000))
        run.set_pace(FULL_SPEED)
        events, last = await outcome_of(run)
    arrivals = [event for event in events if isinstance(event, FrameArrived)]
    assert arrivals[-1].received == 5000
    assert len(arrivals) < 5000
    assert isinstance(last, RunDone)


async def test_the_pace_is_kept() -> None:
    """Twenty frames at 100 a second take at least 0.15 s, and each waits for the one before."""
    async with hosting(HONEST) as host:
        await outcome_of(host.run(request(frames=1)))
        run = host.run(request(frames=20))
        run.set_pace(100)
        began = time.perf_counter()
        await outcome_of(run)
    assert time.perf_counter() - began > 0.15


async def test_pausing_holds_frames_and_a_step_lets_one_through() -> None:
    """While paused nothing arrives but what a step asks for, one frame each; resuming goes on from there."""
    async with hosting(HONEST) as host:
        run = host.run(request(frames=6))
        run.pause()
        events = run.events()
        received: list[int] = []
        for _ in range(3):
            run.step()
            event = await anext(events)
            while not isinstance(event, FrameArrived):
                event = await anext(events)
            received.append(event.frame.step)
        run.set_pace(FULL_SPEED)
        assert run.paused
        run.resume()
        rest = [event async for event in events]
    assert received == [1, 2, 3]
    assert frames_of(rest)[-1].step == 6
    assert isinstance(rest[-1], RunDone)


async def test_a_new_run_ends_the_one_before_it() -> None:
    """The cancelled run's events end without an ending, and no frame of it reaches the new one."""
    async with hosting(HONEST) as host:
        first = host.run(request(frames=100_000))
        stream = first.events()
        while not isinstance(await anext(stream), FrameArrived):
            pass
        second = host.run(request(frames=3))
        second.set_pace(FULL_SPEED)
        assert [event async for event in stream] == []
        events, last = await outcome_of(second)
    assert [frame.total for frame in frames_of(events)] == [3] * len(frames_of(events))
    assert isinstance(last, RunDone)


async def test_devices_are_known_once_the_worker_is_ready() -> None:
    """The state tells the phases in order, then torch's version and the devices."""
    async with hosting(HONEST) as host:
        phases = []
        host.start()
        host.start()
        async with asyncio.timeout(PATIENCE_S):
            async for state in host.states():
                phases.append(state.phase)
                if state.phase is Phase.READY:
                    break
    assert phases == [Phase.STARTING, Phase.READY]
    assert (state.devices, state.torch_version) == (("cpu", "cuda"), "9.9")


@pytest.mark.parametrize(
    ("wanted", "asked", "used", "missing"),
    [
        ("auto", "auto", "cpu", ""),
        ("cuda", "auto", "cuda", ""),
        ("mps", "auto", "cpu", "mps"),
        ("cuda", "cpu", "cpu", ""),
        ("cpu", "mps", "mps", ""),
    ],
)
async def test_auto_is_the_preferred_device_where_it_is_there(
    wanted: str, asked: str, used: str, missing: str
) -> None:
    """One that is missing costs no run and is told; a device that was asked for by name goes to the worker as it is."""
    tells = HONEST.replace("step = 0", "step, device = 0, request['device']", 1)
    tells = tells.replace(
        "done(run)", "say('done', run=run, claims=[], outcome={'truth': 1.0, 'reason': device})", 1
    )
    async with hosting(tells) as host:
        host.prefer(wanted)
        _, last = await outcome_of(host.run(replace(request(frames=1), device=asked)))
        assert isinstance(last, RunDone)
        assert last.outcome is not None
        assert last.outcome.reason == used
        assert host.state.missing == missing


async def test_frames_that_were_passed_over_can_be_gone_back_to() -> None:
    """After the end and while paused every frame let through is there, whether it was drawn or not."""
    async with hosting(HONEST) as host:
        run = host.run(request(frames=300))
        run.set_pace(FULL_SPEED)
        await outcome_of(run)
        steps = [frame.step for place in range(run.kept) if (frame := run.frame(place))]
        assert steps == list(range(1, 301))
        held = host.run(request(frames=9))
        held.pause()
        held.step()
        events = held.events()
        while not isinstance(await anext(events), FrameArrived):
            pass
        assert (held.kept, run.kept) == (1, 300)


async def test_a_band_and_an_explanation_cross_the_pipe() -> None:
    """The real worker is asked for two seeds: its frames hold them, and the end explains itself."""
    host = SimulationHost()
    try:
        run = host.run(RunRequest("densenet-concat", {"depth": 3, "k": 4}, seed=3, seeds=2))
        run.set_pace(FULL_SPEED)
        events, last = await outcome_of(run)
    finally:
        await host.close()
    band = frames_of(events)[-1]
    assert isinstance(band, Band)
    assert (band.seeds, set(band.low)) == (2, set(band.high))
    assert isinstance(last, RunDone)
    assert "on 2 of 2 seeds" in last.claims[0].statement
    assert len(last.explanation.split("\n\n")) >= 2


HANGS_ONCE = """
from pathlib import Path
ready()
for request in requests():
    if request["type"] == "run":
        if request["knobs"]["hang"]:
            frame(request["run"], 1, 9)
            time.sleep(1000)
        frame(request["run"], 1, 1)
        done(request["run"])
"""


async def test_a_run_that_hangs_is_ended_and_the_next_one_works(caplog: pytest.LogCaptureFixture) -> None:
    """No frame for the time allowed ends the process with a message; a new process serves the next run."""
    async with hosting(HANGS_ONCE, frame_timeout_s=0.3) as host:
        with caplog.at_level(logging.ERROR, "quizapp.simulation"):
            _, last = await outcome_of(host.run(request(hang=1)))
        assert isinstance(last, RunFailed)
        assert "computed no frame for 0.3 s" in last.message
        assert "computed no frame" in caplog.text
        _, last = await outcome_of(host.run(request(hang=0)))
        assert isinstance(last, RunDone)


SLOW = """
ready()
for request in requests():
    if request["type"] == "run":
        time.sleep(1.2)
        frame(request["run"], 1, 1)
        done(request["run"])
"""


@pytest.mark.parametrize(("seeds", "ending"), [(1, RunFailed), (8, RunDone)])
async def test_a_band_s_frame_has_the_time_of_its_seeds(seeds: int, ending: type[RunEvent]) -> None:
    """What is too slow for one seed's frame is not for that of eight, which is eight frames' work."""
    async with hosting(SLOW, frame_timeout_s=0.4) as host:
        _, last = await outcome_of(host.run(RunRequest("fake", {}, seed=7, seeds=seeds)))
    assert isinstance(last, ending)


@pytest.mark.parametrize(("crowding", "ending"), [(1.0, RunFailed), (9.0, RunDone)])
async def test_a_crowded_machine_is_no_hanging_run(crowding: float, ending: type[RunEvent]) -> None:
    """Where nine programs wait for a processor, a frame has nine times as long."""
    async with hosting(SLOW, frame_timeout_s=0.4, crowding=crowding) as host:
        _, last = await outcome_of(host.run(request()))
    assert isinstance(last, ending)


async def test_a_paused_run_is_not_taken_for_a_hanging_one() -> None:
    """A pause longer than the watchdog's limit costs nothing."""
    async with hosting(HONEST, frame_timeout_s=0.1) as host:
        run = host.run(request(frames=5000))
        run.pause()
        run.step()
        stream = run.events()
        while not isinstance(await anext(stream), FrameArrived):
            pass
        pid = host.worker_pid
        await asyncio.sleep(0.5)  # five times the limit: what is waited for is that nothing happens
        assert host.worker_pid == pid
        run.set_pace(FULL_SPEED)
        run.resume()
        rest = [event async for event in stream]
    assert isinstance(rest[-1], RunDone)


RAISES = """
ready()
for request in requests():
    if request["type"] == "run":
        frame(request["run"], 1, 9)
        if request["knobs"]["raise"]:
            say("failed", run=request["run"], message="ValueError: [red]no[/] \\x1b[2J", traceback="Traceback ...\\nline 1")
        else:
            done(request["run"])
"""


async def test_a_run_that_raises_ends_with_its_message_and_the_traceback_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The frames before the error are shown, the worker lives on, and the next run works."""
    async with hosting(RAISES) as host:
        with caplog.at_level(logging.ERROR, "quizapp.simulation"):
            events, last = await outcome_of(host.run(request(**{"raise": 1})))
        assert frames_of(events)
        assert isinstance(last, RunFailed)
        assert "ValueError" in last.message
        assert "Traceback" in caplog.text
        pid = host.worker_pid
        _, last = await outcome_of(host.run(request(**{"raise": 0})))
        assert isinstance(last, RunDone)
        assert host.worker_pid == pid


async def test_a_worker_that_is_ready_at_once_gets_its_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine it says so before the app has taken note that it was started."""
    loop = asyncio.get_running_loop()
    start = loop.subprocess_exec

    async def slowly(*arguments: Any, **options: Any) -> Any:
        started = await start(*arguments, **options)
        await asyncio.sleep(0.5)
        return started

    monkeypatch.setattr(loop, "subprocess_exec", slowly)
    async with hosting(HONEST) as host:
        events, last = await outcome_of(host.run(request()))
        assert frames_of(events)
        assert isinstance(last, RunDone)


DIES_ONCE = """
ready()
for request in requests():
    if request["type"] == "run":
        frame(request["run"], 1, 9)
        if request["knobs"]["die"]:
            print("the last words", file=sys.stderr, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        done(request["run"])
"""


async def test_a_worker_that_dies_is_replaced(caplog: pytest.LogCaptureFixture) -> None:
    """The run ends with what ended the process, the log has its last words, and the next run works."""
    async with hosting(DIES_ONCE) as host:
        with caplog.at_level(logging.ERROR, "quizapp.simulation"):
            _, last = await outcome_of(host.run(request(die=1)))
        assert isinstance(last, RunFailed)
        assert "SIGKILL" in last.message
        assert "the last words" in caplog.text
        _, last = await outcome_of(host.run(request(die=0)))
        assert isinstance(last, RunDone)


async def test_a_worker_that_never_gets_ready_is_reported_and_not_started_for_ever() -> None:
    """The run fails, the host is dead until something is run again."""
    async with hosting("sys.exit(3)") as host:
        _, last = await outcome_of(host.run(request()))
        assert isinstance(last, RunFailed)
        assert "exit status 3" in last.message
        assert host.state.phase is Phase.DEAD


async def test_a_worker_that_loads_for_too_long_is_ended() -> None:
    """Starting has a limit of its own."""
    async with hosting("say('starting'); time.sleep(1000)", start_timeout_s=0.3) as host:
        _, last = await outcome_of(host.run(request()))
    assert isinstance(last, RunFailed)
    assert "did not load torch" in last.message


async def test_a_program_that_is_not_there_is_reported() -> None:
    """A command that cannot be started fails the run, not the app."""
    host = SimulationHost(("/nonexistent/python",))
    _, last = await outcome_of(host.run(request()))
    await host.close()
    assert isinstance(last, RunFailed)
    assert "cannot be started" in last.message


BABBLES = """
ready()
for request in requests():
    if request["type"] == "run":
        sys.stdout.buffer.write(b"\\xff\\xfe garbage\\n{\\n[]\\n{\\"v\\":1}\\n{\\"v\\":2,\\"type\\":\\"frame\\"}\\n")
        say("frame", run=request["run"])
        say("frame", run=request["run"], step="x")
        say("frame", run=999)
        say("unknown", run=request["run"])
        frame(request["run"], 1, 1)
        done(request["run"])
"""


async def test_lines_that_cannot_be_read_cost_only_themselves(caplog: pytest.LogCaptureFixture) -> None:
    """Garbage between the messages is logged and passed over."""
    async with hosting(BABBLES) as host:
        with caplog.at_level(logging.WARNING, "quizapp.simulation"):
            events, last = await outcome_of(host.run(request()))
    assert frames_of(events)[-1].step == 1
    assert isinstance(last, RunDone)
    assert "cannot be read" in caplog.text


FLOODS = """
ready()
for request in requests():
    if request["type"] == "run":
        if request["knobs"]["flood"]:
            while True:
                sys.stdout.write("x" * 1_000_000)
        frame(request["run"], 1, 1)
        done(request["run"])
"""


async def test_an_endless_line_ends_the_worker_and_not_the_memory() -> None:
    """A line that does not end is cut off with the process, and the next run works."""
    async with hosting(FLOODS) as host:
        _, last = await outcome_of(host.run(request(flood=1)))
        assert isinstance(last, RunFailed)
        _, last = await outcome_of(host.run(request(flood=0)))
        assert isinstance(last, RunDone)


DEAF = """
import threading
ready()
signal.signal(signal.SIGTERM, signal.SIG_IGN)
while True:
    time.sleep(1000)
"""


async def test_closing_takes_less_than_a_second_even_where_the_worker_is_deaf() -> None:
    """A worker that neither listens nor stops is ended by force."""
    host = SimulationHost((sys.executable, "-c", PREAMBLE + DEAF))
    host.start()
    await until_ready(host)
    pid = host.worker_pid
    assert pid is not None
    began = time.perf_counter()
    await host.close()
    assert time.perf_counter() - began < 1
    assert not alive(pid)


async def test_a_closed_host_fails_its_runs() -> None:
    """After closing, a run says so and starts nothing."""
    async with hosting(HONEST) as host:
        await host.close()
        _, last = await outcome_of(host.run(request()))
    assert isinstance(last, RunFailed)
    assert host.worker_pid is None


def alive(pid: int) -> bool:
    """Whether the process still runs; a zombie does not."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


PARENT = """
import asyncio, sys
from quizapp.services.simulation_host import SimulationHost
from quizapp.services.simulation_messages import Phase

async def main():
    host = SimulationHost()
    host.start()
    async for state in host.states():
        if state.phase is Phase.READY:
            print(host.worker_pid, flush=True)

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc to see that a process is gone")
def test_the_worker_dies_with_an_app_that_is_killed() -> None:
    """SIGKILL of the app leaves no worker behind for longer than two seconds."""
    with subprocess.Popen((sys.executable, "-c", PARENT), stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        assert alive(worker)
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
        deadline = time.monotonic() + 2
        while alive(worker) and time.monotonic() < deadline:
            os.sched_yield()
    assert not alive(worker)


GREEDY = """
from sims import catalogue, worker
from sims.protocol import Band, Frame

class Greedy:
    real = catalogue.get("vanishing-gradients")

    def __getattr__(self, name):
        return getattr(self.real, name)

    def run(self, knobs, context):
        import torch

        kept = []
        while knobs.depth == 99:
            kept.append(torch.ones(2**24))  # 64 MiB
            yield Frame(1, 1000)
        if knobs.depth == 98:
            raise ValueError("no depth of 98")
        yield from self.real.run(knobs, context)

worker.main(find=lambda name: Greedy())
"""


async def test_the_real_worker_survives_a_greedy_and_a_broken_run() -> None:
    """Memory that runs out and an exception end their run with a message; the process stays and runs the next one."""
    host = SimulationHost((sys.executable, "-c", GREEDY), memory_limit_mib=512)
    try:
        endings: list[RunEvent] = []
        for depth in (99, 98, 5):
            run = host.run(RunRequest("vanishing-gradients", {"depth": depth, "width": 32}, seed=0))
            run.set_pace(FULL_SPEED)
            endings.append((await outcome_of(run))[1])
            pid = host.worker_pid
        assert host.worker_pid == pid
    finally:
        await host.close()
    greedy, broken, honest = endings
    assert isinstance(greedy, RunFailed)
    assert "memory" in greedy.message
    assert isinstance(broken, RunFailed)
    assert "no depth of 98" in broken.message
    assert isinstance(honest, RunDone)
    assert honest.outcome is not None
