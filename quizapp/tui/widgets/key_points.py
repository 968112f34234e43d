"""The key points of a topic, to be ticked against the learner's own answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from quizapp.core.formulas_in_line import with_formulas
from quizapp.core.in_line import in_line
from quizapp.core.plain import printable
from quizapp.core.topic import KeyPoint
from quizapp.tui.hanging import Hanging

if TYPE_CHECKING:
    from textual import events


COVERED_BY = "← you: "
"""Stands before the words of a typed answer that cover a point."""


class PointLine(Static):
    """One key point with its box."""

    @dataclass
    class Pressed(Message):
        """The learner clicked this point."""

        index: int

    def __init__(self, index: int, point: KeyPoint) -> None:
        """Show one point."""
        super().__init__()
        self._index = index
        self._text = in_line(point.text)

    def show(self, *, ticked: bool, chosen: bool, by: Sequence[str] = ()) -> None:
        """Draw the box, the cursor, and the typed words that cover the point; they hang behind them when they wrap."""
        self.set_class(chosen, "-chosen")
        box = f"{'▸' if chosen else ' '} {'[x]' if ticked else '[ ]'} "
        words = f"  {COVERED_BY}{printable(', '.join(by))}" if by else ""
        said = Content.assemble(self._text, (words, "$text-success italic"))
        self.update(Hanging([(Content(box), said)]))

    def on_click(self, event: events.Click) -> None:
        """Tell that it was clicked."""
        event.stop()
        self.post_message(self.Pressed(self._index))


class KeyPoints(Vertical, can_focus=True):
    """One line a key point, under the headings that the author gave."""

    DEFAULT_CSS = """
    KeyPoints { height: auto; padding: 0 1; border-left: wide $panel; }
    KeyPoints:focus { border-left: wide $primary; }
    KeyPoints > Static { height: auto; }
    KeyPoints > .-lead { color: $text-muted; }
    KeyPoints > .-chosen { text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", id="points.up", show=False),
        Binding("down,j", "move(1)", "Down", id="points.down", show=False),
        Binding("enter,space", "tick", "Tick", id="points.tick"),
        Binding("escape", "leave", "Back", id="points.leave", show=False),
    ]

    @dataclass
    class Left(Message):
        """The learner is done with ticking."""

    cursor: reactive[int] = reactive(0, init=False)
    ticked: reactive[frozenset[int]] = reactive(frozenset[int](), init=False)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without points."""
        super().__init__(id=id)
        self._points: tuple[KeyPoint, ...] = ()
        self._covered_by: tuple[tuple[str, ...], ...] = ()

    async def show_points(self, points: Sequence[KeyPoint]) -> None:
        """Show other points, none of them ticked."""
        self._points = tuple(points)
        self._covered_by = ()
        self.set_reactive(KeyPoints.cursor, 0)
        self.set_reactive(KeyPoints.ticked, frozenset())
        await self.remove_children()
        lines: list[Static] = []
        lead = ""
        for index, point in enumerate(self._points):
            if index == 0 or point.lead != lead:
                lead = point.lead
                lines.append(Static(Content(with_formulas(printable(lead)) or "Key points"), classes="-lead"))
            lines.append(PointLine(index, point))
        await self.mount(*lines)
        self._draw()

    @property
    def has_points(self) -> bool:
        """Whether there is anything to tick."""
        return bool(self._points)

    @property
    def ticked_texts(self) -> list[str]:
        """The texts of the ticked points."""
        return [point.text for index, point in enumerate(self._points) if index in self.ticked]

    def explain(self, words: Sequence[tuple[str, ...]]) -> None:
        """Say for each point by which typed words it is covered; none where it is not."""
        self._covered_by = tuple(words)
        self._draw()

    def tick(self, texts: Collection[str]) -> None:
        """Tick the points of these texts."""
        self.ticked = frozenset(index for index, point in enumerate(self._points) if point.text in texts)

    def watch_cursor(self) -> None:
        """Draw the cursor where it is now, and keep it in sight."""
        self._draw()
        if self.has_focus and self.cursor < len(self.query(PointLine)):
            self.query(PointLine)[self.cursor].scroll_visible(animate=False)

    def watch_ticked(self) -> None:
        """Draw the ticks as they are now."""
        self._draw()

    def on_focus(self) -> None:
        """Show the cursor."""
        self._draw()
        self.scroll_visible(animate=False)

    def on_blur(self) -> None:
        """Hide the cursor."""
        self._draw()

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        if self._points:
            self.cursor = min(max(0, self.cursor + lines), len(self._points) - 1)

    def action_tick(self) -> None:
        """Tick the point under the cursor, or take its tick away."""
        if self._points:
            self.ticked ^= {self.cursor}

    def action_leave(self) -> None:
        """Give the focus back."""
        self.post_message(self.Left())

    def on_point_line_pressed(self, message: PointLine.Pressed) -> None:
        """Tick with the mouse."""
        message.stop()
        self.cursor = message.index
        self.ticked ^= {message.index}

    def _draw(self) -> None:
        for index, line in enumerate(self.query(PointLine)):
            by = self._covered_by[index] if index < len(self._covered_by) else ()
            line.show(ticked=index in self.ticked, chosen=self.has_focus and index == self.cursor, by=by)
