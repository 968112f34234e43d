"""A text area for Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import TextArea

from quizapp.core.plain import printable
from quizapp.tui.widgets.typed_in_order import TypedInOrder

if TYPE_CHECKING:
    from textual import events


class MarkdownTextArea(TypedInOrder, TextArea):
    """A new line is indented as the one before it, for answers below their bullets; nothing pasted acts on the terminal."""

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
