"""The end of a session: what was done, how it went, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widgets import Static

from quizapp.tui.session_words import session_summary

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.services.progress import Progress


class SessionSummary(VerticalScroll):
    """Shows how a session went, in as many columns as there are."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin empty."""
        super().__init__(id=id)
        self._progress: Progress | None = None

    def compose(self) -> ComposeResult:
        """Hold the words."""
        yield Static()

    def show(self, progress: Progress) -> None:
        """Show how the session went."""
        self._progress = progress
        self._draw()

    def on_resize(self) -> None:
        """Use the room there is."""
        self._draw()

    def _draw(self) -> None:
        if self._progress is not None:
            self.query_one(Static).update(session_summary(self._progress, max(20, self.content_size.width)))
