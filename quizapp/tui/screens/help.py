"""Every key that works on a screen, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from quizapp.tui.hanging import Hanging
from quizapp.tui.key_words import keyed
from quizapp.tui.offers import offers

if TYPE_CHECKING:
    from textual.app import ComposeResult

_ABOUT = (
    "Answer the question in your head or aloud, look at the answer, and rate yourself: the rating decides when "
    "the card comes back. Again is a failure, Hard, Good and Easy are passes. On any card {study.simulate=x} opens a live "
    "simulation: commit to a prediction, run it, see the gap.\n"
)


class HelpScreen(ModalScreen[None]):
    """The keys of the screen below."""

    CSS = """
    HelpScreen { align: center middle; }
    #help { width: 76; max-width: 95%; height: auto; max-height: 95%; padding: 1 2; }
    #help { background: $surface; border: round $primary 50%; }
    HelpScreen.-short #help { padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", "Back", id="help.leave"),
    ]

    def __init__(self, below: Screen[object]) -> None:
        """Explain the keys that work on a screen now."""
        super().__init__()
        self._offers = offers(below)
        self._about = keyed(below.HELP or _ABOUT)

    def compose(self) -> ComposeResult:
        """Lay out the words and the keys."""
        room = max((cell_len(offer.keys) for offer in self._offers), default=0)
        lines = [(Content(""), Content(self._about))]
        for offer in self._offers:
            keys = Content.styled(set_cell_size(offer.keys, room), "$primary bold")
            lines.append((Content.assemble(keys, "   "), Content(offer.words)))
        with VerticalScroll(id="help") as box:
            box.border_title = "Keys"
            box.border_subtitle = keyed("{help.leave=esc} goes back")
            yield Static(Hanging(lines))
