"""What lists of one line a row share, drawn as a whole below a heading: the cursor, its keys, and the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

if TYPE_CHECKING:
    from textual import events


def cursor_keys(screen: str) -> list[BindingType]:
    """Return the keys that move the cursor; their ids begin with the screen's name."""
    moves = (
        ("up,k", -1, "Up", "up"),
        ("down,j", 1, "Down", "down"),
        ("pageup", -10, "Page up", "page_up"),
        ("pagedown", 10, "Page down", "page_down"),
        ("home", -100_000, "First", "first"),
        ("end", 100_000, "Last", "last"),
    )
    return [
        Binding(keys, f"move({lines})", words, id=f"{screen}.{name}", show=False)
        for keys, lines, words, name in moves
    ]


class LineList(ScrollView, can_focus=True, inherit_bindings=False):
    """A heading, then a line for each row; the cursor chooses one. Those who derive say what is drawn."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-list--head", "line-list--cursor"}
    DEFAULT_CSS = """
    LineList { background: $background; scrollbar-size-vertical: 1; }
    LineList > .line-list--head { color: $foreground 75%; }
    LineList > .line-list--cursor { background: $primary 20%; }
    """

    cursor: reactive[int] = reactive(0)

    @property
    def row_count(self) -> int:
        """How many rows there are below the heading."""
        raise NotImplementedError

    def heading(self, width: int) -> str:
        """Return the words of the first line."""
        raise NotImplementedError

    def row_segments(self, place: int, width: int, ground: Style, *, selected: bool) -> list[Segment]:
        """Return the parts of a row.

        Args:
            place: Which row, from 0.
            width: How many columns there are.
            ground: What every part's style is drawn on.
            selected: Whether the cursor stands here and the list has the focus.
        """
        raise NotImplementedError

    def action_choose(self) -> None:
        """Take the row under the cursor."""
        raise NotImplementedError

    def measure(self) -> None:
        """Give every row a line, as wide as the list, and draw them."""
        width = self.scrollable_content_region.width or self.size.width
        self.virtual_size = Size(max(1, width), self.row_count + 1)
        self.refresh()

    def keep_cursor(self, place: int | None) -> None:
        """Put the cursor on this row, or leave it where it is, as far as there are rows."""
        self.cursor = min(self.cursor if place is None else place, max(0, self.row_count - 1))

    def on_mount(self) -> None:
        """Measure the list."""
        self.measure()

    def on_resize(self) -> None:
        """Measure it again: lines are as wide as the list."""
        self.measure()

    def watch_cursor(self) -> None:
        """Keep the cursor in sight, the heading with the first row."""
        first = 0 if self.cursor == 0 else self.cursor + 1
        self.scroll_to_region(Region(0, first, 1, self.cursor + 2 - first), animate=False, immediate=True)
        self.refresh()

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        self.keep_cursor(max(0, self.cursor + lines))

    def on_click(self, event: events.Click) -> None:
        """Choose with the mouse: the first click moves the cursor, the second takes the row."""
        place = event.y + self.scroll_offset.y - 1
        if not 0 <= place < self.row_count:
            return
        if place == self.cursor:
            self.action_choose()
        self.cursor = place

    def render_line(self, y: int) -> Strip:
        """Draw the heading, or a row."""
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        if line == 0:
            head = self.get_component_rich_style("line-list--head")
            return Strip([Segment(self.heading(width), head)]).adjust_cell_length(width, self.rich_style)
        if line > self.row_count:
            return Strip.blank(width, self.rich_style)
        selected = line - 1 == self.cursor and self.has_focus
        cursor = self.get_component_rich_style("line-list--cursor")
        ground = Style(bgcolor=cursor.bgcolor) if selected else Style()
        segments = self.row_segments(line - 1, width, ground, selected=selected)
        return Strip(segments).adjust_cell_length(width, self.rich_style + ground)
