"""Simulations that play by themselves: captions, holding, going on and back, and nothing that is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.app import App

from quizapp.config import Settings
from quizapp.tui.breakpoints import HORIZONTAL, VERTICAL
from quizapp.tui.demo_app import DemoApp
from quizapp.tui.screens import demo
from quizapp.tui.screens.demo import DemoScreen
from quizapp.tui.widgets.chart_view import ChartView
from sims import catalogue
from tests.tui.fake_simulation_host import FakeHost, FakeRun
from tests.tui.screenshots import lines_on

if TYPE_CHECKING:
    from textual.pilot import Pilot

NAMES = ("vanishing-gradients", "scale-explosion")


class Stand(App[None]):
    """An app that plays two simulations over a host without a process."""

    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL

    def __init__(self, *, seconds: float = 600.0, loop: bool = False) -> None:
        super().__init__()
        self.host = FakeHost()
        simulations = [catalogue.get(name) for name in NAMES]
        self.demo = DemoScreen(simulations, host=self.host, seconds=seconds, loop=loop)

    def on_mount(self) -> None:
        """Begin to play."""
        self.push_screen(self.demo, lambda _: self.exit())

    @property
    def run_now(self) -> FakeRun:
        """The newest run."""
        return self.host.runs[-1]

    @property
    def playing(self) -> list[str]:
        """What was played, in order."""
        return [run.request.simulation for run in self.host.runs]

    @property
    def shown(self) -> str:
        """What stands on the terminal."""
        return "\n".join(lines_on(self))


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Wait until a condition holds."""
    async with asyncio.timeout(20):
        while not condition():
            await pilot.pause(0.02)


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (140, 40)])
async def test_the_captions_tell_claim_run_and_reason(size: tuple[int, int]) -> None:
    """Title and claim from the start, events as they come, the outcome's reason at the end; nothing is asked."""
    app = Stand()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        header = catalogue.get(NAMES[0]).header
        assert header.title in app.shown
        assert header.claim.split(":")[0][:40] in app.shown
        assert "1 of 2" in app.shown
        app.run_now.send_frame(2, "something happens here")
        await until(pilot, lambda: "something happens here" in app.shown)
        assert app.demo.query_one(ChartView).size.height >= 6
        app.run_now.finish(reason="because 2.97e+06 is large.")
        await until(pilot, lambda: "Because 2.97·10⁶ is large." in app.shown)
        assert app.playing == [NAMES[0]]


async def test_time_goes_on_to_the_next_and_stops_at_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """A result stands until its time is up; the last one stays."""
    monkeypatch.setattr(demo, "READ_S", 0.1)
    app = Stand(seconds=0.2)
    async with app.run_test() as pilot:
        await pilot.pause(0.5)
        assert app.playing == [NAMES[0]]  # a run that is not over is not cut short
        app.run_now.finish()
        await until(pilot, lambda: len(app.host.runs) == 2)
        app.run_now.finish()
        await pilot.pause(0.6)
        assert app.playing == list(NAMES)
        assert "2 of 2" in app.shown


async def test_a_loop_begins_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the last comes the first, also by key, and back from the first comes the last."""
    monkeypatch.setattr(demo, "READ_S", 0.1)
    app = Stand(seconds=0.2, loop=True)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("left")
        assert app.playing == [NAMES[0], NAMES[1]]
        app.run_now.finish()
        await until(pilot, lambda: len(app.host.runs) == 3)
        assert app.playing[-1] == NAMES[0]


async def test_space_holds_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run pauses and time stands; space again lets both go on."""
    monkeypatch.setattr(demo, "READ_S", 0.1)
    app = Stand(seconds=0.2)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("space")
        assert app.run_now.paused
        assert "held" in app.shown
        app.run_now.finish()
        await pilot.pause(0.6)
        assert app.playing == [NAMES[0]]
        await pilot.press("space")
        assert "held" not in app.shown
        await until(pilot, lambda: len(app.host.runs) == 2)


async def test_arrows_go_on_and_back_and_the_ends_hold() -> None:
    """A new one begins at once, and the run before it ends."""
    app = Stand()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("left")
        assert app.playing == [NAMES[0]]
        await pilot.press("right")
        assert app.host.runs[0].cancelled
        await pilot.press("right")
        assert app.playing == list(NAMES)
        await pilot.press("left")
        assert app.playing == [*NAMES, NAMES[0]]


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_leaving_leaves_the_app(key: str) -> None:
    """Either key ends it and the run."""
    app = Stand()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
    assert app.return_code == 0
    assert app.host.runs[0].cancelled


async def test_a_run_that_fails_is_told_and_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its message stands as long as a result would, then the next one comes."""
    monkeypatch.setattr(demo, "READ_S", 0.5)
    app = Stand(seconds=0.2)
    async with app.run_test() as pilot:
        await pilot.pause()
        app.run_now.fail("It broke.")
        await until(pilot, lambda: "It broke." in "\n".join(lines_on(app)))
        assert len(app.host.runs) == 1
        await until(pilot, lambda: len(app.host.runs) == 2)


async def test_the_app_itself_keeps_nothing(own_home: Path) -> None:
    """A real run plays to its reason, and no file appears in the learner's folders."""
    from quizapp.services.simulation_host import SimulationHost

    simulations = [catalogue.get("densenet-concat")]
    app = DemoApp(
        simulations, SimulationHost(), seconds=2.0, loop=False, settings=Settings(theme="no-such-theme")
    )
    async with app.run_test(size=(100, 30)) as pilot:
        async with asyncio.timeout(60):
            while "Starting" in (shown := "\n".join(lines_on(app))) or "1 of 1" not in shown:
                await pilot.pause(0.05)
            while "dense" not in "\n".join(lines_on(app)[-6:]).lower():
                await pilot.pause(0.05)
        await pilot.press("q")
    assert files_below(own_home) == []


def files_below(folder: Path) -> list[Path]:
    """Return every file of a folder and the folders in it."""
    return [path for path in folder.rglob("*") if path.is_file()]
