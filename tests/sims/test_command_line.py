"""`python -m sims`: lists, runs, checks, and its exit codes."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sims import catalogue
from sims.__main__ import main
from sims.protocol import Claim, Frame
from sims.scale_explosion import Knobs, ScaleExplosion

ROOT = Path(__file__).parents[2]
QUICK = ["densenet-concat", "--set", "depth=2", "--device", "cpu"]


def test_lists_simulations_with_their_knobs(capsys: pytest.CaptureFixture[str]) -> None:
    """Without arguments every simulation and each of its knobs is listed."""
    assert main([]) == 0
    out = capsys.readouterr().out
    for name in catalogue.names():
        assert name in out
    assert "depth=50" in out
    assert "relu | linear | tanh | sigmoid" in out


def test_json_streams_frames_and_ends_with_done(capsys: pytest.CaptureFixture[str]) -> None:
    """Every line is strict JSON: frames counted from 1, then `done` with all claims holding."""
    assert main([*QUICK, "--seed", "3", "--json"]) == 0
    *frames, done = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert [frame["step"] for frame in frames] == list(range(1, frames[0]["total"] + 1))
    assert {frame["type"] for frame in frames} == {"frame"}
    assert (done["type"], done["seed"], done["device"]) == ("done", 3, "cpu")
    assert all(claim["holds"] for claim in done["claims"])


def test_steps_stop_early_without_claims(capsys: pytest.CaptureFixture[str]) -> None:
    """With `--steps` the run ends there, with nothing claimed and no outcome."""
    assert main([*QUICK, "--steps", "2", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["type"] for line in lines] == ["frame", "frame", "done"]
    assert (lines[-1]["claims"], lines[-1]["outcome"]) == ([], None)


def test_text_ends_with_the_claims_and_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Without `--json` the claims stand in a table and the last line reproduces the run; events go to stderr."""
    assert main(QUICK) == 0
    captured = capsys.readouterr()
    assert "dense-parameters" in captured.out
    assert "holds" in captured.out
    assert captured.out.splitlines()[-1].startswith("quizapp sim densenet-concat --set k=12 --set depth=2")
    assert "training" in captured.err


def test_check_reports_every_claim(capsys: pytest.CaptureFixture[str]) -> None:
    """`check` prints a row per claim and seed and exits with 0 when all hold."""
    assert main(["check", "densenet-concat", "--seeds", "2", "--jobs", "1"]) == 0
    captured = capsys.readouterr()
    assert captured.out.count("holds") == 12
    assert "every claim holds" in captured.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["check", "nothing"],
        ["check", "densenet-concat", "--report", "no-such-folder/claims.md"],
        ["check", "--report", "densenet-concat"],
        ["densenet-concat", "--set", "depth=1"],
        ["densenet-concat", "--set", "depth"],
        ["densenet-concat", "--set", "x=1"],
        ["densenet-concat", "--device", "abacus"],
    ],
)
def test_wrong_words_exit_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Unknown names and impossible settings are usage errors with one line on stderr and nothing on stdout."""
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("error: ")
    assert [line for line in captured.out.splitlines() if "seed" not in line] == []


@pytest.mark.parametrize(
    "arguments", [["densenet-concat", "--steps", "0"], ["check", "--seeds", "x"], ["--no-such"]]
)
def test_wrong_flags_exit_with_2(arguments: list[str]) -> None:
    """A flag that does not exist, or a wrong value for one, is a usage error."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


class Boastful(ScaleExplosion):
    """A simulation with a claim that does not hold."""

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:  # noqa: ARG002 - the protocol's signature
        """Claim that 1 is 2."""
        return (Claim("boast", "1 is 2", 2.0, 1.0, 0.5, ""),)


class Broken(ScaleExplosion):
    """A simulation with a bug."""

    def run(self, knobs: Knobs, context: object) -> Iterator[Frame]:  # noqa: ARG002 - the protocol's signature
        """Fail."""
        raise ZeroDivisionError("a bug")


@pytest.mark.parametrize(
    "arguments", [["check", "scale-explosion", "--jobs=1"], ["scale-explosion", "--set", "depth=2"]]
)
def test_failed_claim_exits_with_1(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A claim that fails shows as such and gives exit code 1."""
    monkeypatch.setattr("sims.scale_explosion.SIMULATION", Boastful())
    assert main(arguments) == 1
    assert "fails" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["check", "scale-explosion", "--jobs=1"], ["scale-explosion"]])
def test_broken_simulation_exits_with_5(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An exception in a simulation shows its traceback on stderr and gives exit code 5."""
    monkeypatch.setattr("sims.scale_explosion.SIMULATION", Broken())
    assert main(arguments) == 5
    assert "ZeroDivisionError: a bug" in capsys.readouterr().err


def long_run() -> subprocess.Popen[bytes]:
    """Start a run of seconds, as a shell would, and return it once its first line is out."""
    words = ["vanishing-gradients", "--set", "width=256", "--set", "depth=100", "--device", "cpu", "--json"]
    process = subprocess.Popen(
        [sys.executable, "-m", "sims", *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b'{"type":"frame"')
    return process


def test_closed_pipe_ends_quietly() -> None:
    """When the reader goes, as `head` does, the run ends with nothing on stderr."""
    process = long_run()
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=30) == 0
    process.stderr.close()


def test_interrupt_ends_quietly_with_130() -> None:
    """Ctrl-C ends the run with exit code 130 and no traceback."""
    process = long_run()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert errors == b""
