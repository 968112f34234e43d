"""What stands over everything while the terminal is too small; what lies below keeps its state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.containers import Center, Middle
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from quizapp.tui.breakpoints import LEAST_COLUMNS, LEAST_LINES
from quizapp.tui.key_words import keyed

if TYPE_CHECKING:
    from textual.app import App, ComposeResult
    from textual.geometry import Size


class TooSmallScreen(ModalScreen[None]):
    """Asks for room. No key reaches the screen below, for nothing of it is in sight."""

    CSS = """
    TooSmallScreen { background: $background; }
    TooSmallScreen Static { text-align: center; width: 100%; }
    """

    def compose(self) -> ComposeResult:
        """Lay out the words."""
        with Middle(), Center():
            yield Static()

    def on_mount(self) -> None:
        """Say what is needed."""
        self._show()

    def on_resize(self) -> None:
        """Say how much is there."""
        self._show()

    def _show(self) -> None:
        width, height = self.app.size
        self.query_one(Static).update(
            Content(
                f"quizapp needs {LEAST_COLUMNS}×{LEAST_LINES}, and this is {width}×{height}.\n"
                f"Make the terminal larger: all is kept.\n{keyed('{app.quit=ctrl+q}')} quits."
            )
        )


def ask_for_room(app: App[Any], size: Size) -> None:
    """Cover a terminal that is too small, and uncover one that is not any more."""
    covered = isinstance(app.screen, TooSmallScreen)
    too_small = size.width < LEAST_COLUMNS or size.height < LEAST_LINES
    if too_small and not covered:
        app.push_screen(TooSmallScreen())
    elif covered and not too_small:
        app.pop_screen()
