"""What a session has taught so far, shown in passing when it is left before its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from quizapp.tui.session_words import summary_so_far
from quizapp.tui.widgets.key_line import KeyLine
from quizapp.tui.widgets.session_summary import SessionSummary

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from quizapp.services.progress import Progress


class SessionSoFarScreen(Screen[None]):
    """A few lines that any key goes on from."""

    CSS = """
    #so-far { height: 1fr; padding: 1 3; scrollbar-size-vertical: 1; }
    .-short #so-far { padding: 0 3; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space,q", "leave", "Go on", id="so_far.leave", key_display="any key"),
    ]

    def __init__(self, stands: Progress) -> None:
        """Show how a session stands that has ratings."""
        super().__init__()
        self._stands = stands

    def compose(self) -> ComposeResult:
        """Lay out the words."""
        yield SessionSummary(summary_so_far, id="so-far")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the words; the keys that scroll go to them."""
        summary = self.query_one(SessionSummary)
        summary.show(self._stands)
        summary.focus()

    def on_key(self, event: events.Key) -> None:
        """Go on with any key that has no other meaning here, as those that scroll have."""
        if event.key not in self.active_bindings:
            self.dismiss()

    def on_click(self) -> None:
        """Go on with a click too."""
        self.dismiss()

    def action_leave(self) -> None:
        """Go on."""
        self.dismiss()
