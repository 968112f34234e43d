"""Several runs one after the other, for the last frame of each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from quizapp.services.simulation_messages import (
    FULL_SPEED,
    FrameArrived,
    Host,
    RunDone,
    RunFailed,
    RunRequest,
)
from sims.protocol import Frame


@dataclass(frozen=True, slots=True)
class SweepProgress:
    """How far the runs have come.

    Attributes:
        place: Which of the requests is running, or has just ended.
        frame: Its newest frame; None before the first, or where it failed.
        over: Whether it has ended.
    """

    place: int
    frame: Frame | None
    over: bool


async def swept(host: Host, requests: Sequence[RunRequest]) -> AsyncIterator[SweepProgress]:
    """Run each request at full speed and yield its frames and its end; ends early where another run takes its place."""
    for place, request in enumerate(requests):
        run = host.run(request)
        run.set_pace(FULL_SPEED)
        last: Frame | None = None
        ended = False
        try:
            async for event in run.events():
                match event:
                    case FrameArrived(frame):
                        last = frame
                        yield SweepProgress(place, last, over=False)
                    case RunDone():
                        ended = True
                        break
                    case RunFailed():
                        last, ended = None, True
                        break
        finally:
            run.cancel()
        if not ended:
            return
        yield SweepProgress(place, last, over=True)
