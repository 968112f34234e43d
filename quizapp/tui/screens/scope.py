"""Ask of which cards statistics are to be shown: of a deck and all below it, of a tag, or of all."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from quizapp.core.statistics.scope import Scope
from quizapp.errors import QuizError
from quizapp.tui.key_words import keyed
from quizapp.tui.one_line import name_in_line
from quizapp.tui.turns import complain
from quizapp.tui.widgets.typed_in_order import Line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.services.workspace import Workspace

_WIDTH = 50


class ScopeScreen(ModalScreen[Scope | None]):
    """A list of decks and tags, narrowed by what is typed."""

    CSS = """
    ScopeScreen { align: center middle; }
    #scope { width: 60; max-width: 95%; height: 80%; padding: 0 1; background: $surface; border: round $primary 50%; }
    #scope-list { height: 1fr; background: $surface; border: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back", id="scope.leave"),
        Binding("down", "move(1)", "Down", id="scope.down", show=False, priority=True),
        Binding("up", "move(-1)", "Up", id="scope.up", show=False, priority=True),
    ]

    def __init__(self, workspace: Workspace) -> None:
        """Offer the decks and tags of this library."""
        super().__init__()
        self._workspace = workspace
        self._all: list[tuple[str, Scope]] = [("all decks and tags", Scope())]
        self._offered: list[Scope] = []

    def compose(self) -> ComposeResult:
        """Lay out the line and the list."""
        with Vertical(id="scope") as box:
            box.border_title = "Deck or tag"
            box.border_subtitle = keyed("enter shows it, {scope.leave=esc} goes back")
            yield Line(placeholder="type to narrow the list", id="scope-text")
            yield OptionList(id="scope-list")

    def on_mount(self) -> None:
        """Read the decks and tags."""
        self._read()

    @work(exclusive=True, group="home")
    async def _read(self) -> None:
        from quizapp.services.statistics import scopes

        try:
            decks, tags = await asyncio.to_thread(scopes, self._workspace)
        except QuizError as error:
            complain(self.app, error)
            return
        self._all += [(f"deck  {deck}", Scope(deck=deck)) for deck in decks]
        self._all += [(f"tag   {tag}", Scope(tag=tag)) for tag in tags]
        self._offer("")

    def on_input_changed(self, message: Input.Changed) -> None:
        """Narrow the list."""
        self._offer(message.value)

    def _offer(self, text: str) -> None:
        words = text.lower().split()
        found = [(name, scope) for name, scope in self._all if all(word in name.lower() for word in words)]
        self._offered = [scope for _, scope in found]
        choices = self.query_one(OptionList)
        choices.clear_options()
        names = [name for name, _ in found]
        choices.add_options([Option(Content(name_in_line(name, _WIDTH, names))) for name in names])
        choices.highlighted = 0 if found else None

    def action_move(self, step: int) -> None:
        """Move through the list while typing goes on."""
        choices = self.query_one(OptionList)
        (choices.action_cursor_down if step > 0 else choices.action_cursor_up)()

    def on_input_submitted(self) -> None:
        """Choose what is highlighted."""
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self.dismiss(self._offered[place])

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Choose with the mouse."""
        self.dismiss(self._offered[message.option_index])
