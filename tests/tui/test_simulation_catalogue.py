"""The list of simulations: the best fit first, narrowed down by typing, chosen by keyboard or mouse."""

from __future__ import annotations

import asyncio

import pytest
from textual.app import App
from textual.widgets import OptionList

from quizapp.tui.screens.catalogue import CatalogueScreen
from sims import catalogue


class Stand(App[None]):
    """An app that opens the catalogue and keeps what it returns."""

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self.words = words
        self.chosen: list[str | None] = []

    def on_mount(self) -> None:
        """Open the catalogue."""
        self.push_screen(CatalogueScreen(self.words), self.chosen.append)


async def test_enter_opens_what_fits_the_card_best() -> None:
    """The first entry belongs to the card's words."""
    app = Stand("DenseNet concatenates the features of all layers")
    async with app.run_test() as pilot:
        await pilot.press("enter")
        await pilot.pause()
    assert app.chosen == ["densenet-concat"]


async def test_typing_narrows_the_list_down() -> None:
    """Only what has every word stays; nothing left says so, and enter then chooses nothing."""
    app = Stand()
    async with app.run_test() as pilot:
        await pilot.press(*"explosion")
        await pilot.pause()
        options = app.screen.query_one(OptionList)
        narrowed = {option.id for option in options.options}
        assert "scale-explosion" in narrowed
        assert "densenet-concat" not in narrowed
        await pilot.press(*"zzz")
        await pilot.pause()
        assert options.option_count == 0
        assert app.screen.query_one("#nothing").display
        await pilot.press("enter")
        assert app.chosen == []


async def test_arrows_choose_and_escape_returns_nothing() -> None:
    """Down moves, the ends hold, escape cancels."""
    app = Stand()
    async with app.run_test() as pilot:
        await pilot.press("down", "enter")
        await pilot.pause()
        app.push_screen(CatalogueScreen(), app.chosen.append)
        await pilot.pause()
        await pilot.press("up", "escape")
        await pilot.pause()
    assert app.chosen == [catalogue.names()[1], None]


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (140, 40)])
async def test_every_simulation_can_be_reached(size: tuple[int, int]) -> None:
    """At every size the last entry can be scrolled to, and clicking one chooses it."""
    app = Stand()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        options = app.screen.query_one(OptionList)
        assert options.option_count == len(catalogue.names())
        await pilot.press(*["pagedown"] * len(catalogue.names()))
        assert options.highlighted == options.option_count - 1
        await pilot.press("pageup", "pageup")
        await pilot.click(OptionList, offset=(4, 0))
        async with asyncio.timeout(10):
            while not app.chosen:
                await pilot.pause()
    assert app.chosen == [catalogue.names()[0]]
