"""A run as files: the same frames, its charts, the command; whole, or not there at all."""

from __future__ import annotations

import csv
import errno
import json
import shlex
from pathlib import Path

import pytest

from quizapp.errors import QuizError, SimulationError
from quizapp.services.run_export import (
    FOLDER,
    RunSpec,
    command_line,
    default_folder,
    keep_command,
    write_run,
)
from sims import runner
from sims.protocol import messages
from tests.sims.installing import SIMULATION, install

RUN = RunSpec("vanishing-gradients", {"depth": 3, "width": 32}, 4, "cpu")


def test_the_folder_holds_the_run(tmp_path: Path) -> None:
    """Frames as JSON Lines and as rows of figures, each view as three pictures, and the command."""
    written = write_run(RUN, tmp_path / "runs")
    assert written.folder == tmp_path / "runs" / "vanishing-gradients-seed4"
    views = [f"chart-{view}.{ending}" for view in ("nets", "profile") for ending in ("png", "svg", "txt")]
    assert written.files == (*views, "command.txt", "frames.csv", "frames.jsonl")
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["vanishing-gradients-seed4"]
    frames = list(runner.run(RUN.simulation, RUN.knobs, RUN.seed, "cpu"))
    lines = (written.folder / "frames.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines[:-1] == [messages.encode(messages.frame_message(frame)) for frame in frames]
    assert json.loads(lines[-1])["type"] == "done"
    with (written.folder / "frames.csv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    last = [row for row in rows if row["step"] == str(frames[-1].step)]
    curve = [float(row["value"]) for row in last if (row["kind"], row["name"]) == ("series", "plain")]
    assert curve == list(frames[-1].series["plain"])
    scalars = {row["name"]: float(row["value"]) for row in last if row["kind"] == "scalar"}
    assert scalars == dict(frames[-1].scalars)
    assert "● plain" in (written.folder / "chart-profile.txt").read_text(encoding="utf-8")


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    """The second run of the same name gets a folder of its own."""
    first, second = write_run(RUN, tmp_path), write_run(RUN, tmp_path)
    assert [first.folder.name, second.folder.name] == [
        "vanishing-gradients-seed4",
        "vanishing-gradients-seed4-2",
    ]
    for name in first.files:
        assert (first.folder / name).read_bytes() == (second.folder / name).read_bytes()


def test_the_command_names_everything(tmp_path: Path) -> None:
    """Every knob, the seed and the device that was used, where the fastest had been asked for."""
    words = shlex.split(command_line(RUN))
    assert words[:3] == ["quizapp", "sim", "vanishing-gradients"]
    assert {"depth=3", "width=32", "gain=0.9", "activation=relu"} <= set(words)
    assert words[-4:] == ["--seed", "4", "--device", "cpu"]
    fastest = RunSpec(RUN.simulation, RUN.knobs, 0, "auto")
    line = (write_run(fastest, tmp_path).folder / "command.txt").read_text(encoding="utf-8").strip()
    assert line.split()[-1] in runner.devices()


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason and the place are named, and half a folder does not stay."""

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(QuizError, match="nothing was written: No space left on device") as raised:
        write_run(RUN, tmp_path)
    assert str(tmp_path) in str(raised.value)
    assert "The run itself is as it was" in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file where the folder should be; the command's own file is told the same way."""
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(QuizError, match="nothing was written"):
        write_run(RUN, tmp_path / "file")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
    monkeypatch.setenv("QUIZAPP_HOME", str(tmp_path / "file"))
    with pytest.raises(QuizError, match="nothing was written"):
        keep_command("quizapp sim x")


def test_a_run_that_breaks_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its last words are told."""
    broken = SIMULATION.format(name="mine").replace(
        "    header",
        "    def run(self, knobs, context):\n        raise ZeroDivisionError('a bug')\n\n    header",
    )
    install(tmp_path / "site", "zoo", {"mine": "zoo_mine:SIMULATION"}, zoo_mine=broken)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    with pytest.raises(SimulationError, match="ZeroDivisionError: a bug"):
        write_run(RunSpec("mine", {}, 0, "cpu"), tmp_path / "runs")
    assert list((tmp_path / "runs").iterdir()) == []


def test_runs_go_below_the_present_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where that is not ours to write to, they go to the data folder; the command stands in the state folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUIZAPP_HOME", str(tmp_path / "home"))
    assert default_folder() == tmp_path / FOLDER
    monkeypatch.setattr("quizapp.services.run_export.os.access", lambda *_: False)
    assert default_folder() == tmp_path / "home" / "runs"
    path = keep_command("quizapp sim x")
    assert path == tmp_path / "home" / "copied-command.txt"
    assert path.read_text(encoding="utf-8") == "quizapp sim x\n"
