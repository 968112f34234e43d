"""A run as files: its frames, its charts, and the command that makes it again.

The run is made once more by `python -m sims`, which gives the same frames, so that nobody has to keep them. Everything is
written into a folder beside the one that it becomes, and that folder gets its name last: it is whole, or it is not there.
"""

from __future__ import annotations

import csv
import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from quizapp import config
from quizapp.core.chart import Drawing, draw, to_text
from quizapp.core.chart.png import to_png
from quizapp.core.chart.svg import to_svg
from quizapp.core.frame_chart import chart_of
from quizapp.core.sweep import Sweep
from quizapp.errors import QuizError, SimulationError
from quizapp.services.simulation_command import simulation_command
from sims import catalogue
from sims.protocol import Context, Frame, KnobValue, Result, knobs_from_text, reproduce
from sims.protocol.messages import decode, read_frame

FOLDER = "quizapp-runs"
COPIED = "copied-command.txt"
WIDTH, HEIGHT = 100, 28
"""Cells of a written chart; as pixels 1224 by 696."""
COLUMNS = ("step", "kind", "name", "place", "value")


class ExportError(QuizError):
    """A run cannot be written where it should go."""


@dataclass(frozen=True, slots=True)
class RunSpec:
    """Everything that decides a run's frames.

    Attributes:
        steps: Stop after so many frames; None for all of them.
    """

    simulation: str
    knobs: Mapping[str, KnobValue]
    seed: int
    device: str
    steps: int | None = None

    @property
    def arguments(self) -> list[str]:
        """The run as `python -m sims` takes it."""
        settings = [f"--set={name}={value}" for name, value in self.knobs.items()]
        steps = [f"--steps={self.steps}"] if self.steps else []
        return [self.simulation, *settings, f"--seed={self.seed}", f"--device={self.device}", *steps]


@dataclass(frozen=True, slots=True)
class Written:
    """Where a run was written, and the names of its files there."""

    folder: Path
    files: tuple[str, ...]


def command_line(run: RunSpec) -> str:
    """Return the one command that runs this again; every knob is named."""
    simulation = catalogue.get(run.simulation)
    knobs = knobs_from_text(simulation, run.knobs)
    return reproduce(Result(simulation, knobs, Context(run.seed, run.device), Frame(0, 0)))


def sweep_command_line(run: RunSpec, knob: str, values: Sequence[KnobValue]) -> str:
    """Return the one command that runs this once for each value of a knob, with this seed alone."""
    others = {name: value for name, value in run.knobs.items() if name != knob}
    words = ["quizapp", "sim", run.simulation, "--sweep", f"{knob}={','.join(map(str, values))}"]
    for name, value in others.items():
        words += ["--set", f"{name}={value}"]
    return shlex.join([*words, "--seed", str(run.seed), "--seeds", "1", "--device", run.device])


def keep_command(line: str) -> Path:
    """Write the command into a file, for a terminal may refuse to copy, and return the file.

    Raises:
        ExportError: It cannot be written.
    """
    path = config.paths().state / COPIED
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(line + "\n", encoding="utf-8")
    except OSError as error:
        raise _refused(path, error) from error
    return path


def default_folder() -> Path:
    """Return where runs are written unless somebody says: below the present folder, or the data's if that is not ours."""
    here = Path.cwd()
    return here / FOLDER if os.access(here, os.W_OK) else config.paths().data / "runs"


def write_run(run: RunSpec, into: Path) -> Written:
    """Run it again and write everything into a new folder below `into`; nothing that is there is touched.

    Raises:
        ExportError: There is no room, or no right to write. Nothing is left behind.
        SimulationError: The run did not come to its end. Nothing is left behind.
    """
    draft = into / f".{run.simulation}-{uuid4().hex}.part"
    try:
        draft.mkdir(parents=True)
        last, done = _write_frames(run, draft)
        _write_charts(run, last, draft)
        (draft / "command.txt").write_text(f"{_line(run, done)}\n", encoding="utf-8")
        return _named(draft, into, f"{run.simulation}-seed{run.seed}")
    except OSError as error:
        raise _refused(into, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def write_sweep(run: RunSpec, sweep: Sweep, into: Path) -> Written:
    """Write what a sweep has come to below `into`: its figures, a chart of each measure, and the command for it.

    Raises:
        ExportError: There is no room, or no right to write. Nothing is left behind.
    """
    draft = into / f".{run.simulation}-{uuid4().hex}.part"
    knob, title = sweep.knob.name, catalogue.get(run.simulation).header.title
    try:
        draft.mkdir(parents=True)
        with (draft / "sweep.csv").open("w", encoding="utf-8", newline="") as table:
            rows = csv.writer(table, lineterminator="\n")
            rows.writerow((knob, "measure", "value"))
            for value, scalars in zip(sweep.values, sweep.found, strict=False):
                rows.writerows((value, measure, figure) for measure, figure in scalars.items())
        for place, measure in enumerate(sweep.measures):
            shown = replace(sweep, chosen=place)
            drawing = draw(chart_of(shown.frame, shown.view), WIDTH, HEIGHT)
            for ending, content in _pictures(drawing, f"{title}: {measure}"):
                (draft / f"{_file_name(measure)}.{ending}").write_bytes(content)
        line = sweep_command_line(run, knob, sweep.values)
        (draft / "command.txt").write_text(f"{line}\n", encoding="utf-8")
        return _named(draft, into, f"{run.simulation}-sweep-{knob}-seed{run.seed}")
    except OSError as error:
        raise _refused(into, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write_frames(run: RunSpec, folder: Path) -> tuple[Frame, Mapping[str, Any]]:
    """Write every frame as it comes, as a line of JSON and as rows of figures; return the last and what ended the run."""
    last: Frame | None = None
    done: Mapping[str, Any] | None = None
    command = simulation_command([*run.arguments, "--json"])
    with (
        (folder / "frames.jsonl").open("w", encoding="utf-8") as lines,
        (folder / "frames.csv").open("w", encoding="utf-8", newline="") as table,
        tempfile.TemporaryFile("w+", encoding="utf-8") as complaints,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=complaints, text=True) as process,  # noqa: S603
    ):
        assert process.stdout is not None
        rows = csv.writer(table, lineterminator="\n")
        rows.writerow(COLUMNS)
        try:
            for line in process.stdout:
                lines.write(line)
                message = decode(line)
                if message["type"] == "frame":
                    last = read_frame(message)
                    rows.writerows(_rows(last))
                else:
                    done = message
        except BaseException:
            process.kill()
            raise
        process.wait()
        complaints.seek(0)
        complaint = complaints.read().strip()
    if last is None or done is None:
        raise SimulationError(f"{run.simulation} ended before its end.", complaint[-500:])
    return last, done


def _rows(frame: Frame) -> Iterator[tuple[object, ...]]:
    """Yield the frame's figures one a row: kind scalar, series or theory; a curve's values count their places from 0."""
    for name, value in frame.scalars.items():
        yield frame.step, "scalar", name, "", value
    for kind, curves in (("series", frame.series), ("theory", frame.theory)):
        for name, curve in curves.items():
            yield from ((frame.step, kind, name, place, value) for place, value in enumerate(curve))


def _write_charts(run: RunSpec, last: Frame, folder: Path) -> None:
    """Write the last frame in each view, as a picture for the web, as one for everything else, and as text."""
    simulation = catalogue.get(run.simulation)
    title = simulation.header.title
    for view in simulation.views:
        drawing = draw(chart_of(last, view, simulation.views), WIDTH, HEIGHT)
        for ending, content in _pictures(drawing, f"{title}: {view.title}"):
            (folder / f"{_file_name(view.name)}.{ending}").write_bytes(content)


def _pictures(drawing: Drawing, title: str) -> Iterator[tuple[str, bytes]]:
    yield "svg", to_svg(drawing, title).encode()
    yield "png", to_png(drawing)
    yield "txt", f"{title}\n\n{to_text(drawing)}\n".encode()


def _file_name(name: str) -> str:
    return "chart-" + (re.sub(r"[^\w-]+", "-", name).strip("-") or "view")


def _line(run: RunSpec, done: Mapping[str, Any]) -> str:
    """Return the command with the device that was used, where the fastest had been asked for."""
    return command_line(RunSpec(run.simulation, done["knobs"], done["seed"], done["device"]))


def _named(draft: Path, into: Path, name: str) -> Written:
    """Give the folder the first name that is free."""
    number = 1
    while True:
        folder = into / (name if number == 1 else f"{name}-{number}")
        number += 1
        if not folder.exists():
            draft.rename(folder)
            return Written(folder, tuple(sorted(path.name for path in folder.iterdir())))


def _refused(where: Path, error: OSError) -> ExportError:
    return ExportError(
        f"{where}: nothing was written: {error.strerror or error}.",
        "Make room, or name another folder. The run itself is as it was.",
    )
