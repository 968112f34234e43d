"""Found cards, a line each, drawn only where they are in sight: 100,000 scroll like 10."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from quizapp.core.flag import FLAGS, flag_of
from quizapp.core.search.found_card import FoundCard
from quizapp.core.search.sorting import Sorting, SortKey
from quizapp.tui.browser_columns import COLUMNS, Column, cell, fitting_columns, flag_sign, next_key
from quizapp.tui.key_words import keyed

if TYPE_CHECKING:
    from textual import events

    from quizapp.services.find import Found

PAGE = 100
MOST_PAGES = 40
_SIGNS = 3
"""Columns before the first: the cursor's sign and the mark."""


class CardTable(ScrollView, can_focus=True):
    """The numbers of the cards are known at once; what stands in their rows is asked for a page at a time."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "card-table--head",
        "card-table--sorted",
        "card-table--text",
        "card-table--quiet",
        "card-table--mark",
        "card-table--cursor",
        *(f"card-table--{flag.name}" for flag in FLAGS),
    }
    DEFAULT_CSS = """
    CardTable { background: $background; scrollbar-size-vertical: 1; overflow-x: hidden; }
    CardTable > .card-table--head { color: $foreground 75%; }
    CardTable > .card-table--sorted { color: $primary; text-style: bold; }
    CardTable > .card-table--text { color: $foreground; }
    CardTable > .card-table--quiet { color: $foreground 75%; }
    CardTable > .card-table--mark { color: $accent; text-style: bold; }
    CardTable > .card-table--cursor { background: $primary 20%; }
    CardTable > .card-table--red { color: $flag-red; text-style: bold; }
    CardTable > .card-table--orange { color: $flag-orange; text-style: bold; }
    CardTable > .card-table--green { color: $flag-green; text-style: bold; }
    CardTable > .card-table--blue { color: $flag-blue; text-style: bold; }
    CardTable > .card-table--pink { color: $flag-pink; text-style: bold; }
    CardTable > .card-table--turquoise { color: $flag-turquoise; text-style: bold; }
    CardTable > .card-table--purple { color: $flag-purple; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Read", id="browser.open", tooltip="Read the whole card, and come back"),
        Binding("space", "mark", "Mark", id="browser.mark", tooltip="Mark the card, or unmark it"),
        Binding(
            "ctrl+a,asterisk", "mark_all", "Mark all", id="browser.mark_all", key_display="*",
            tooltip="Mark every card found, or none",
        ),
        Binding("o", "sort(1)", "Sort", id="browser.sort", tooltip="Sort by the next column; also a click on its name"),
        Binding("O", "sort(-1)", "Sort by the column before", id="browser.sort_back", show=False),
        Binding("r", "reverse", "Turn round", id="browser.reverse", show=False, tooltip="Turn the order round"),
        Binding("up,k", "move(-1)", "Up", id="browser.up", show=False),
        Binding("down,j", "move(1)", "Down", id="browser.down", show=False),
        Binding("pageup", "move_page(-1)", "Page up", id="browser.page_up", show=False),
        Binding("pagedown", "move_page(1)", "Page down", id="browser.page_down", show=False),
        Binding("home,g", "move(-10000000)", "First card", id="browser.first", show=False),
        Binding("end,G", "move(10000000)", "Last card", id="browser.last", show=False),
    ]  # fmt: skip

    @dataclass
    class PageWanted(Message):
        """Rows came into sight of which only the numbers are known."""

        page: int
        numbers: Sequence[int]

    @dataclass
    class Moved(Message):
        """The cursor stands on another card, or its row has arrived."""

        row: FoundCard | None

    @dataclass
    class Marked(Message):
        """Other cards are marked."""

        count: int

    @dataclass
    class SortChosen(Message):
        """The cards shall be sorted otherwise."""

        sorting: Sorting

    @dataclass
    class Opened(Message):
        """A card was chosen to be read."""

        row: FoundCard | None

    @dataclass
    class LeftAbove(Message):
        """The cursor was moved up from the first card."""

    cursor: reactive[int] = reactive(0)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without cards."""
        super().__init__(id=id)
        self.chosen_columns: Sequence[SortKey] | None = None
        self._numbers: Sequence[int] = ()
        self._day = 0
        self._sorting = Sorting()
        self._query = ""
        self._marked: set[int] = set()
        self._marked_elsewhere: set[int] = set()
        self._pages: dict[int, dict[int, FoundCard]] = {}
        self._wanted: set[int] = set()
        self._texts: dict[int, dict[SortKey, str]] = {}
        self._said: FoundCard | None = None

    def show_found(self, found: Found) -> None:
        """Show other cards; the cursor stays on its card, and marks on theirs, while these are among them.

        Where the search is the same as before, cards were changed: the cursor goes to the next one that is still there, and
        those that have left keep their marks, for an undo may bring them back.
        """
        is_same = found.query == self._query
        place = _place_of(self._numbers[self.cursor :], found.numbers, self.cursor if is_same else 0)
        self._query, self._numbers = found.query, found.numbers
        self._day, self._sorting = found.day, found.sorting
        self._pages.clear()
        self._wanted.clear()
        self._texts.clear()
        if marked := self._marked | self._marked_elsewhere:
            self._marked = marked.intersection(found.numbers)
            self._marked_elsewhere = marked - self._marked if is_same else set()
            self.post_message(self.Marked(len(self._marked)))
        self._measure()
        self.set_reactive(CardTable.cursor, place)
        self._follow_cursor()
        self._said = None
        self._say_moved()
        self.refresh()

    def show_page(self, page: int, numbers: Sequence[int], rows: Sequence[FoundCard]) -> None:
        """Show the rows of a page that was asked for, unless other cards have come meanwhile."""
        self._wanted.discard(page)
        if list(self._numbers[page * PAGE : (page + 1) * PAGE]) != list(numbers):
            return
        while len(self._pages) >= MOST_PAGES:
            for number in self._pages.pop(next(iter(self._pages))):
                self._texts.pop(number, None)
        self._pages[page] = {row.number: row for row in rows}
        self._say_moved()
        self.refresh()

    @property
    def sorting(self) -> Sorting:
        """How the cards are sorted."""
        return self._sorting

    @property
    def row(self) -> FoundCard | None:
        """The card under the cursor, once its row has arrived."""
        return self._row(self.cursor)

    @property
    def chosen(self) -> list[int]:
        """The numbers of the marked cards in their order, or that of the card under the cursor."""
        if self._marked:
            return [number for number in self._numbers if number in self._marked]
        return [self._numbers[self.cursor]] if self.cursor < len(self._numbers) else []

    @property
    def shown_columns(self) -> list[tuple[Column, int]]:
        """The columns in sight, with their widths."""
        return fitting_columns(max(0, self._width - _SIGNS), self._sorting.key, self.chosen_columns)

    @property
    def _hidden_columns(self) -> int:
        """How many columns have no room, of those that were chosen or of all."""
        wanted = {column.key for column in COLUMNS} if self.chosen_columns is None else {*self.chosen_columns}
        return len(wanted - {column.key for column, _ in self.shown_columns} - {SortKey.QUESTION})

    # The cursor.

    def watch_cursor(self) -> None:
        """Keep the cursor in sight, and say where it is."""
        self._follow_cursor()
        self._say_moved()
        self.refresh()

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        if lines == -1 and self.cursor == 0:
            self.post_message(self.LeftAbove())
        self.cursor = min(max(0, self.cursor + lines), max(0, len(self._numbers) - 1))

    def action_move_page(self, pages: int) -> None:
        """Move the cursor by what is in sight."""
        self.action_move(pages * max(2, self._height - 1))

    def action_open(self) -> None:
        """Read the card under the cursor."""
        if self.row is not None:
            self.post_message(self.Opened(self.row))

    def _follow_cursor(self) -> None:
        top, height = self.scroll_offset.y, max(1, self._height)
        if not top <= self.cursor < top + height:
            y = self.cursor if self.cursor < top else self.cursor - height + 1
            self.scroll_to(y=y, animate=False, immediate=True)

    def _say_moved(self) -> None:
        """Say which card is under the cursor, once, when its row is known; and that there is none."""
        row = self.row
        if (row is not None and row is not self._said) or not self._numbers:
            self._said = row
            self.post_message(self.Moved(row))

    # Marks and order.

    def action_mark(self) -> None:
        """Mark the card under the cursor, or unmark it, and go on to the next."""
        if self.cursor < len(self._numbers):
            self._marked ^= {self._numbers[self.cursor]}
            self.post_message(self.Marked(len(self._marked)))
            self.action_move(1)
            self.refresh()

    def action_mark_all(self) -> None:
        """Mark every card, or none when all are marked."""
        self._marked = set() if len(self._marked) == len(self._numbers) else set(self._numbers)
        self.post_message(self.Marked(len(self._marked)))
        self.refresh()

    def unmark_all(self) -> None:
        """Take every mark away."""
        self._marked, self._marked_elsewhere = set(), set()
        self.post_message(self.Marked(0))
        self.refresh()

    def action_sort(self, step: int) -> None:
        """Sort by another column."""
        self.post_message(self.SortChosen(Sorting(next_key(self._sorting.key, step, self.chosen_columns))))

    def action_reverse(self) -> None:
        """Turn the order round."""
        self.post_message(self.SortChosen(Sorting(self._sorting.key, not self._sorting.descending)))

    def on_click(self, event: events.Click) -> None:
        """Sort by a click on a column's name; a click on a card moves the cursor, on the chosen one opens it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y == 0:
            self._sort_at(offset.x)
            return
        line = self.scroll_offset.y + offset.y - 1
        if line >= len(self._numbers):
            return
        if offset.x < _SIGNS:
            self.cursor = line
            self.action_mark()
        elif line == self.cursor:
            self.action_open()
        self.cursor = line

    def _sort_at(self, x: int) -> None:
        end = _SIGNS
        for column, width in self.shown_columns:
            end += width
            if x < end:
                turned = column.key is self._sorting.key and not self._sorting.descending
                self.post_message(self.SortChosen(Sorting(column.key, turned)))
                return

    # Drawing.

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    @property
    def _height(self) -> int:
        """The lines for cards, below the head."""
        return self.scrollable_content_region.height - 1

    def on_resize(self) -> None:
        """Use the room there is, the cursor in sight."""
        self._measure()
        self._follow_cursor()

    def _measure(self) -> None:
        self.virtual_size = Size(max(1, self._width), len(self._numbers) + 1)

    def _row(self, index: int) -> FoundCard | None:
        """Return the row of a place; one that is not known is asked for."""
        if not 0 <= index < len(self._numbers):
            return None
        page = index // PAGE
        if page in self._pages:
            return self._pages[page].get(self._numbers[index])
        if page not in self._wanted:
            self._wanted.add(page)
            self.post_message(self.PageWanted(page, self._numbers[page * PAGE : (page + 1) * PAGE]))
        return None

    def render_line(self, y: int) -> Strip:
        """Draw the head, which stays, or one card."""
        width = self._width
        if y == 0:
            return self._head(width)
        index = self.scroll_offset.y + y - 1
        if index >= len(self._numbers):
            return Strip.blank(width, self.rich_style)
        return self._line(index, width)

    def _head(self, width: int) -> Strip:
        plain = self.get_component_rich_style("card-table--head")
        strong = self.get_component_rich_style("card-table--sorted")
        segments = [Segment(" " * _SIGNS, plain)]
        for column, room in self.shown_columns:
            is_sorted = column.key is self._sorting.key
            sign = ("▾" if self._sorting.descending else "▴") if is_sorted else ""
            title = column.title + sign
            if column.key is SortKey.QUESTION and (more := self._hidden_columns):
                title += keyed(f" · {more} more: {{browser.columns=C}}")
            segments.append(Segment(cell(column, title, room), strong if is_sorted else plain))
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _line(self, index: int, width: int) -> Strip:
        chosen = index == self.cursor
        ground = (
            Style(bgcolor=self.get_component_rich_style("card-table--cursor").bgcolor) if chosen else Style()
        )
        text = self.get_component_rich_style("card-table--text") + ground
        quiet = self.get_component_rich_style("card-table--quiet") + ground
        mark = self.get_component_rich_style("card-table--mark") + ground
        is_marked = self._numbers[index] in self._marked
        segments = [Segment("›" if chosen else " ", text), Segment("✓ " if is_marked else "  ", mark)]
        row = self._row(index)
        if row is None:
            page = self._pages.get(index // PAGE)
            segments.append(
                Segment(
                    " …" if page is None else keyed(" (gone: {browser.read_again=ctrl+r} reads again)"), quiet
                )
            )
        else:
            texts = self._texts_of(row)
            for column, room in self.shown_columns:
                style = text if column.key is SortKey.QUESTION else quiet
                if column.key is SortKey.QUESTION and (flag := flag_of(row.card.state.flag)):
                    sign = f" {flag_sign(flag.number)}"
                    colour = self.get_component_rich_style(f"card-table--{flag.name}") + ground
                    segments.append(Segment(sign, colour))
                    room -= len(sign)
                segments.append(Segment(cell(column, texts[column.key], room), style))
        return Strip(segments).adjust_cell_length(width, self.rich_style + ground)

    def _texts_of(self, row: FoundCard) -> dict[SortKey, str]:
        """Return what the columns say of a card, made once: a prediction card's question has to be drawn."""
        if row.number not in self._texts:
            self._texts[row.number] = {column.key: column.text(row, self._day) for column in COLUMNS}
        return self._texts[row.number]


def _place_of(cards: Sequence[int], numbers: Sequence[int], otherwise: int) -> int:
    """Return the place of the first of some cards, or of the next ones where that is not there.

    Args:
        otherwise: The place where none is near; 0 where only the first card itself counts.
    """
    there = set(numbers)
    found = next((card for card in (cards if otherwise else cards[:1]) if card in there), None)
    return numbers.index(found) if found is not None else min(otherwise, max(0, len(numbers) - 1))
