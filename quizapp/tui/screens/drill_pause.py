"""A drill's pause: the clock stands still, and the learner goes on, ends the drill, or leaves it for later."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from quizapp.tui.hanging import Hanging
from quizapp.tui.key_words import keyed

if TYPE_CHECKING:
    from textual.app import ComposeResult

GO_ON, FINISH, LEAVE, NEXT_ROUND = "go on", "finish", "leave", "next round"

_WORDS = "The clock stands still. Everything you wrote is kept.\n"
_CHOICES = (
    ("{drill_pause.go_on=enter}", "go on"),
    ("{drill_pause.next_round=n}", "leave the rest of this round, and go to the next"),
    ("{drill_pause.finish=f}", "end the drill here, and see the debrief"),
    ("{drill_pause.leave=q}", "leave; it goes on at this place when you return"),
)


class DrillPauseScreen(ModalScreen[str]):
    """Asks what comes now; dismissed with the choice."""

    CSS = """
    DrillPauseScreen { align: center middle; }
    #drill-pause { width: 70; max-width: 95%; height: auto; padding: 1 2; }
    #drill-pause { background: $surface; border: round $primary 50%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,space", f"choose('{GO_ON}')", "Go on", id="drill_pause.go_on"),
        Binding("n", f"choose('{NEXT_ROUND}')", "Next round", id="drill_pause.next_round"),
        Binding("f", f"choose('{FINISH}')", "Finish", id="drill_pause.finish"),
        Binding("q", f"choose('{LEAVE}')", "Leave", id="drill_pause.leave"),
    ]

    def __init__(self, *, has_next_round: bool) -> None:
        """Offer the next round where there is one."""
        super().__init__()
        self._has_next_round = has_next_round

    def compose(self) -> ComposeResult:
        """Show the choices."""
        with Vertical(id="drill-pause") as box:
            box.border_title = "Paused"
            offered = [choice for choice in _CHOICES if self._has_next_round or "next_round" not in choice[0]]
            lines = [(Content(""), Content(_WORDS))]
            lines += [(Content(f"  {keyed(key):<8}"), Content(words)) for key, words in offered]
            yield Static(Hanging(lines))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer the next round only where there is one."""
        return self._has_next_round if parameters == (NEXT_ROUND,) else True

    def action_choose(self, what: str) -> None:
        """Close with the choice."""
        self.dismiss(what)
