"""Which columns the browser shows, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from quizapp.core.search.sorting import SortKey
from quizapp.tui.browser_columns import COLUMNS
from quizapp.tui.key_words import keyed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

_SAYS = {
    SortKey.DECK: "where its topic belongs",
    SortKey.DUE: "when it comes, or why it does not",
    SortKey.INTERVAL: "days from its last review to the next",
    SortKey.RECALL: "the probability of recall now",
    SortKey.STABILITY: "days until that falls to 90 %",
    SortKey.DIFFICULTY: "1 to 10, as its ratings say",
    SortKey.LAPSES: "how often it was forgotten",
    SortKey.REPS: "how often it was rated",
    SortKey.FLAG: "1 to 7",
    SortKey.LEVEL: "its topic's difficulty, 1 to 5",
    SortKey.TAGS: "your own, then its topic's",
    SortKey.ADDED: "the day on which it came in",
}


@dataclass(frozen=True, slots=True)
class ColumnsChosen:
    """The columns besides the question, in their order; None for those that say most in the room there is."""

    columns: tuple[SortKey, ...] | None


class ColumnsScreen(ModalScreen[ColumnsChosen | None]):
    """Returns the columns that were chosen, or None where nothing was."""

    CSS = """
    ColumnsScreen { align: center middle; }
    ColumnsScreen OptionList {
        width: 60; max-width: 96%; height: auto; max-height: 96%; padding: 0 1;
        background: $surface; border: round $primary 50%; text-wrap: nowrap; text-overflow: ellipsis;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "show_or_hide", "Show or hide", id="columns.toggle"),
        Binding("K,shift+up", "shift(-1)", "Further left", id="columns.left"),
        Binding("J,shift+down", "shift(1)", "Further right", id="columns.right"),
        Binding(
            "d", "usual", "As usual", id="columns.usual", tooltip="Show what says most in the room there is"
        ),
        Binding("escape,q,C", "cancel", "Back", id="columns.leave"),
    ]

    def __init__(self, shown: Sequence[SortKey], *, are_chosen: bool) -> None:
        """Begin with the columns that are shown now.

        Args:
            are_chosen: They were chosen, and are not only those for which there is room.
        """
        super().__init__()
        every = [column.key for column in COLUMNS if column.key is not SortKey.QUESTION]
        self._shown = set(shown if are_chosen else every)
        self._order = list(dict.fromkeys((*shown, *every)))

    def compose(self) -> ComposeResult:
        """Lay out the columns, the leftmost first."""
        names = OptionList(*self._lines())
        names.border_title = "Columns, after the question"
        names.border_subtitle = keyed(
            "{columns.toggle=space} shows or hides   {columns.right=J} {columns.left=K} move   {columns.usual=d} as usual"
        )
        yield names

    def on_mount(self) -> None:
        """Begin at the first one."""
        self._list.highlighted = 0

    @property
    def _list(self) -> OptionList:
        return self.query_one(OptionList)

    def _lines(self) -> list[Option]:
        return [
            Option(
                Content.assemble(
                    ("✓ " if key in self._shown else "  ", "$primary bold"),
                    key.value.ljust(12),
                    (_SAYS[key], "$foreground 75%"),
                )
            )
            for key in self._order
        ]

    def _show(self, place: int) -> None:
        self._list.clear_options()
        self._list.add_options(self._lines())
        self._list.highlighted = place

    def action_show_or_hide(self) -> None:
        """Show the column under the cursor, or hide it."""
        if (place := self._list.highlighted) is not None:
            self._shown ^= {self._order[place]}
            self._show(place)

    def action_shift(self, places: int) -> None:
        """Move the column under the cursor."""
        place = self._list.highlighted
        if place is not None and 0 <= place + places < len(self._order):
            self._order.insert(place + places, self._order.pop(place))
            self._show(place + places)

    @on(OptionList.OptionSelected)
    def columns_chosen(self) -> None:
        """Return the columns."""
        self.dismiss(ColumnsChosen(tuple(key for key in self._order if key in self._shown)))

    def action_usual(self) -> None:
        """Let the room decide again."""
        self.dismiss(ColumnsChosen(None))

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)
