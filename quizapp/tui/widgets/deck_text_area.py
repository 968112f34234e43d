"""The text of a deck file while it is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.follow_up_place import follow_up_place
from quizapp.tui.widgets.markdown_text_area import MarkdownTextArea

if TYPE_CHECKING:
    from collections.abc import Sequence


class DeckTextArea(MarkdownTextArea):
    """The lines of a file with their numbers."""

    DEFAULT_CSS = """
    DeckTextArea { border: none; padding: 0; background: $background; scrollbar-size-vertical: 1; }
    DeckTextArea:focus { border: none; }
    """

    def __init__(self, lines: Sequence[str], *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Edit these lines; none of them holds what would end a line."""
        super().__init__(
            "\n".join(lines), id=id, soft_wrap=True, show_line_numbers=True, tab_behavior="indent"
        )
        self.indent_width = 2

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines as they are now."""
        return tuple(self.document.lines)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show another text, with the cursor where it was as far as that is possible; it cannot be undone."""
        row, column = self.cursor_location
        self.load_text("\n".join(lines))
        self.go_to(row, column)

    def put_in_follow_up(self, answer: str) -> tuple[int, int]:
        """Put a follow-up in at its place, and return the line and the column, from 1, where its question goes."""
        place = follow_up_place(self.lines, answer=answer)
        inserted = "\n".join(place.lines)
        if place.at < len(self.lines):
            self.insert(f"{inserted}\n", (place.at, 0))
        else:
            self.insert(f"\n{inserted}", self.document.end)
        return place.row + 1, place.column + 1

    def go_to(self, row: int, column: int) -> None:
        """Move the cursor to a place, or to the nearest that there is, and show it."""
        row = min(max(0, row), self.document.line_count - 1)
        self.move_cursor((row, min(max(0, column), len(self.document.get_line(row)))), center=True)
