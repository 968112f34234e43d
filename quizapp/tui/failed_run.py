"""The run that a debugging question shows: it is made by the simulations' process, at full speed and without a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from quizapp.core.drill.failed_run import FailedRun
from quizapp.services.simulation_messages import FULL_SPEED, FrameArrived, RunDone, RunFailed, RunRequest
from quizapp.tui.key_words import keyed

if TYPE_CHECKING:
    from quizapp.core.drill.failure import Failure
    from quizapp.services.simulation_messages import Host


async def failed_run(host: Host, failure: Failure, progress: Callable[[str], None]) -> FailedRun:
    """Run a simulation with the knobs that make it fail.

    Args:
        progress: Told how far the run is, for a learner who waits.
    """
    from sims import catalogue
    from sims.protocol import Frame, knob_values, knobs_from_text

    simulation = catalogue.get(failure.simulation)
    knobs = knob_values(knobs_from_text(simulation, dict(failure.settings)))
    run = host.run(RunRequest(failure.simulation, knobs, seed=0))
    run.set_pace(FULL_SPEED)
    last: Frame | None = None
    events: list[str] = []
    async for event in run.events():
        match event:
            case FrameArrived(frame=frame, happened=happened):
                last = frame
                events += [words for _, words in happened]
                progress(f"the run is at {frame.step} of {frame.total}")
            case RunDone(explanation=explanation) if last is not None:
                return FailedRun(failure.chart(last), failure.told(last, events), explanation)
            case RunFailed(message=message, hint=hint):
                return FailedRun(None, (), problem=f"{message} {hint}")
            case _:
                progress("the simulations' process starts")
    return FailedRun(
        None, (), problem=keyed("The run ended before its end. {drill.skip=ctrl+n} skips the question.")
    )
