"""Where short messages stand: over nothing that is needed while they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets._toast import Toast

from quizapp.tui.screens.editor import EditorScreen
from quizapp.tui.widgets.deck_text_area import DeckTextArea
from tests.learner import Learner
from tests.tui.desk import Desk, at_home, studying
from tests.tui.material import learn_gradients

if TYPE_CHECKING:
    from textual.geometry import Region

SIZES = ((80, 24), (60, 18), (120, 36))
LONG = "The file was changed meanwhile: its values are in force now, and nothing was written over."


async def toasts(desk: Desk) -> list[Region]:
    """Say two things, and return where they stand."""
    desk.app.notify(LONG, title="Not changed", timeout=60)
    desk.app.notify("Taken back.", timeout=60)
    await desk.until(lambda: len(desk.screen.query(Toast)) == 2)
    await desk.pilot.pause()
    return [toast.region for toast in desk.screen.query(Toast)]


def covered(desk: Desk, regions: list[Region], *selectors: str) -> list[str]:
    """Return which of the widgets that are needed lie below a message."""
    return [
        selector
        for selector in selectors
        for widget in desk.screen.query(selector)
        if any(widget.region.overlaps(region) for region in regions)
    ]


@pytest.mark.parametrize("size", SIZES)
async def test_on_home_they_leave_the_head_the_figures_and_the_keys(
    learner: Learner, size: tuple[int, int]
) -> None:
    """They stand above the footer."""
    learner.learn("Alpha")
    async with at_home(learner, size=size) as desk:
        regions = await toasts(desk)
        assert covered(desk, regions, "#home-head", "#home-today", "KeyLine") == []


@pytest.mark.parametrize("size", SIZES)
async def test_on_a_card_they_leave_its_head_and_the_buttons(learner: Learner, size: tuple[int, int]) -> None:
    """So that it can be rated while they stand there."""
    learn_gradients(learner)
    async with studying(learner, size=size) as desk:
        await desk.press("space")
        regions = await toasts(desk)
        assert covered(desk, regions, "SessionHead", "#study-lead", "#study-bar", "KeyLine") == []


@pytest.mark.parametrize("size", SIZES)
async def test_in_the_editor_they_leave_its_head_and_what_is_wrong(
    learner: Learner, size: tuple[int, int]
) -> None:
    """So that a problem can be read while it is said that the file is not taken in."""
    learner.learn("Alpha")
    async with studying(learner, size=size) as desk:
        await desk.press("E")
        await desk.until(lambda: desk.is_on(EditorScreen))
        desk.screen.query_one(DeckTextArea).show_lines(["# Alpha", "", "text"])
        await desk.until(lambda: desk.sees("#editor-problems"))
        regions = await toasts(desk)
        assert covered(desk, regions, "EditorHead", "#editor-problems", "KeyLine") == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("keys", "needed"),
    [
        (("comma",), ("#settings-head", "#settings-about")),
        (("comma", "K"), ("#keys-head", "#keys-about")),
    ],
)
async def test_in_the_settings_they_leave_what_the_chosen_one_does(
    learner: Learner, size: tuple[int, int], keys: tuple[str, ...], needed: tuple[str, ...]
) -> None:
    """For a mistake is told while its setting stands there."""
    learner.learn("Alpha")
    async with at_home(learner, size=size) as desk:
        await desk.press(*keys)
        regions = await toasts(desk)
        assert covered(desk, regions, *needed, "KeyLine") == []
