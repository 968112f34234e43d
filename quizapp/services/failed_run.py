"""The run that a debugging question shows, made to its end without a screen."""

from __future__ import annotations

from quizapp.core.drill.failed_run import FailedRun
from quizapp.errors import SimulationError
from quizapp.services.plain_run import run_to_end


def failed_run(name: str) -> FailedRun:
    """Run a simulation with the knobs that make it fail; a run that does not come to its end is told, not raised.

    Args:
        name: That of the failure.
    """
    from quizapp.core.drill.failures import BY_NAME

    failure = BY_NAME[name]
    knobs = [f"--set={knob}={value}" for knob, value in failure.settings]
    try:
        ended = run_to_end([failure.simulation, *knobs, "--seed=0"])
    except SimulationError as error:
        return FailedRun(None, (), problem=str(error))
    explanation = str(ended.done.get("explanation", ""))
    return FailedRun(failure.chart(ended.last), failure.told(ended.last, ended.events), explanation)
