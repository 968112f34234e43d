"""The stages that a learner goes through with a simulation, and the words that tell of them."""

from __future__ import annotations

from enum import StrEnum

from quizapp.core.chart.label import clean
from quizapp.core.experiment import Experiment
from quizapp.services.simulation_messages import FrameArrived, WorkerState


class Stage(StrEnum):
    """Where the learner is with this simulation."""

    ASKING = "asking"
    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"


SIGNS = {
    Stage.ASKING: "?",
    Stage.WAITING: "…",
    Stage.RUNNING: "▶",
    Stage.PAUSED: "‖",
    Stage.DONE: "■",
    Stage.FAILED: "✗",
}
LIVE = (Stage.WAITING, Stage.RUNNING, Stage.PAUSED)


def header_words(
    stage: Stage, experiment: Experiment, arrived: FrameArrived | None, *, full_speed: bool
) -> tuple[str, ...]:
    """Return what stands beside the title: the stage's sign, seed, device, pace, frames a second, progress."""
    live = arrived is not None and stage in (Stage.RUNNING, Stage.PAUSED, Stage.DONE)
    return (
        SIGNS[stage],
        f"seed {experiment.seed}",
        experiment.device,
        "full speed" if full_speed else "",
        f"{arrived.frames_per_s:.0f} fps" if arrived and live and arrived.frames_per_s else "",
        f"{arrived.frame.step}/{arrived.frame.total}" if arrived and live else "",
    )


def waiting_words(state: WorkerState, elapsed_s: float) -> str:
    """Return what a run waits for while the worker starts."""
    return f"Starting: {clean(state.detail)} … {elapsed_s:.1f} s. Once it is warm, runs begin at once."
