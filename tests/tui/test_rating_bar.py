"""The rating bar: a hint before the answer, then four buttons with their intervals."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from textual.app import App
from textual.widgets import Static

from quizapp.core.memory import Interval, Rating
from quizapp.core.rating_scale import FOUR, TWO, RatingScale
from quizapp.tui.breakpoints import HORIZONTAL
from quizapp.tui.widgets.rating_bar import RatingBar, RatingButton

if TYPE_CHECKING:
    from textual.app import ComposeResult

WIDE = {
    Rating.AGAIN: Interval(seconds=600),
    Rating.HARD: Interval(days=59),
    Rating.GOOD: Interval(days=364),
    Rating.EASY: Interval(days=3650),
}


class Stand(App[None]):
    """A bar alone; it keeps what was pressed."""

    HORIZONTAL_BREAKPOINTS = HORIZONTAL

    def __init__(self, scale: RatingScale = FOUR) -> None:
        super().__init__()
        self.pressed: list[Rating] = []
        self._scale = scale

    def compose(self) -> ComposeResult:
        """Lay it out."""
        yield RatingBar(self._scale)

    def on_rating_button_pressed(self, message: RatingButton.Pressed) -> None:
        """Keep it."""
        self.pressed.append(message.rating)


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_every_button_has_room_for_its_interval(width: int) -> None:
    """Also the widest intervals are whole at 60 columns."""
    app = Stand()
    async with app.run_test(size=(width, 5)) as pilot:
        app.query_one(RatingBar).show(WIDE)
        await pilot.pause()
        assert [button.render_line(0).text.strip() for button in app.query(RatingButton)] == [
            "1 Again 10 min",
            "2 Hard 59 d",
            "3 Good 12.0 mo",
            "4 Easy 10.0 y",
        ]


@pytest.mark.parametrize(
    ("width", "hard"),
    [(60, "a pass, hard"), (80, "a pass, hard"), (140, "recalled with effort: a pass")],
)
async def test_the_labels_say_that_hard_is_a_pass(width: int, hard: str) -> None:
    """Below each rating stands what it says of the recall, whole at every width."""
    app = Stand()
    async with app.run_test(size=(width, 5)) as pilot:
        app.query_one(RatingBar).show(WIDE, Rating.GOOD)
        await pilot.pause()
        captions = [button.render_line(1).text.strip() for button in app.query(RatingButton)]
        assert captions[0].startswith("forgotten")
        assert captions[1] == hard
        assert all("a pass" in caption for caption in captions[1:])
        assert "a pass" not in captions[0]


async def test_the_least_terminal_has_margins_and_whole_words() -> None:
    """A column is free before the first button and between two of them; the mark of the proposed one has its place."""
    app = Stand()
    async with app.run_test(size=(60, 5)) as pilot:
        app.query_one(RatingBar).show(WIDE, Rating.GOOD)
        await pilot.pause()
        buttons = list(app.query(RatingButton))
        assert buttons[0].region.x == 1
        assert all(later.region.x > one.region.right for one, later in pairwise(buttons))
        assert buttons[2].render_line(0).text.strip() == "3 Good 12.0 mo"
        assert buttons[2].render_line(1).text.strip() == "▸ a pass"


@pytest.mark.parametrize("width", [60, 80, 140])
async def test_two_buttons_say_their_keys(width: int) -> None:
    """Again and Good alone, each with its interval, and a click on either."""
    app = Stand(TWO)
    async with app.run_test(size=(width, 5)) as pilot:
        app.query_one(RatingBar).show(WIDE, Rating.GOOD)
        await pilot.pause()
        assert [button.render_line(0).text.strip() for button in app.query(RatingButton)] == [
            "1 Again 10 min",
            "▸ 2 or 3 Good 12.0 mo",
        ]
        for button in app.query(RatingButton):
            await pilot.click(button)
        assert app.pressed == [Rating.AGAIN, Rating.GOOD]


async def test_the_hint_stands_there_until_there_is_something_to_rate() -> None:
    """No button is in sight before the answer, and none without its words while intervals are looked up."""
    app = Stand()
    async with app.run_test(size=(80, 5)) as pilot:
        bar = app.query_one(RatingBar)
        bar.ask("space shows the answer")
        await pilot.pause()
        assert not any(button.region for button in app.query(RatingButton))
        bar.show(None)
        await pilot.pause()
        assert str(app.query(RatingButton)[2].render()).split("\n")[0].strip() == "3 Good"


async def test_a_hint_without_room_leaves_its_last_parts_out() -> None:
    """None is cut in its middle, and with more room all of them come back."""
    app = Stand()
    async with app.run_test(size=(50, 5)) as pilot:
        bar = app.query_one(RatingBar)
        bar.ask("space shows the answer   t type yours   n a section   x run it first")
        await pilot.pause()
        hint = app.query_one("#rating-hint", Static)
        assert str(hint.render()) == "space shows the answer   t type yours"
        await pilot.resize_terminal(80, 5)
        await pilot.pause()
        assert str(hint.render()).endswith("x run it first")


async def test_a_click_tells_the_rating() -> None:
    """Each button tells its own."""
    app = Stand()
    async with app.run_test(size=(80, 5)) as pilot:
        app.query_one(RatingBar).show(WIDE)
        await pilot.pause()
        for button in app.query(RatingButton):
            await pilot.click(button)
        assert app.pressed == list(Rating)
