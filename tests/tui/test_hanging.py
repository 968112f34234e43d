"""Words that hang behind a lead, and where they do: keys in dialogs, boxes of key points, problems."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.content import Content
from textual.widgets import Static

from quizapp.core.topic import KeyPoint, Problem
from quizapp.tui.hanging import Hanging
from quizapp.tui.screens.drill_pause import DrillPauseScreen
from quizapp.tui.widgets.key_points import KeyPoints
from quizapp.tui.widgets.problem_list import ProblemList


class Stand(App[None]):
    """A screen of its own for what is looked at."""

    def lines(self) -> list[str]:
        """Return what stands on the screen."""
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


@pytest.mark.parametrize(
    ("lead", "words", "rows"),
    [
        ("  q   ", "leave it as it is for now", ["  q   leave it as it", "      is for now"]),
        ("積分  ", "two cells a sign here", ["積分  two cells a", "      sign here"]),
        ("", "no lead, the whole width", ["no lead, the whole", "width"]),
        ("a long lead  ", "none hangs", ["a long lead  none", "hangs"]),
        ("q  ", "", ["q"]),
    ],
)
async def test_words_never_come_below_their_lead(lead: str, words: str, rows: list[str]) -> None:
    """They wrap beside it, and below it only where it leaves them no room."""
    app = Stand()
    async with app.run_test(size=(20, 6)) as pilot:
        shown = Static(Hanging([(Content(lead), Content(words))]))
        await app.mount(shown)
        await pilot.pause()
        assert app.lines()[: len(rows)] == rows
        assert shown.size.height == len(rows)
        assert all(cell_len(row) <= 20 for row in rows)


async def test_it_takes_no_more_columns_than_its_lines() -> None:
    """A widget of automatic width is as wide as the longest line."""
    app = Stand()
    async with app.run_test(size=(60, 6)) as pilot:
        shown = Static(Hanging([(Content("ab "), Content("cde")), (Content(""), Content("f"))]))
        shown.styles.width = "auto"
        await app.mount(shown)
        await pilot.pause()
        assert shown.size.width == 6


async def test_the_pause_hangs_what_its_keys_do() -> None:
    """Also on the least terminal."""
    app = Stand()
    async with app.run_test(size=(60, 18)) as pilot:
        await app.push_screen(DrillPauseScreen(has_next_round=True))
        await pilot.pause()
        rows = app.lines()
        place = next(place for place, row in enumerate(rows) if "leave the rest" in row)
        assert rows[place + 1].index("the next") == rows[place].index("leave the rest")


async def test_key_points_and_problems_hang() -> None:
    """A point behind its box, a problem behind its place."""
    app = Stand()
    async with app.run_test(size=(30, 12)) as pilot:
        points, problems = KeyPoints(), ProblemList()
        await app.mount(points, problems)
        await points.show_points([KeyPoint("the product of fifty Jacobians")])
        problems.show([Problem("demo.md", 3, 5, "No question", "write one below it", fatal=True)])
        await pilot.pause()
        rows = app.lines()
        first = next(place for place, row in enumerate(rows) if "[ ]" in row)
        assert rows[first + 1].index("Jacobians") == rows[first].index("the product")
        first = next(place for place, row in enumerate(rows) if "3:5" in row)
        assert rows[first + 1].index("below") == rows[first].index("No question")
