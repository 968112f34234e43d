"""The text of a deck file while it is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import TextArea

from quizapp.core.plain import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events


class DeckTextArea(TextArea):
    """A text area for Markdown: a new line is indented as the one before it, for answers below their bullets."""

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

    def go_to(self, row: int, column: int) -> None:
        """Move the cursor to a place, or to the nearest that there is, and show it."""
        row = min(max(0, row), self.document.line_count - 1)
        self.move_cursor((row, min(max(0, column), len(self.document.get_line(row)))), center=True)

    def on_key(self, event: events.Key) -> None:
        """Begin a line below an indented one with the same indentation."""
        if event.key != "enter":
            return
        row, column = min(self.selection.start, self.selection.end)
        before = self.document.get_line(row)[:column]
        indent = before[: len(before) - len(before.lstrip(" \t"))]
        event.stop()
        event.prevent_default()
        self.replace(f"\n{indent}", *self.selection, maintain_selection_offset=False)

    def on_paste(self, event: events.Paste) -> None:
        """Insert what was copied elsewhere, without what would act on the terminal."""
        event.stop()
        event.prevent_default()
        text = printable(event.text.replace("\r\n", "\n").replace("\r", "\n"))
        result = self.replace(text, *self.selection, maintain_selection_offset=False)
        self.move_cursor(result.end_location)
