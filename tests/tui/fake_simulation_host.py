"""A simulation host without a process: the test decides when a frame arrives and how a run ends."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from quizapp.services.simulation_messages import (
    FrameArrived,
    Phase,
    RunDone,
    RunEvent,
    RunFailed,
    RunRequest,
    WorkerState,
)
from sims.protocol import Band, Claim, Frame, Outcome

TOTAL = 5
SCALARS = {
    "slope": -0.1,
    "residual slope": 0.297,
    "theory slope": 1.0,
    "plain at layer 0": 0.00473,
    "ratio": 2.97e6,
}
EXPLANATION = "The first of 2 paragraphs.\n\nThe second one, with 3 words more."
CLAIM = Claim("one", "It holds.", 1.0, 1.0, 0.1, "a source")


class FakeRun:
    """A run that delivers only what the test sends."""

    def __init__(self, request: RunRequest) -> None:
        self._request = request
        self.paused = False
        self.cancelled = False
        self.pace = math.nan
        self.steps = 0
        self.frames: list[Frame] = []
        self._events: asyncio.Queue[RunEvent | None] = asyncio.Queue()

    @property
    def request(self) -> RunRequest:
        """What is being run."""
        return self._request

    @property
    def kept(self) -> int:
        """How many frames were sent."""
        return len(self.frames)

    def frame(self, place: int) -> Frame | None:
        """Return a frame that was sent."""
        return self.frames[place]

    async def events(self) -> AsyncIterator[RunEvent]:
        """Yield what the test sends."""
        while (event := await self._events.get()) is not None:
            yield event

    def set_pace(self, frames_per_s: float) -> None:
        """Note the pace."""
        self.pace = frames_per_s

    def pause(self) -> None:
        """Note the pause."""
        self.paused = True

    def resume(self) -> None:
        """Note that it goes on."""
        self.paused = False

    def step(self) -> None:
        """Note the step."""
        self.paused = True
        self.steps += 1

    def cancel(self) -> None:
        """End the events."""
        self.cancelled = True
        self._events.put_nowait(None)

    def send(self, event: RunEvent) -> None:
        """Let something happen."""
        self._events.put_nowait(event)

    def send_frame(self, step: int, event: str = "") -> None:
        """Let a frame arrive."""
        curve = tuple(10.0 ** (place - step) for place in range(TOTAL))
        series = {"plain": curve, "residual": curve[::-1], "naive": curve}
        fields: dict[str, Any] = {
            "step": step,
            "total": TOTAL,
            "scalars": SCALARS | {"step": float(step)},
            "series": series,
            "theory": {"plain": curve},
            "event": event,
        }
        frame = Frame(**fields)
        if (seeds := self._request.seeds) > 1:
            twice = {name: tuple(2 * value for value in values) for name, values in series.items()}
            frame = Band(**fields, seeds=seeds, low=series, high=twice)
        self.frames.append(frame)
        self.send(FrameArrived(frame, step, 30.0, ((step, event),) if event else ()))

    def finish(
        self,
        truth: str | float | tuple[float, ...] = "plain",
        reason: str = "Because.",
        claim: Claim = CLAIM,
    ) -> None:
        """Let the last frame arrive, and the end."""
        self.send_frame(TOTAL)
        self.send(RunDone((claim,), Outcome(truth, reason), EXPLANATION))

    def fail(self, message: str = "It broke.") -> None:
        """Let the run break."""
        self.send(RunFailed(message, "Press r."))


class FakeHost:
    """Hands out fake runs and keeps them."""

    def __init__(self, *devices: str) -> None:
        self.state = WorkerState(Phase.READY, devices or ("cpu",), "9.9")
        self.runs: list[FakeRun] = []
        self.started = 0

    async def states(self) -> AsyncIterator[WorkerState]:
        """Yield the one state."""
        yield self.state
        await asyncio.Event().wait()

    def prefer(self, device: str) -> None:
        """Take over the device of the settings."""
        self.state = replace(self.state, wanted=device)

    def start(self) -> None:
        """Note that the worker was wanted."""
        self.started += 1

    def run(self, request: RunRequest) -> FakeRun:
        """Begin a run, and cancel the one before it."""
        if self.runs:
            self.runs[-1].cancel()
        self.runs.append(FakeRun(request))
        return self.runs[-1]
