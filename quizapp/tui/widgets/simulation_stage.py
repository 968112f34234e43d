"""The stages that a learner goes through with a simulation, and the words that tell of them."""

from __future__ import annotations

from enum import StrEnum

from quizapp.core.chart.label import clean
from quizapp.core.experiment import Experiment
from quizapp.core.sweep import Sweep
from quizapp.services.simulation_messages import FrameArrived, WorkerState
from quizapp.services.simulation_sweep import SweepProgress
from quizapp.tui.key_words import keyed
from quizapp.tui.widgets.knob_bar import value_text
from quizapp.tui.widgets.run_panel import readouts
from sims.protocol import Frame


class Stage(StrEnum):
    """Where the learner is with this simulation."""

    ASKING = "asking"
    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    SWEEPING = "sweeping"


SIGNS = {
    Stage.ASKING: "?",
    Stage.WAITING: "…",
    Stage.RUNNING: "▶",
    Stage.PAUSED: "‖",
    Stage.DONE: "■",
    Stage.FAILED: "✗",
    Stage.SWEEPING: "↔",
}
LIVE = (Stage.WAITING, Stage.RUNNING, Stage.PAUSED)


def header_words(
    stage: Stage, experiment: Experiment, arrived: FrameArrived | None, *, seeds: int, full_speed: bool
) -> tuple[str, ...]:
    """Return what stands beside the title: the stage's sign, seeds, device, pace, frames a second, progress."""
    live = arrived is not None and stage in (Stage.RUNNING, Stage.PAUSED, Stage.DONE)
    first, last = experiment.seed, experiment.seed + seeds - 1
    return (
        SIGNS[stage],
        f"seed {first}" if seeds == 1 else f"seeds {first}–{last}",
        experiment.device,
        "full speed" if full_speed else "",
        f"{arrived.frames_per_s:.0f} fps" if arrived and live and arrived.frames_per_s else "",
        f"{arrived.frame.step}/{arrived.frame.total}" if arrived and live else "",
    )


def frame_words(frame: Frame, columns: int, *, is_newest: bool, axes: str) -> str:
    """Return what stands below the chart: which frame is in sight if not the newest, turned axes, event or figures."""
    lead = [] if is_newest else [f"frame {frame.step}/{frame.total}"]
    lead += [axes] if axes else []
    head = "  ·  ".join(lead)
    room = columns - len(head) - 5 if head else columns
    rest = clean(frame.event) if frame.event else readouts(frame.scalars, room)
    return f"{head}  ·  {rest}" if head and rest else head or rest


def sweep_words(sweep: Sweep, progress: SweepProgress | None, axes: str) -> str:
    """Return how far a sweep has come, and what can be done with it."""
    count = len(sweep.values)
    if sweep.is_over:
        keys = keyed("{simulation.view=v} next measure  ·  {simulation.close=esc} back to the run")
        words = f"{sweep.knob.name} at {count} values  ·  {keys}"
    else:
        place = len(sweep.found)
        words = f"{sweep.knob.name} {value_text(sweep.knob, sweep.values[place])}, run {place + 1} of {count}"
        if progress is not None and progress.frame is not None and not progress.over:
            words += f", frame {progress.frame.step}/{progress.frame.total}"
        words += keyed("  ·  {simulation.close=esc} stops")
    return f"{axes}  ·  {words}" if axes else words


def waiting_words(state: WorkerState, elapsed_s: float) -> str:
    """Return what a run waits for while the worker starts."""
    return f"Starting: {clean(state.detail)} … {elapsed_s:.1f} s. Once it is warm, runs begin at once."
