"""Every key that works on a screen, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult

_ABOUT = (
    "quizapp asks a question; you answer it in your head or aloud, look at the answer, and rate yourself. "
    "The rating decides when the card comes back. On any card x opens a live simulation: commit to a prediction, "
    "run it, and see the gap.\n\n"
    "Again: not recalled. Hard: recalled with trouble, a pass. Good: recalled. Easy: no effort at all.\n"
)


class HelpScreen(ModalScreen[None]):
    """The keys of the screen below."""

    CSS = """
    HelpScreen { align: center middle; }
    #help {
        width: 76; max-width: 95%; height: auto; max-height: 90%;
        background: $surface; border: round $primary 50%; padding: 1 2;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "dismiss", "Back", id="help.leave"),
    ]

    def __init__(self, below: Screen[object]) -> None:
        """Explain the keys that work on a screen now."""
        super().__init__()
        self._lines: list[tuple[str, str]] = []
        for active in below.active_bindings.values():
            binding = active.binding
            if binding.description and not binding.system:
                line = (below.app.get_key_display(binding), binding.description)
                if line not in self._lines:
                    self._lines.append(line)

    def compose(self) -> ComposeResult:
        """Lay out the words and the keys."""
        parts: list[tuple[str, str]] = [(_ABOUT + "\n", "")]
        for key, description in self._lines:
            parts += [(f"{key:>12}", "$primary bold"), (f"  {description}\n", "")]
        parts.append(("\nesc goes back", "$text-muted"))
        with VerticalScroll(id="help") as box:
            box.border_title = "Keys"
            yield Static(Content.assemble(*parts))
