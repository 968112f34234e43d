"""What a simulation view hands out: the command that runs it again, and the run as files."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from quizapp.errors import QuizError
from quizapp.services.run_export import (
    RunSpec,
    Written,
    command_line,
    default_folder,
    keep_command,
    sweep_command_line,
    write_run,
    write_sweep,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.widget import Widget

    from quizapp.core.experiment import Experiment
    from quizapp.core.sweep import Sweep

MOST_CHARTS = 12
"""Charts that a notice names one by one: four views in three formats."""


def copy_command(view: Widget, experiment: Experiment, sweep: Sweep | None) -> None:
    """Copy the command that makes what is in sight again, and say where else it stands: a terminal may refuse to copy."""
    run = _spec(experiment)
    line = sweep_command_line(run, sweep.knob.name, sweep.values) if sweep else command_line(run)
    view.app.copy_to_clipboard(line)
    try:
        where = f"Also in {keep_command(line)}"
    except QuizError as error:
        where = str(error)
    view.notify(f"{line}\n{where}", title="Copied", markup=False)


def start_writing(view: Widget, experiment: Experiment, sweep: Sweep | None) -> None:
    """Write the run, or the sweep in sight, into a new folder, aside, and say where it is once it is whole."""
    run = _spec(experiment)
    write = partial(write_sweep, run, sweep) if sweep else partial(write_run, run)
    view.run_worker(_write(view, write), group="run-export", exclusive=True, exit_on_error=False)


async def _write(view: Widget, write: Callable[[Path], Written]) -> None:
    try:
        written = await asyncio.to_thread(write, default_folder())
    except QuizError as error:
        view.notify(str(error), title="Not written", severity="error", markup=False)
        return
    view.notify(f"{written.folder}\n{_files_words(written)}", title="Written", markup=False)


def _files_words(written: Written) -> str:
    """Return the files' names; many charts, as those of a sweep's measures, are counted instead."""
    charts = [name for name in written.files if name.startswith("chart-")]
    if len(charts) <= MOST_CHARTS:
        return ", ".join(written.files)
    return ", ".join([*(name for name in written.files if name not in charts), f"{len(charts)} charts"])


def _spec(experiment: Experiment) -> RunSpec:
    return RunSpec(experiment.name, experiment.values, experiment.seed, experiment.device)
