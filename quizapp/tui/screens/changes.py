"""The menu of what can be done to chosen cards, each thing with its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import set_cell_size
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from quizapp.core.change_words import cards_words
from quizapp.tui.key_words import keyed
from quizapp.tui.one_line import one_line
from quizapp.tui.operations import OPERATIONS, Operation

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.services.chosen import Chosen

_TITLE = 56


class ChangesScreen(ModalScreen[str | None]):
    """Returns the name of the operation that was chosen, or None."""

    CSS = """
    ChangesScreen { align: center middle; }
    #changes { width: 72; max-width: 95%; height: auto; max-height: 100%; padding: 0 1; }
    #changes { background: $surface; border: round $primary 50%; }
    #changes OptionList { height: auto; max-height: 100%; border: none; padding: 0; background: $surface; }
    #changes OptionList { text-wrap: nowrap; text-overflow: ellipsis; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                operation.key,
                f"choose('{operation.name}')",
                operation.label,
                id=f"changes.{operation.name}",
                tooltip=f"{operation.title}: {operation.words}",
                show=False,
            )
            for operation in OPERATIONS
        ),
        Binding("escape,q,o", "leave", "Back", id="changes.leave"),
    ]

    def __init__(self, chosen: Chosen) -> None:
        """Offer what would do something to these cards."""
        super().__init__()
        self._chosen = chosen
        self._offered = tuple(operation for operation in OPERATIONS if operation.works(chosen))

    def compose(self) -> ComposeResult:
        """Lay out the operations, one a line."""
        with Vertical(id="changes") as box:
            name = self._chosen.name or cards_words(self._chosen.count)
            box.border_title = Content(one_line(name, _TITLE))
            box.border_subtitle = keyed(
                "a key, or ↑↓ and {list.choose=enter}   {changes.leave=esc} goes back"
            )
            room = max(len(operation.title) for operation in self._offered) + 2
            yield OptionList(*(Option(_line(operation, room), operation.name) for operation in self._offered))

    def on_mount(self) -> None:
        """Begin at the first one."""
        self.query_one(OptionList).highlighted = 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no key that would do nothing to these cards."""
        if action == "choose":
            return any(operation.name == parameters[0] for operation in self._offered)
        return True

    @on(OptionList.OptionSelected)
    def option_selected(self, message: OptionList.OptionSelected) -> None:
        """Return the operation under the cursor, or the one that was clicked."""
        self.dismiss(message.option_id)

    def action_choose(self, name: str) -> None:
        """Return the operation of a key."""
        self.dismiss(name)

    def action_leave(self) -> None:
        """Return nothing."""
        self.dismiss(None)


def _line(operation: Operation, room: int) -> Content:
    return Content.assemble(
        (f"{operation.key}  ", "$primary bold"),
        set_cell_size(operation.title, room),
        (operation.words, "$foreground 75%"),
    )
