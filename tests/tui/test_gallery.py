"""The lab's gallery: groups and pictures, narrowed down by typing, chosen by keyboard or mouse."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.app import App
from textual.widgets import OptionList

from quizapp.core.experiment import Experiment, Finding
from quizapp.services.runs import keep
from quizapp.services.workspace import Workspace
from quizapp.tui.breakpoints import HORIZONTAL, VERTICAL
from quizapp.tui.screens.gallery import GalleryScreen
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.lab import LabScreen
from quizapp.tui.widgets.chart_view import ChartView
from quizapp.tui.widgets.simulation_view import SimulationView
from sims import catalogue, runner, third_party
from tests.learner import Learner
from tests.sims.installing import install
from tests.tui.desk import at_home
from tests.tui.screenshots import lines_on

if TYPE_CHECKING:
    from textual.pilot import Pilot

CARD = "DenseNet concatenates the features of all layers"


class Stand(App[None]):
    """An app that opens the gallery and keeps what it returns."""

    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL

    def __init__(self, workspace: Workspace, words: str = "") -> None:
        super().__init__()
        self.workspace = workspace
        self.words = words
        self.chosen: list[str | None] = []

    def on_mount(self) -> None:
        """Open the gallery."""
        self.push_screen(GalleryScreen(self.workspace, self.words), self.chosen.append)

    @property
    def names(self) -> OptionList:
        """The list."""
        return self.screen.query_one(OptionList)

    @property
    def under_the_cursor(self) -> str | None:
        """The name under the cursor."""
        option = self.names.highlighted_option
        return option.id if option else None

    @property
    def headings(self) -> list[str]:
        """The headings in the list."""
        return [str(option.prompt) for option in self.names.options if option.disabled]

    @property
    def shown(self) -> str:
        """What stands on the terminal."""
        return "\n".join(lines_on(self))


async def settled(app: Stand, pilot: Pilot[None]) -> None:
    """Wait until the library was looked up and what was found is painted."""
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Wait until a condition holds."""
    async with asyncio.timeout(20):
        while not condition():
            await pilot.pause(0.02)


def run_once(learner: Learner, name: str, **knobs: int) -> None:
    """Let the learner have run a simulation."""
    result = runner.result(name, knobs, 3, "cpu")
    experiment = Experiment(result.simulation, result.knobs, seed=3)
    keep(learner.workspace, Finding(experiment, result.last, result.claims, result.outcome))


async def test_enter_opens_what_fits_the_card_best(learner: Learner) -> None:
    """The first entry belongs to the card's words, under a heading that says so."""
    app = Stand(learner.workspace, CARD)
    async with app.run_test() as pilot:
        await settled(app, pilot)
        assert app.headings[0] == "fits this card"
        await pilot.press("enter")
        await pilot.pause()
    assert app.chosen == ["densenet-concat"]


async def test_a_card_that_nothing_fits_is_no_dead_end(learner: Learner) -> None:
    """All groups are there, without a heading that promises more."""
    app = Stand(learner.workspace, "a recipe for bread")
    async with app.run_test() as pilot:
        await settled(app, pilot)
        assert "fits this card" not in app.headings
        assert app.under_the_cursor in catalogue.names()


async def test_typing_narrows_the_list_down(learner: Learner) -> None:
    """Only what has every word stays; nothing left says so, and enter then chooses nothing."""
    app = Stand(learner.workspace)
    async with app.run_test() as pilot:
        await settled(app, pilot)
        await pilot.press(*"explosion")
        await pilot.pause()
        narrowed = {option.id for option in app.names.options}
        assert "scale-explosion" in narrowed
        assert "densenet-concat" not in narrowed
        await pilot.press(*"zzz")
        await pilot.pause()
        assert app.names.option_count == 0
        assert app.screen.query_one("#nothing").display
        await pilot.press("enter")
        assert app.chosen == []


async def test_what_bears_the_words_in_its_name_comes_first(learner: Learner) -> None:
    """`branch` finds branch-weight before those that merely speak of branches."""
    app = Stand(learner.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"branch")
        await pilot.pause()
        assert app.under_the_cursor == "branch-weight"
        await pilot.press("enter")
    assert app.chosen == ["branch-weight"]


async def test_arrows_pass_headings_and_escape_returns_nothing(learner: Learner) -> None:
    """Down goes from name to name, the ends hold, escape cancels."""
    app = Stand(learner.workspace)
    async with app.run_test() as pilot:
        await settled(app, pilot)
        passed = [app.under_the_cursor]
        for _ in catalogue.names():
            await pilot.press("down")
            passed.append(app.under_the_cursor)
        assert sorted(map(str, passed[:-1])) == sorted(catalogue.names())
        assert passed[-1] == passed[-2]
        await pilot.press("escape")
        await pilot.pause()
    assert app.chosen == [None]


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (140, 40)])
async def test_every_simulation_can_be_reached(learner: Learner, size: tuple[int, int]) -> None:
    """At every size the last entry can be scrolled to, and clicking one chooses it."""
    app = Stand(learner.workspace)
    async with app.run_test(size=size) as pilot:
        await settled(app, pilot)
        await pilot.press(*["pagedown"] * len(catalogue.names()))
        assert app.names.highlighted == app.names.option_count - 1
        await pilot.press(*["pageup"] * len(catalogue.names()))
        assert app.names.highlighted == 1
        assert app.names.scroll_y == 0
        await pilot.click(OptionList, offset=(4, 1))
        await until(pilot, lambda: app.chosen)
    assert app.chosen == [app_first()]


def app_first() -> str:
    """Return the name that stands first without a card: the first of the gradients."""
    return next(one.header.name for one in catalogue.everything() if one.header.group == "gradients")


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_picture_follows_the_cursor(learner: Learner, size: tuple[int, int]) -> None:
    """At first the frame that comes with it, and that it was not run here yet."""
    app = Stand(learner.workspace)
    async with app.run_test(size=size) as pilot:
        await settled(app, pilot)
        assert "not run yet" in app.shown
        before = app.screen.query_one(ChartView).chart
        await pilot.press("down")
        await pilot.pause()
        assert app.screen.query_one(ChartView).chart != before
        assert app.screen.query_one(ChartView).size.height >= 6
        golden = catalogue.golden(str(app.under_the_cursor))
        assert golden is not None
        chart = app.screen.query_one(ChartView).chart
        assert chart is not None
        assert chart.series[-1].values in golden.series.values()


async def test_the_last_run_and_the_topics_are_told(learner: Learner) -> None:
    """Its own picture instead of the golden one, the day, the seed, the knobs that were turned, and where it is used."""
    run_once(learner, "densenet-concat", depth=2)
    learner.learn("Alpha", answer="Look.\n\n```sim\ndensenet-concat\n```\n")
    app = Stand(learner.workspace, CARD)
    async with app.run_test(size=(140, 40)) as pilot:
        await settled(app, pilot)
        assert "last run 2 Mar, seed 3, cpu, depth=2" in app.shown
        assert "In Alpha" in app.shown
        assert "▪ DenseNet" in app.shown
        assert "not run yet" not in app.shown


async def test_a_small_terminal_shows_words_in_place_of_the_picture(learner: Learner) -> None:
    """At 60x18 the names have the room, and the claim of the chosen one stands below."""
    app = Stand(learner.workspace)
    async with app.run_test(size=(60, 18)) as pilot:
        await settled(app, pilot)
        assert not app.screen.query_one(ChartView).region
        assert "not run yet" in app.shown


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install a package whose simulation raises, and one that takes a bundled name."""
    folder = tmp_path / "site"
    entries = {"bad": "zoo_bad:SIMULATION", "scale-explosion": "zoo_bad:SIMULATION"}
    install(folder, "zoo", entries, zoo_bad="raise OSError('no \x1b[2J[bold]weights')")
    monkeypatch.syspath_prepend(folder)
    third_party.found.cache_clear()
    yield
    third_party.found.cache_clear()


@pytest.mark.usefixtures("broken")
async def test_a_broken_simulation_is_a_row_with_its_reason(learner: Learner) -> None:
    """It cannot be opened, says why without acting on the terminal, and the bundled one of a taken name still works."""
    app = Stand(learner.workspace)
    async with app.run_test(size=(140, 40)) as pilot:
        await settled(app, pilot)
        assert app.headings[-1] == "cannot be used"
        await pilot.press(*"bad", "enter")
        await pilot.pause()
        assert app.chosen == []
        assert "✗ bad" in app.shown
        assert "OSError: no" in app.shown
        assert "\x1b" not in app.shown
        await pilot.press(*["backspace"] * 3, *"scale-explosion")
        await pilot.pause()
        assert app.under_the_cursor == "scale-explosion"
        await pilot.press("enter")
        await pilot.pause()
    assert app.chosen == ["scale-explosion"]


async def test_l_on_home_opens_the_gallery_and_comes_back_to_it(learner: Learner) -> None:
    """A choice opens the lab, leaving that comes back to it in the gallery, escape to Home."""
    learner.learn("Alpha")
    async with at_home(learner) as desk:
        await desk.press("l")
        await desk.until(lambda: desk.is_on(GalleryScreen))
        await desk.press("down", "down", "enter")
        await desk.until(lambda: desk.is_on(LabScreen))
        name = desk.app.screen.query_one(SimulationView).experiment.simulation.header.name
        await desk.press("escape")
        await desk.until(lambda: desk.is_on(GalleryScreen))
        option = desk.app.screen.query_one(OptionList).highlighted_option
        assert option is not None
        assert option.id == name
        await desk.press("escape")
        await desk.until(lambda: desk.is_on(HomeScreen))
