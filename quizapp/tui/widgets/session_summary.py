"""How a session went: at its end, or where it was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widgets import Static

from quizapp.tui.session_words import session_summary

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.content import Content

    from quizapp.services.progress import Progress


class SessionSummary(VerticalScroll):
    """Shows how a session went, in as many columns as there are."""

    def __init__(
        self,
        words: Callable[[Progress, int], Content] = session_summary,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own word
    ) -> None:
        """Begin empty.

        Args:
            words: Says how a session went in lines of at most so many columns.
        """
        super().__init__(id=id)
        self._words = words
        self._progress: Progress | None = None
        self._text = Static()

    def compose(self) -> ComposeResult:
        """Hold the words."""
        yield self._text

    def show(self, progress: Progress) -> None:
        """Show how the session went."""
        self._progress = progress
        self._draw()

    def on_resize(self) -> None:
        """Use the room there is."""
        self._draw()

    def _draw(self) -> None:
        if self._progress is not None:
            self._text.update(self._words(self._progress, max(20, self.content_size.width)))
