"""The browser: type a search, see the cards found, read one, mark several."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.screen import Screen
from textual.widgets import Input

from quizapp.core.saved_search import SavedSearch
from quizapp.errors import QuizError
from quizapp.services.browser_columns import chosen_columns
from quizapp.services.find import card_ids
from quizapp.tui.browser_keys import bindings
from quizapp.tui.turns import Turns, complain
from quizapp.tui.widgets.card_table import CardTable
from quizapp.tui.widgets.found_cards import FoundCards
from quizapp.tui.widgets.key_line import KeyLine
from quizapp.tui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from quizapp.core.search.found_card import FoundCard
    from quizapp.core.topic import CardId
    from quizapp.services.simulation_messages import Host
    from quizapp.services.workspace import Workspace


class BrowserScreen(Screen[None]):
    """A search field over the cards that it finds, with one of them beside or below."""

    BINDINGS: ClassVar[list[BindingType]] = bindings()
    DEFAULT_CSS = """
    BrowserScreen {
        & FoundCards { height: 1fr; layout: vertical; }
        & CardTable { height: 1fr; width: 1fr; padding: 0 1; }
        & CardPreview { display: none; height: 1fr; border-top: solid $primary 30%; }
        & .-previewing CardPreview { display: block; }
        &.-wide FoundCards { layout: horizontal; }
        &.-wide CardTable { width: 3fr; }
        &.-wide CardPreview { display: block; width: 2fr; border-top: none; border-left: vkey $panel; }
        &.-wide .-alone CardPreview { display: none; }
        &.-reading CardTable, &.-reading SearchField { display: none; }
        &.-reading CardPreview, &.-reading .-alone CardPreview { display: block; width: 1fr; border: none; }
        &.-short #search-words { margin: 0; max-height: 2; }
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
        self._marked = 0
        self._turns = Turns(lambda: self.app)

    def compose(self) -> ComposeResult:
        """Lay out the field, what is said of it, the cards, and one of them."""
        yield SearchField(self._workspace, self._query, id="browser-field")
        yield FoundCards(self._workspace, id="browser-cards")
        yield KeyLine()

    def on_mount(self) -> None:
        """Find the first cards; typing goes to the field."""
        self._field.input.focus()
        self._cards.show_columns(chosen_columns(self._workspace))
        self._field.search()

    @property
    def chosen_ids(self) -> Sequence[CardId]:
        """The chosen cards: the marked ones in their order, or the one under the cursor; none where none was found.

        It reads the database: with many cards marked, ask in a thread.
        """
        return card_ids(self._workspace, self._table.chosen)

    def action_read_again(self) -> None:
        """Search again: cards were changed. Cursor and marks stay with their cards while these are found."""
        self._field.search()

    @property
    def _cards(self) -> FoundCards:
        return self.query_one(FoundCards)

    @property
    def _table(self) -> CardTable:
        return self._cards.table

    @property
    def _field(self) -> SearchField:
        return self.query_one(SearchField)

    # Searching.

    @on(SearchField.CardsFound)
    def cards_found(self, message: SearchField.CardsFound) -> None:
        """Show other cards."""
        self._cards.show_found(message.found)
        self.refresh_bindings()

    @on(CardTable.SortChosen)
    def sort_chosen(self, message: CardTable.SortChosen) -> None:
        """Sort the cards otherwise."""
        self._field.search(message.sorting)

    @on(CardTable.Marked)
    def cards_marked(self, message: CardTable.Marked) -> None:
        """Say how many are marked."""
        self._marked = message.count
        self._field.say_marked(message.count)
        self.refresh_bindings()

    # Reading a card.

    @on(CardTable.Moved)
    def cursor_moved(self) -> None:
        """Offer the keys that the card under the cursor brings."""
        self.refresh_bindings()

    @on(FoundCards.Read)
    def card_read(self, message: FoundCards.Read) -> None:
        """Give a card that is read alone the whole screen."""
        self.set_class(message.alone, "-reading")
        self.refresh_bindings()

    def action_close_card(self) -> None:
        """Go back to the list."""
        self._cards.close_card()

    def action_preview(self) -> None:
        """Show the card beside or below the list, or hide it."""
        self._cards.toggle_preview(stands_beside=self.has_class("-wide"))

    def action_step(self, cards: int) -> None:
        """Read the next card of the list."""
        self._table.action_move(cards)

    def action_scroll(self, lines: int) -> None:
        """Scroll the card by lines."""
        self._cards.scroll_card(lines)

    def action_scroll_page(self, pages: int) -> None:
        """Read on in the card by pages, and by the sections of its answer."""
        self._cards.read_on(pages)

    def action_reveal_all(self) -> None:
        """Show the whole answer of the card in sight."""
        self._cards.reveal_all()
        self.refresh_bindings()

    # Keys.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer what works where the keyboard is: in the field, on the list, in a card."""
        on_field, on_table = isinstance(self.focused, Input), isinstance(self.focused, CardTable)
        match action:
            case "to_cards":
                return on_field and self._field.has_cards
            case "close_card" | "step" | "scroll" | "scroll_page":
                return self._cards.is_reading
            case "reveal_all":
                return not on_field and self._cards.has_more
            case "to_field" | "leave" | "save":
                return not on_field
            case "save_typed":
                return on_field
            case "study":
                return not on_field and self._field.has_cards
            case "preview":
                return on_table
            case "edit" | "edit_here" | "why" | "change":
                return (on_table or self._cards.is_reading) and self._table.row is not None
            case _:
                return True

    def on_descendant_focus(self) -> None:
        """Offer the keys of the place that the keyboard went to."""
        self.refresh_bindings()

    @on(Input.Submitted)
    def action_to_cards(self) -> None:
        """Go from the field to the list, if there are cards in it."""
        if self._field.has_cards:
            self._table.focus()

    @on(CardTable.LeftAbove)
    def action_to_field(self) -> None:
        """Go to the field, and out of a card."""
        self._cards.close_card()
        self._field.input.focus()

    def action_back(self) -> None:
        """Stop a search, go out of a card, take the marks away, or go back to Home."""
        if self._field.is_searching:
            self._field.stop()
        elif self._cards.is_reading:
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
                self._field.take(example)

        self.app.push_screen(SearchHelpScreen(), take)

    def action_save_typed(self) -> None:
        """Save the search while it is typed, when letters go into the field."""
        self.action_save()

    @work(group="find-save", exclusive=True)
    async def action_save(self) -> None:
        """Save the search under a name, with the way in which its cards are studied."""
        from quizapp.services.saved_searches import save
        from quizapp.tui.screens.save_search import SaveSearchScreen

        if self._field.problem:
            self.notify(
                self._field.problem, title="This search cannot be saved", severity="error", markup=False
            )
            return
        search = await self.app.push_screen_wait(SaveSearchScreen(self._workspace, self._field.query_text))
        if search is None:
            return
        try:
            await asyncio.to_thread(save, self._workspace, search)
        except QuizError as error:
            complain(self.app, error)
            return
        self.notify(f"“{search.name}” stands on Home now.", timeout=4, markup=False)

    @work(group="turn")
    async def action_study(self, moves_schedule: bool) -> None:
        """Study the marked cards, or all that were found."""
        from quizapp.services.cram import require_cards, search_of_cards
        from quizapp.tui.screens.study import StudyScreen

        table, query = self._table, self._field.query_text

        def search() -> SavedSearch:
            if self._marked:
                wanted = search_of_cards(card_ids(self._workspace, table.chosen), reschedule=moves_schedule)
            else:
                wanted = SavedSearch("", query, reschedule=moves_schedule)
            require_cards(self._workspace, wanted)
            return wanted

        async def begin(wanted: SavedSearch) -> None:
            screen = StudyScreen(self._workspace, "", None, host=self._host, cram=wanted)
            self.app.push_screen(screen, lambda _: self.action_read_again())

        if not self._field.problem and not self._turns.taken:
            await self._turns.run(search, begin)

    @work(group="find-columns", exclusive=True)
    async def action_columns(self) -> None:
        """Choose the columns, and keep the choice."""
        from quizapp.services.browser_columns import choose_columns
        from quizapp.tui.screens.columns import ColumnsScreen

        chosen = self._table.chosen_columns
        shown = [column.key for column, _ in self._table.shown_columns[1:]] if chosen is None else chosen
        choice = await self.app.push_screen_wait(ColumnsScreen(shown, are_chosen=chosen is not None))
        if choice is None:
            return
        self._cards.show_columns(choice.columns)
        try:
            await asyncio.to_thread(choose_columns, self._workspace, choice.columns)
        except QuizError as error:
            complain(self.app, error)

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

    @work(group="turn")
    async def action_redo(self) -> None:
        """Do again what was taken back last."""
        from quizapp.tui.changing import redo_change

        if await redo_change(self.app, self._workspace):
            self.action_read_again()
