"""A name for a search, and how its cards are studied."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from quizapp.core.saved_search import CramOrder, SavedSearch
from quizapp.services.saved_searches import LONGEST_NAME
from quizapp.tui.key_words import keyed
from quizapp.tui.one_line import one_line
from quizapp.tui.widgets.answering import AnswerSubmitted
from quizapp.tui.widgets.choices import Choices
from quizapp.tui.widgets.typed_in_order import Line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.services.workspace import Workspace

_EFFECTS = (
    "Cram: the schedule stays as it is",
    "Study: ratings move the schedule, as always",
)
_ORDERS = {
    CramOrder.DUE: "Due first",
    CramOrder.WEAKEST: "Weakest memory first",
    CramOrder.RANDOM: "Mixed",
}


class SaveSearchScreen(ModalScreen[SavedSearch | None]):
    """Returns the search with its name, or None."""

    CSS = """
    SaveSearchScreen { align: center middle; }
    #save { width: 60; max-width: 96%; height: auto; max-height: 96%; padding: 0 2; }
    #save { background: $surface; border: round $primary 50%; }
    #save Static { height: auto; color: $text-muted; }
    #save Input { height: 1; border: none; padding: 0 1; background: $boost; margin: 0 0 1 0; }
    #save Choices { margin: 0 0 1 0; }
    #save #save-problem { color: $text-error; }
    SaveSearchScreen.-short #save Choices, SaveSearchScreen.-short #save Input { margin: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="save-search.save", priority=True),
        Binding("escape", "cancel", "Back", id="save-search.cancel"),
        Binding("down", "app.focus_next", "Next", id="save-search.next", show=False),
    ]

    def __init__(self, workspace: Workspace, query: str) -> None:
        """Name this query; one that is saved already comes with its name."""
        super().__init__()
        from quizapp.services.saved_searches import listed

        known = listed(workspace)
        self._search = next((each for each in known if each.query == query), SavedSearch("", query))
        self._names = {each.name for each in known} - {self._search.name}

    def compose(self) -> ComposeResult:
        """Lay out the name and the two choices."""
        search = self._search
        with Vertical(id="save") as box:
            box.border_title = "Save this search"
            box.border_subtitle = keyed("enter saves   tab goes on   {save-search.cancel=esc} goes back")
            yield Static(f"The cards found by  {one_line(search.query or 'everything', 100)}", markup=False)
            yield Line(search.name, placeholder="a name", max_length=LONGEST_NAME, compact=True)
            yield Choices(id="save-effect")
            yield Choices(id="save-order")
            yield Static(id="save-problem", markup=False)

    def on_mount(self) -> None:
        """Choose what the search has, or what is usual."""
        effect, order = self._effect, self._order
        effect.choices, order.choices = _EFFECTS, tuple(_ORDERS.values())
        effect.chosen, order.chosen = int(self._search.reschedule), list(_ORDERS).index(self._search.order)

    @property
    def _effect(self) -> Choices:
        return self.query_one("#save-effect", Choices)

    @property
    def _order(self) -> Choices:
        return self.query_one("#save-order", Choices)

    @on(Input.Submitted)
    @on(AnswerSubmitted)
    def action_save(self) -> None:
        """Return the search, if it has a name."""
        name = self.query_one(Input).value.strip()
        if not name:
            self.query_one("#save-problem", Static).update("Give it a name first.")
            self.query_one(Input).focus()
            return
        order = list(_ORDERS)[self._order.chosen or 0]
        self.dismiss(SavedSearch(name, self._search.query, reschedule=self._effect.chosen == 1, order=order))

    @on(Input.Changed)
    def name_changed(self, message: Input.Changed) -> None:
        """Say when a name is taken."""
        taken = message.value.strip() in self._names
        words = "A search has this name: saving takes its place." if taken else ""
        self.query_one("#save-problem", Static).update(words)

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)
