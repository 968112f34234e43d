"""One of the library's decks, chosen from a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen

from quizapp.core.plain import printable
from quizapp.tui.key_words import keyed
from quizapp.tui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from textual.app import ComposeResult


class ChooseDeckScreen(ModalScreen[str | None]):
    """The decks; enter takes the one under the cursor."""

    CSS = """
    ChooseDeckScreen { align: center middle; }
    #choose-deck { width: 70; max-width: 95%; height: auto; max-height: 90%; padding: 0 1; }
    #choose-deck { background: $surface; border: round $primary 50%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Back", id="choose_deck.leave"),
    ]

    def __init__(self, decks: Sequence[str]) -> None:
        """Offer these decks."""
        super().__init__()
        self._decks = tuple(decks)

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        words = self._decks or ("There is no deck yet.",)
        box = PickList(*(Content(printable(deck)) for deck in words), id="choose-deck")
        box.border_title = "Which deck?"
        box.border_subtitle = keyed("{list.choose=enter} takes it   {choose_deck.leave=esc} goes back")
        yield box

    def on_option_list_option_selected(self, message: PickList.OptionSelected) -> None:
        """Take the deck."""
        self.dismiss(self._decks[message.option_index] if self._decks else None)

    def action_leave(self) -> None:
        """Take none."""
        self.dismiss(None)
