"""The browser: type a search, see the cards found, read one, mark several."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from quizapp.core.plain import printable
from quizapp.core.search.examples import FIRST_TRIES
from quizapp.core.search.sorting import Sorting
from quizapp.errors import QueryError, QuizError
from quizapp.services.find import BY_ADDING, Found, card_ids, find, rows
from quizapp.tui.browser_keys import bindings
from quizapp.tui.key_words import keyed
from quizapp.tui.turns import Turns, complain
from quizapp.tui.widgets.card_preview import CardPreview
from quizapp.tui.widgets.card_table import CardTable
from quizapp.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from quizapp.core.search.found_card import FoundCard
    from quizapp.core.topic import CardId
    from quizapp.services.simulation_messages import Host
    from quizapp.services.workspace import Workspace

PAUSE_S = 0.08
"""How long the learner must stop typing before a search begins."""


class BrowserScreen(Screen[None]):
    """A search field over the cards that it finds, with one of them beside or below."""

    BINDINGS: ClassVar[list[BindingType]] = bindings()
    DEFAULT_CSS = """
    BrowserScreen {
        & #browser-field { layout: horizontal; height: 1; padding: 0 1; }
        & #browser-sign { width: 2; color: $primary; text-style: bold; }
        & Input { width: 1fr; height: 1; border: none; padding: 0 1; background: $boost; }
        & #browser-words { height: auto; max-height: 3; padding: 0 1 0 3; color: $text-muted; margin: 0 0 1 0; }
        & #browser-words.-problem { color: $text-error; }
        & #browser-cards { height: 1fr; layout: vertical; }
        & CardTable { height: 1fr; width: 1fr; padding: 0 1; }
        & CardPreview { display: none; height: 1fr; border-top: solid $primary 30%; }
        &.-previewing CardPreview { display: block; }
        &.-wide #browser-cards { layout: horizontal; }
        &.-wide CardTable { width: 3fr; }
        &.-wide CardPreview { display: block; width: 2fr; border-top: none; border-left: vkey $panel; }
        &.-wide.-alone CardPreview { display: none; }
        &.-reading CardTable, &.-reading #browser-field, &.-reading #browser-words { display: none; }
        &.-reading CardPreview { display: block; width: 1fr; border: none; }
        &.-short #browser-words { margin: 0; max-height: 2; }
    }
    """

    def __init__(self, workspace: Workspace, query: str = "", *, host: Callable[[], Host]) -> None:
        """Begin with a search; an empty one finds every card.

        Args:
            host: Gives the process that simulations run in.
        """
        super().__init__()
        self._host = host
        self._workspace = workspace
        self._query = query
        self._found: Found | None = None
        self._marked = 0
        self._problem = ""
        self._turns = Turns(lambda: self.app)

    def compose(self) -> ComposeResult:
        """Lay out the field, what is said of it, the cards, and one of them."""
        with Horizontal(id="browser-field"):
            yield Static("/", id="browser-sign")
            yield Input(
                self._query,
                placeholder=keyed("words, tag:x, is:due, ...   {browser.language=f1} tells the language"),
                compact=True,
            )
        yield Static(id="browser-words", markup=False)
        with Container(id="browser-cards"):
            yield CardTable(id="browser-table")
            yield CardPreview(id="browser-preview")
        yield KeyLine()

    def on_mount(self) -> None:
        """Find the first cards; typing goes to the field."""
        self._field.focus()
        self._field.cursor_position = len(self._query)
        self._search(self._query, BY_ADDING, pause_s=0.0)

    @property
    def chosen_ids(self) -> Sequence[CardId]:
        """The chosen cards: the marked ones in their order, or the one under the cursor; none where none was found.

        It reads the database: with many cards marked, ask in a thread.
        """
        return card_ids(self._workspace, self._table.chosen)

    def action_read_again(self) -> None:
        """Search again: cards were changed. Cursor and marks stay with their cards while these are found."""
        self._search(self._query, self._table.sorting, pause_s=0.0)

    @property
    def _table(self) -> CardTable:
        return self.query_one(CardTable)

    @property
    def _preview(self) -> CardPreview:
        return self.query_one(CardPreview)

    @property
    def _field(self) -> Input:
        return self.query_one(Input)

    @property
    def _is_reading(self) -> bool:
        return self.has_class("-reading")

    # Searching.

    @on(Input.Changed)
    def field_changed(self, message: Input.Changed) -> None:
        """Search for what was typed, as soon as the learner stops typing."""
        if message.value != self._query:
            self._query = message.value
            self._search(message.value, self._table.sorting, PAUSE_S)

    @on(CardTable.SortChosen)
    def sort_chosen(self, message: CardTable.SortChosen) -> None:
        """Sort the cards otherwise."""
        self._search(self._query, message.sorting, pause_s=0.0)

    @work(exclusive=True, group="find")
    async def _search(self, query: str, sorting: Sorting, pause_s: float) -> None:
        """Find cards and show them, unless another search began meanwhile."""
        await asyncio.sleep(pause_s)
        try:
            found = await asyncio.to_thread(find, self._workspace, query, sorting)
        except QueryError as error:
            self._problem = f"{error.message} {error.hint}"
            self._say()
            return
        except QuizError as error:
            complain(self.app, error)
            return
        self._problem, self._found = "", found
        self._table.show_found(found.numbers, found.day, sorting)
        self._say()
        self.refresh_bindings()

    @on(CardTable.PageWanted)
    @work(group="page")
    async def page_wanted(self, message: CardTable.PageWanted) -> None:
        """Read the rows of a page."""
        try:
            read = await asyncio.to_thread(rows, self._workspace, message.numbers)
        except QuizError as error:
            complain(self.app, error)
            return
        self._table.show_page(message.page, message.numbers, read)

    def _say(self) -> None:
        """Say below the field how many cards there are, or what is wrong with the search."""
        words = self.query_one("#browser-words", Static)
        words.set_class(bool(self._problem), "-problem")
        words.update(Content(printable(self._problem or self._counts())))

    def _counts(self) -> str:
        if self._found is None:
            return ""
        count = len(self._found.numbers)
        said = ["no card" if not count else "1 card" if count == 1 else f"{count:,} cards"]
        if self._marked:
            said.append(f"{self._marked:,} marked")
        if not self._query.strip():
            said.append("try  " + "   ".join(FIRST_TRIES))
        elif not count:
            said.append(keyed("take a word away, or look at the language: {browser.language=f1}"))
        return " · ".join(said)

    @on(CardTable.Marked)
    def cards_marked(self, message: CardTable.Marked) -> None:
        """Say how many are marked."""
        self._marked = message.count
        self._say()
        self.refresh_bindings()

    # Reading a card.

    @on(CardTable.Moved)
    def cursor_moved(self, message: CardTable.Moved) -> None:
        """Show the card under the cursor, where there is room for it, and the keys that it brings."""
        self._show_card(message.row)
        self.refresh_bindings()

    def _show_current(self) -> None:
        self._show_card(self._table.row)

    @work(exclusive=True, group="preview")
    async def _show_card(self, row: FoundCard | None) -> None:
        """Show a card, and then its history, which takes a moment to read."""
        from quizapp.services.progress import why
        from quizapp.tui.screens.why import history_words

        if not self._preview.display:
            return
        self._preview.show_card(row.card if row else None)
        if row is None or not row.card.state.memory.reps:
            return
        await asyncio.sleep(PAUSE_S)  # the cursor may only be passing by
        try:
            reasons = await asyncio.to_thread(why, self._workspace, row.card)
        except QuizError as error:
            complain(self.app, error)
            return
        self._preview.show_history(history_words(reasons, self._workspace.zone))

    @on(CardTable.Opened)
    def card_opened(self) -> None:
        """Show the card alone, as long as the screen."""
        self.add_class("-reading")
        self._preview.focus()
        self.call_after_refresh(self._show_current)
        self.refresh_bindings()

    def action_close_card(self) -> None:
        """Go back to the list."""
        self.remove_class("-reading")
        self._table.focus()
        self.refresh_bindings()

    def action_preview(self) -> None:
        """Show the card beside or below the list, or hide it."""
        self.toggle_class("-alone" if self.has_class("-wide") else "-previewing")
        self.call_after_refresh(self._show_current)

    def on_resize(self) -> None:
        """Show the card once there is room for it."""
        self.call_after_refresh(self._show_current)

    def action_step(self, cards: int) -> None:
        """Read the next card of the list."""
        self._table.action_move(cards)

    def action_scroll(self, lines: int) -> None:
        """Scroll the card by lines."""
        self._preview.scroll_relative(y=lines, animate=False)

    def action_scroll_page(self, pages: int) -> None:
        """Read on in the card by pages, and by the sections of its answer."""
        self._preview.read_on(pages)

    # Keys.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer what works where the keyboard is: in the field, on the list, in a card."""
        on_field, on_table = isinstance(self.focused, Input), isinstance(self.focused, CardTable)
        match action:
            case "to_cards":
                return on_field and bool(self._found and self._found.numbers)
            case "close_card" | "step" | "scroll" | "scroll_page":
                return self._is_reading
            case "to_field" | "leave":
                return not on_field
            case "preview":
                return on_table
            case "edit" | "edit_here" | "why" | "change":
                return (on_table or self._is_reading) and self._table.row is not None
            case _:
                return True

    def on_descendant_focus(self) -> None:
        """Offer the keys of the place that the keyboard went to."""
        self.refresh_bindings()

    @on(Input.Submitted)
    def action_to_cards(self) -> None:
        """Go from the field to the list, if there are cards in it."""
        if self._found is not None and self._found.numbers:
            self._table.focus()

    @on(CardTable.LeftAbove)
    def action_to_field(self) -> None:
        """Go to the field, and out of a card."""
        self.remove_class("-reading")
        self._field.focus()

    def action_back(self) -> None:
        """Go out of a card, take the marks away, or go back to Home."""
        if self._is_reading:
            self.action_close_card()
        elif self._marked:
            self._table.unmark_all()
        else:
            self.dismiss()

    def action_leave(self) -> None:
        """Go back to Home."""
        self.dismiss()

    def action_language(self) -> None:
        """Show the search language; an example that is chosen there is searched for."""
        from quizapp.tui.screens.search_help import SearchHelpScreen

        def take(example: str | None) -> None:
            if example is not None:
                self._field.value = example
                self._field.cursor_position = len(example)
                self._field.focus()

        self.app.push_screen(SearchHelpScreen(), take)

    @work(group="find-save", exclusive=True)
    async def action_save(self) -> None:
        """Save the search under a name, with the way in which its cards are studied."""
        from quizapp.services.saved_searches import save
        from quizapp.tui.screens.save_search import SaveSearchScreen

        if self._problem:
            self.notify(self._problem, title="This search cannot be saved", severity="error", markup=False)
            return
        search = await self.app.push_screen_wait(SaveSearchScreen(self._workspace, self._query))
        if search is None:
            return
        try:
            await asyncio.to_thread(save, self._workspace, search)
        except QuizError as error:
            complain(self.app, error)
            return
        self.notify(f"“{search.name}” stands on Home now.", timeout=4, markup=False)

    def action_why(self) -> None:
        """Show why the card has its interval."""
        from quizapp.tui.screens.why import WhyScreen

        if (row := self._table.row) is not None:
            self.app.push_screen(WhyScreen(self._workspace, row.card))

    @work(group="turn")
    async def action_edit(self) -> None:
        """Edit the topic's file in the learner's editor, take it in, and show its cards with their new words."""
        from quizapp.tui.editing import ask_before_editing

        row = self._table.row
        if row is not None and not self._turns.taken:
            topic = row.card.topic_id
            await self._turns.take(
                lambda: ask_before_editing(
                    self.app, self._workspace, topic, is_told=False, then=lambda: self._edit(row)
                )
            )

    @work(group="turn")
    async def _edit(self, row: FoundCard) -> None:
        from quizapp.tui.editing import edit_topic, say_edited

        async def edited() -> None:
            say_edited(
                self.app, await edit_topic(self.app, self._workspace, row.card.topic_id), row.card.title
            )

        await self._turns.take(edited)
        self.action_read_again()

    @work(group="turn")
    async def action_edit_here(self) -> None:
        """Edit the topic's file in the app's own editor."""
        from quizapp.tui.editing import open_editor

        row = self._table.row
        if row is not None and not self._turns.taken:
            await self._turns.take(lambda: open_editor(self.app, self._workspace, row.card.topic_id))

    def on_library_changed(self) -> None:
        """Show the cards with their new words."""
        self.action_read_again()

    @work(group="turn")
    async def action_change(self) -> None:
        """Choose what is to be done to the marked cards, or to the one under the cursor, and do it."""
        from quizapp.tui.changing import change_cards

        if self._turns.taken:
            return

        async def changed() -> None:
            cards = await asyncio.to_thread(lambda: self.chosen_ids)
            if cards and await change_cards(self.app, self._workspace, cards, host=self._host):
                self.action_read_again()

        await self._turns.take(changed)

    @work(group="turn")
    async def action_undo(self) -> None:
        """Take back the latest rating or change."""
        from quizapp.tui.changing import undo_change

        if await undo_change(self.app, self._workspace):
            self.action_read_again()
