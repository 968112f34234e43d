"""How many pictures of a run are drawn: as many as the settings allow, or the last one alone."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizapp.config import Settings
from quizapp.services.motion import Motion, motion_of
from quizapp.services.simulation_messages import FULL_SPEED, FrameArrived, RunDone, RunEvent, RunRequest
from quizapp.services.simulation_run import HostedRun
from sims.protocol import Frame

if TYPE_CHECKING:
    import pytest

TOTAL = 50


@dataclass
class Bench:
    """A run whose frames, and whose time, the test makes."""

    motion: Motion
    monkeypatch: pytest.MonkeyPatch
    now: float = 100.0
    events: list[RunEvent] = field(default_factory=list)
    sent: int = 0

    def __post_init__(self) -> None:
        """Begin the run, and follow it."""
        loop = asyncio.get_running_loop()
        self.monkeypatch.setattr(loop, "time", lambda: self.now)
        self.run = HostedRun(
            RunRequest("any", {}, 0),
            1,
            grant=lambda *_: None,
            stop=lambda _: None,
            decode=lambda line: Frame(int(line), TOTAL),
            motion=self.motion,
        )
        self.task = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        async for event in self.run.events():
            self.events.append(event)

    async def send(self, frames: int = 1, seconds: float = 0.0) -> None:
        """Let time pass, and frames arrive."""
        self.now += seconds
        for _ in range(frames):
            self.sent += 1
            self.run.add_frame(b"%d" % self.sent)
        self.run.pump()
        await self.settle()

    async def settle(self) -> None:
        """Let whoever follows have its turn."""
        for _ in range(5):
            await asyncio.sleep(0)

    @property
    def drawn(self) -> list[int]:
        """The steps of the frames that were drawn."""
        return [event.frame.step for event in self.events if isinstance(event, FrameArrived)]


async def test_a_second_has_no_more_pictures_than_the_settings_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a hundred frames in a second ten are drawn, and the newest of those that came meanwhile."""
    bench = Bench(Motion(frames_per_second=10), monkeypatch)
    bench.run.set_pace(1000)
    for _ in range(100):
        await bench.send(seconds=0.01)
    assert 9 <= len(bench.drawn) <= 11
    assert bench.drawn[0] == 1
    bench.run.cancel()
    await bench.task


async def test_full_speed_keeps_to_the_settings_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """It never draws more pictures than are allowed at any speed."""
    bench = Bench(Motion(frames_per_second=5), monkeypatch)
    bench.run.set_pace(FULL_SPEED)
    for _ in range(100):
        await bench.send(seconds=0.01)
    assert 4 <= len(bench.drawn) <= 6
    bench.run.cancel()
    await bench.task


async def test_reduced_motion_draws_the_last_frame_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is drawn while the run goes on, at whatever pace; all of its frames can be gone back to."""
    bench = Bench(Motion(is_reduced=True), monkeypatch)
    for pace in (1.0, FULL_SPEED, 30.0):
        bench.run.set_pace(pace)
        await bench.send(frames=10, seconds=2.0)
    assert bench.events == []
    bench.run.finish(RunDone((), None, ""))
    await bench.task
    assert bench.drawn == [30]
    assert isinstance(bench.events[-1], RunDone)
    assert [frame.step for place in range(bench.run.kept) if (frame := bench.run.frame(place))] == list(
        range(1, 31)
    )


async def test_reduced_motion_shows_what_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is paused, or stepped, shows the frame that it stands at."""
    bench = Bench(Motion(is_reduced=True), monkeypatch)
    await bench.send(frames=10)
    bench.run.pause()
    await bench.settle()
    assert bench.drawn == [10]
    await bench.send(frames=2, seconds=1.0)
    assert bench.drawn == [10]
    bench.run.step()
    await bench.settle()
    assert bench.drawn == [10, 11]
    bench.run.cancel()
    await bench.task


def test_motion_is_what_the_settings_say() -> None:
    """Thirty pictures a second unless they say otherwise."""
    assert motion_of(Settings()) == Motion(30, is_reduced=False)
    assert motion_of(Settings(frames_per_second=12, reduced_motion=True)) == Motion(12, is_reduced=True)
