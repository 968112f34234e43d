"""Choices one below the other: up and down go from row to row, left and right change a row's value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from quizapp.tui.one_line import one_line


@dataclass(frozen=True, slots=True)
class Row:
    """One choice: what it is called, what it offers in words, and which of these is chosen."""

    name: str
    label: str
    offers: tuple[str, ...]
    chosen: int = 0

    @property
    def words(self) -> str:
        """What is chosen."""
        return self.offers[self.chosen]

    def moved(self, steps: int) -> Row:
        """Return the row with another value, held at both ends."""
        return replace(self, chosen=min(max(0, self.chosen + steps), len(self.offers) - 1))


class SetupRows(Widget, can_focus=True):
    """Shows the rows, the one in hand with arrows on both sides."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"setup-rows--here", "setup-rows--label"}
    DEFAULT_CSS = """
    SetupRows {
        height: auto;
        & > .setup-rows--here { color: $text-primary; text-style: bold; }
        & > .setup-rows--label { color: $foreground 75%; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", id="setup.up", show=False),
        Binding("down,j", "move(1)", "Down", id="setup.down", show=False),
        Binding("right,l", "change(1)", "Change", id="setup.more", tooltip="The next value; left goes back"),
        Binding("left", "change(-1)", "Change", id="setup.less", show=False),
    ]

    @dataclass
    class Changed(Message):
        """A row has another value."""

    cursor: reactive[int] = reactive(0)
    rows: reactive[tuple[Row, ...]] = reactive(tuple[Row, ...], layout=True)

    def __init__(self, rows: Sequence[Row], *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Show these rows."""
        super().__init__(id=id)
        self.set_reactive(SetupRows.rows, tuple(rows))

    def row(self, name: str) -> Row:
        """Return the row of a name."""
        return next(row for row in self.rows if row.name == name)

    def action_move(self, lines: int) -> None:
        """Go to another row."""
        self.cursor = min(max(0, self.cursor + lines), len(self.rows) - 1)

    def action_change(self, steps: int) -> None:
        """Change the value of the row in hand."""
        before = self.rows
        changed = before[self.cursor].moved(steps)
        self.rows = (*before[: self.cursor], changed, *before[self.cursor + 1 :])
        if changed != before[self.cursor]:
            self.post_message(self.Changed())

    def render(self) -> Content:
        """Draw a row a line."""
        here, label = (self.get_visual_style(f"setup-rows--{name}") for name in ("here", "label"))
        width = max((len(row.label) for row in self.rows), default=0) + 2
        parts: list[tuple[str, object] | str] = []
        for place, row in enumerate(self.rows):
            words = one_line(row.words, max(10, self.content_size.width - width - 6))
            in_hand = place == self.cursor
            less, more = row.chosen > 0, row.chosen < len(row.offers) - 1
            shown = f"{'◂' if less else ' '} {words} {'▸' if more else ' '}" if in_hand else f"  {words}"
            parts.append((f"{'▸' if in_hand else ' '} {row.label:<{width}}", here if in_hand else label))
            parts.append((shown, here) if in_hand else shown)
            parts.append("\n")
        return Content.assemble(*parts[:-1])  # type: ignore[arg-type]  # a style object is as good as its name
