"""The deck tree on Home: one line a deck, drawn as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from quizapp.core.overview import DeckRow
from quizapp.tui.one_line import one_line

if TYPE_CHECKING:
    from textual import events

_FIGURES = 24
_METER = 10
_DEEPEST = 6
"""Deeper decks are not indented further, so that their names have room."""


class DeckList(ScrollView, can_focus=True):
    """Decks with their counts; the cursor chooses one. The first line stands for all of them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "deck-list--head",
        "deck-list--name",
        "deck-list--count",
        "deck-list--zero",
        "deck-list--cursor",
        "deck-list--meter",
    }
    DEFAULT_CSS = """
    DeckList { background: $background; scrollbar-size-vertical: 1; }
    DeckList > .deck-list--head { color: $foreground 60%; }
    DeckList > .deck-list--name { color: $foreground; }
    DeckList > .deck-list--count { color: $primary; text-style: bold; }
    DeckList > .deck-list--zero { color: $foreground 40%; }
    DeckList > .deck-list--meter { color: $secondary; }
    DeckList > .deck-list--cursor { background: $primary 20%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Study", id="home.study", tooltip="Study the deck under the cursor"),
        Binding("up,k", "move(-1)", "Up", id="home.up", show=False),
        Binding("down,j", "move(1)", "Down", id="home.down", show=False),
        Binding("pageup", "move(-10)", "Page up", id="home.page_up", show=False),
        Binding("pagedown", "move(10)", "Page down", id="home.page_down", show=False),
        Binding("home", "move(-100000)", "First", id="home.first", show=False),
        Binding("end", "move(100000)", "Last", id="home.last", show=False),
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

    cursor: reactive[int] = reactive(0)

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
        self._resize()
        paths = [row.path for row in self.visible_rows]
        self.cursor = (
            paths.index(chosen.path)
            if chosen and chosen.path in paths
            else min(self.cursor, max(0, len(paths) - 1))
        )
        self.refresh()

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

    def on_mount(self) -> None:
        """Measure the list."""
        self._resize()

    def on_resize(self) -> None:
        """Measure it again: lines are as wide as the widget."""
        self._resize()

    def _resize(self) -> None:
        self.virtual_size = Size(
            self.scrollable_content_region.width or self.size.width, len(self.visible_rows) + 1
        )

    def watch_cursor(self) -> None:
        """Keep the cursor in sight."""
        self.scroll_to_region(Region(0, self.cursor + 1, 1, 1), animate=False, immediate=True)
        if self.cursor == 0:
            self.scroll_to(y=0, animate=False, immediate=True)
        self.refresh()

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        if lines == 1 and self.cursor >= len(self.visible_rows) - 1:
            self.post_message(self.LeftBelow())
        self.cursor = min(max(0, self.cursor + lines), max(0, len(self.visible_rows) - 1))

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
        self._resize()
        self.refresh()

    def action_unfold(self) -> None:
        """Show what lies below the deck."""
        if self.chosen is not None:
            self._folded -= {self.chosen.path}
            self._resize()
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Choose with the mouse: the first click moves the cursor, the second studies."""
        line = event.y + self.scroll_offset.y - 1
        if not 0 <= line < len(self.visible_rows):
            return
        if line == self.cursor:
            self.action_choose()
        self.cursor = line

    def render_line(self, y: int) -> Strip:
        """Draw one line: the head, then the decks."""
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        rows = self.visible_rows
        if line == 0:
            return self._head(width)
        if line > len(rows):
            return Strip.blank(width, self.rich_style)
        return self._deck(rows[line - 1], width, selected=line - 1 == self.cursor and self.has_focus)

    def _head(self, width: int) -> Strip:
        style = self.get_component_rich_style("deck-list--head")
        meter = f"{'strength':>{_METER + 8}}" if self._has_meter(width) else ""
        name = "  Deck".ljust(max(8, width - _FIGURES - len(meter)))
        return Strip([Segment(f"{name}{'new':>7}{'learning':>10}{'due':>7}{meter}", style)]).crop(0, width)

    def _deck(self, row: DeckRow, width: int, *, selected: bool) -> Strip:
        meter_width = _METER + 8 if self._has_meter(width) else 0
        room = max(8, width - _FIGURES - meter_width)
        sign = ("▸ " if row.path in self._folded else "▾ ") if row.has_children else "  "
        before = ("› " if selected else "  ") + "  " * min(row.depth, _DEEPEST) + sign
        label = before + one_line(row.name, room - len(before) - 1)
        ground = (
            Style(bgcolor=self.get_component_rich_style("deck-list--cursor").bgcolor) if selected else Style()
        )
        name_style = self.get_component_rich_style("deck-list--name")
        segments = [Segment(set_cell_size(label, room), name_style + ground)]
        for figure, columns in ((row.counts.new, 7), (row.counts.learning, 10), (row.counts.due, 7)):
            part = "deck-list--count" if figure else "deck-list--zero"
            style = self.get_component_rich_style(part) + ground
            segments.append(Segment(f"{figure or '·':>{columns}}", style))
        if meter_width:
            segments.append(Segment(self._meter(row.path), self._meter_style() + ground))
        return Strip(segments).adjust_cell_length(width, self.rich_style + ground)

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
