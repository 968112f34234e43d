"""What a simulation view hands out: the command that runs it again, and the run as files."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from quizapp.errors import QuizError
from quizapp.services.run_export import (
    RunSpec,
    command_line,
    default_folder,
    keep_command,
    sweep_command_line,
    write_run,
)

if TYPE_CHECKING:
    from textual.widget import Widget

    from quizapp.core.experiment import Experiment
    from quizapp.core.sweep import Sweep


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


def start_writing(view: Widget, experiment: Experiment) -> None:
    """Write the run into a new folder, aside, and say where it is once it is whole."""
    view.run_worker(_write(view, _spec(experiment)), group="run-export", exclusive=True, exit_on_error=False)


async def _write(view: Widget, run: RunSpec) -> None:
    into = default_folder()
    try:
        written = await asyncio.to_thread(write_run, run, into)
    except QuizError as error:
        view.notify(str(error), title="Not written", severity="error", markup=False)
        return
    view.notify(f"{written.folder}\n{', '.join(written.files)}", title="Written", markup=False)


def _spec(experiment: Experiment) -> RunSpec:
    return RunSpec(experiment.name, experiment.values, experiment.seed, experiment.device)
