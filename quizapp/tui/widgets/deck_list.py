"""The deck tree on Home: one line a deck, drawn as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message

from quizapp.core.overview import DeckRow
from quizapp.tui.one_line import name_in_line
from quizapp.tui.widgets.line_list import LineList, cursor_keys

if TYPE_CHECKING:
    from rich.style import Style

_FIGURES = 24
_METER = 10
_DEEPEST = 6
"""Deeper decks are not indented further, so that their names have room."""


class DeckList(LineList):
    """Decks with their counts; the cursor chooses one. The first line stands for all of them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "deck-list--name",
        "deck-list--count",
        "deck-list--zero",
        "deck-list--meter",
    }
    DEFAULT_CSS = """
    DeckList > .deck-list--name { color: $foreground; }
    DeckList > .deck-list--count { color: $primary; text-style: bold; }
    DeckList > .deck-list--zero { color: $foreground 40%; }
    DeckList > .deck-list--meter { color: $secondary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Study", id="home.study", tooltip="Study the deck under the cursor"),
        *cursor_keys("home"),
        Binding("left,h", "fold", "Fold deck", id="home.fold", show=False),
        Binding("right", "unfold", "Unfold deck", id="home.unfold", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """A deck was chosen for study."""

        path: str

    @dataclass
    class LeftBelow(Message):
        """The cursor was moved down from the last deck."""

    def __init__(self, rows: tuple[DeckRow, ...], *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Show these decks."""
        super().__init__(id=id)
        self._rows = rows
        self._folded: frozenset[str] = frozenset()
        self._strengths: Mapping[str, float] = {}

    def show_rows(self, rows: tuple[DeckRow, ...]) -> None:
        """Show other figures; the cursor stays on its deck while that is there."""
        chosen = self.chosen
        self._rows = rows
        paths = [row.path for row in self.visible_rows]
        self.measure()
        self.keep_cursor(paths.index(chosen.path) if chosen and chosen.path in paths else None)

    def show_strengths(self, strengths: Mapping[str, float]) -> None:
        """Show the mean probability of recall of each deck, once it has been computed."""
        self._strengths = strengths
        self.refresh()

    @property
    def visible_rows(self) -> list[DeckRow]:
        """The decks that no folded deck hides."""
        hidden = tuple(f"{path}/" for path in self._folded)
        return [row for row in self._rows if not hidden or not row.path.startswith(hidden)]

    @property
    def chosen(self) -> DeckRow | None:
        """The deck under the cursor."""
        rows = self.visible_rows
        return rows[self.cursor] if self.cursor < len(rows) else None

    def action_move(self, lines: int) -> None:
        """Move the cursor, down from the last deck to what stands below."""
        if lines == 1 and self.cursor >= len(self.visible_rows) - 1:
            self.post_message(self.LeftBelow())
        super().action_move(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer study only where there is a deck."""
        return action != "choose" or bool(self._rows)

    def action_choose(self) -> None:
        """Study the deck under the cursor."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen.path))

    def action_fold(self) -> None:
        """Hide what lies below the deck, or go up to the deck above it."""
        row = self.chosen
        if row is None:
            return
        if row.has_children and row.path not in self._folded:
            self._folded |= {row.path}
        elif "/" in row.path:
            above = row.path.rpartition("/")[0]
            self.cursor = next(index for index, other in enumerate(self.visible_rows) if other.path == above)
        self.measure()

    def action_unfold(self) -> None:
        """Show what lies below the deck."""
        if self.chosen is not None:
            self._folded -= {self.chosen.path}
            self.measure()

    @property
    def row_count(self) -> int:
        """How many decks are in the list."""
        return len(self.visible_rows)

    def heading(self, width: int) -> str:
        """Name the figures."""
        meter = f"{'strength':>{_METER + 8}}" if self._has_meter(width) else ""
        name = "  Deck".ljust(max(8, width - _FIGURES - len(meter)))
        return f"{name}{'new':>7}{'learning':>10}{'due':>7}{meter}"

    def row_segments(self, place: int, width: int, ground: Style, *, selected: bool) -> list[Segment]:
        """Draw a deck."""
        row = self.visible_rows[place]
        meter_width = _METER + 8 if self._has_meter(width) else 0
        room = max(8, width - _FIGURES - meter_width)
        sign = ("▸ " if row.path in self._folded else "▾ ") if row.has_children else "  "
        before = ("› " if selected else "  ") + "  " * min(row.depth, _DEEPEST) + sign
        label = before + name_in_line(row.name, room - len(before) - 1, self._beside(row))
        name_style = self.get_component_rich_style("deck-list--name")
        segments = [Segment(set_cell_size(label, room), name_style + ground)]
        for figure, columns in ((row.counts.new, 7), (row.counts.learning, 10), (row.counts.due, 7)):
            part = "deck-list--count" if figure else "deck-list--zero"
            style = self.get_component_rich_style(part) + ground
            segments.append(Segment(f"{figure or '·':>{columns}}", style))
        if meter_width:
            segments.append(Segment(self._meter(row.path), self._meter_style() + ground))
        return segments

    def _beside(self, row: DeckRow) -> Iterator[str]:
        """Yield the names of the decks below the same one."""
        above = row.path.rpartition("/")[0]
        return (other.name for other in self._rows if other.path.rpartition("/")[0] == above)

    def _meter(self, path: str) -> str:
        from quizapp.core.chart import meter

        strength = self._strengths.get(path)
        if strength is None:
            return " " * (_METER + 8)
        return f"  {meter(strength, _METER)}{round(strength * 100):>4} %"

    def _meter_style(self) -> Style:
        return self.get_component_rich_style("deck-list--meter")

    def _has_meter(self, width: int) -> bool:
        return width >= _FIGURES + _METER + 8 + 24
