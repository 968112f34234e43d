"""Key points: shown under their headings, ticked by keys and clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from quizapp.core.topic import KeyPoint
from quizapp.tui.widgets.key_points import KeyPoints, PointLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

POINTS = (KeyPoint("The **gain**", "Must mention"), KeyPoint("The skip", "Must mention"), KeyPoint("A norm"))


class Stand(App[None]):
    """Key points alone."""

    AUTO_FOCUS = None

    def compose(self) -> ComposeResult:
        """Lay them out."""
        yield KeyPoints()

    @property
    def points(self) -> KeyPoints:
        """The widget."""
        return self.query_one(KeyPoints)

    def lines(self) -> list[str]:
        """Return what stands there."""
        return [str(line.render()).rstrip() for line in self.query("KeyPoints > Static").results()]


async def test_points_stand_under_their_leads() -> None:
    """One line a lead, Markdown's own signs left out, and a lead of its own for those without."""
    app = Stand()
    async with app.run_test() as pilot:
        await app.points.show_points(POINTS)
        await pilot.pause()
        assert app.lines() == [
            "Must mention",
            "  [ ] The gain",
            "  [ ] The skip",
            "Key points",
            "  [ ] A norm",
        ]


async def test_keys_and_clicks_tick() -> None:
    """Arrows move within the ends, enter and space tick and untick, a click ticks its own line."""
    app = Stand()
    async with app.run_test() as pilot:
        await app.points.show_points(POINTS)
        app.points.focus()
        await pilot.press("down", "space", "up", "up", "enter", "enter", "down", "down", "down", "enter")
        assert app.points.ticked_texts == ["The skip", "A norm"]
        assert app.lines()[-1] == "▸ [x] A norm"
        await pilot.click(app.query(PointLine)[0])
        assert app.points.ticked_texts == ["The **gain**", "The skip", "A norm"]


async def test_other_points_begin_unticked() -> None:
    """A new card starts afresh; none at all is nothing to go to."""
    app = Stand()
    async with app.run_test():
        await app.points.show_points(POINTS)
        app.points.tick({"The skip"})
        assert app.points.ticked_texts == ["The skip"]
        await app.points.show_points(POINTS)
        assert app.points.ticked_texts == []
        await app.points.show_points(())
        assert not app.points.has_points


async def test_formulas_are_readable() -> None:
    """A point and its lead have their formulas in one line."""
    app = Stand()
    async with app.run_test() as pilot:
        await app.points.show_points((KeyPoint(r"The factor $\frac{1}{\sqrt{L}}$ costs \$0", "On $x_i$"),))
        await pilot.pause()
        assert app.lines() == ["On xᵢ", "  [ ] The factor 1/√L costs $0"]
