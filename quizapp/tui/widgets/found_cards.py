"""The cards that a search found: the list, and one of them beside it, below it or alone."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import Container
from textual.message import Message

from quizapp.errors import QuizError
from quizapp.services.find import rows
from quizapp.tui.turns import complain
from quizapp.tui.widgets.card_preview import CardPreview
from quizapp.tui.widgets.card_table import CardTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from quizapp.core.search.found_card import FoundCard
    from quizapp.core.search.sorting import SortKey
    from quizapp.services.find import Found
    from quizapp.services.workspace import Workspace

PASSING_BY_S = 0.08
"""How long the cursor must stand on a card before its history is read."""


class FoundCards(Container):
    """Reads what stands in the rows that come into sight, and shows the card under the cursor where there is room."""

    @dataclass
    class Read(Message):
        """A card is read alone now, or no longer."""

        alone: bool

    def __init__(self, workspace: Workspace, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without cards."""
        super().__init__(id=id)
        self._workspace = workspace

    def compose(self) -> ComposeResult:
        """Lay out the list and one of its cards."""
        yield CardTable(id="browser-table")
        yield CardPreview(id="browser-preview")

    @property
    def table(self) -> CardTable:
        """The list."""
        return self.query_one(CardTable)

    @property
    def is_reading(self) -> bool:
        """Whether a card is shown alone."""
        return self.has_class("-reading")

    @property
    def _preview(self) -> CardPreview:
        return self.query_one(CardPreview)

    def show_found(self, found: Found) -> None:
        """Show other cards."""
        self.table.show_found(found)

    def show_columns(self, chosen: Sequence[SortKey] | None) -> None:
        """Show these columns as far as they have room; None for those that say most."""
        self.table.chosen_columns = chosen
        self.table.refresh()

    @on(CardTable.PageWanted)
    @work(group="page")
    async def page_wanted(self, message: CardTable.PageWanted) -> None:
        """Read the rows of a page."""
        try:
            read = await asyncio.to_thread(rows, self._workspace, message.numbers)
        except QuizError as error:
            complain(self.app, error)
            return
        self.table.show_page(message.page, message.numbers, read)

    @on(CardTable.Moved)
    def cursor_moved(self, message: CardTable.Moved) -> None:
        """Show the card under the cursor, where there is room for it."""
        self._show_card(message.row)

    def on_resize(self) -> None:
        """Show the card once there is room for it."""
        self.show_current()

    def show_current(self) -> None:
        """Show the card under the cursor as soon as its place is laid out."""
        self.call_after_refresh(lambda: self._show_card(self.table.row))

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
        await asyncio.sleep(PASSING_BY_S)
        try:
            reasons = await asyncio.to_thread(why, self._workspace, row.card)
        except QuizError as error:
            complain(self.app, error)
            return
        self._preview.show_history(history_words(reasons, self._workspace.zone))

    # Reading.

    @on(CardTable.Opened)
    def card_opened(self) -> None:
        """Show the card alone, as long as the screen."""
        self.add_class("-reading")
        self._preview.focus()
        self.show_current()
        self.post_message(self.Read(alone=True))

    def close_card(self) -> None:
        """Go back to the list."""
        self.remove_class("-reading")
        self.table.focus()
        self.post_message(self.Read(alone=False))

    def toggle_preview(self, *, stands_beside: bool) -> None:
        """Show the card beside or below the list, or hide it."""
        self.toggle_class("-alone" if stands_beside else "-previewing")
        self.show_current()

    def scroll_card(self, lines: int) -> None:
        """Scroll the card."""
        self._preview.scroll_relative(y=lines, animate=False)

    @property
    def has_more(self) -> bool:
        """Whether a part of the answer in sight is hidden."""
        return self._preview.has_more

    def reveal_all(self) -> None:
        """Show the whole answer of the card in sight."""
        self._preview.reveal_all()

    def read_on(self, pages: int) -> None:
        """Read on in the card by pages, and by the sections of its answer."""
        self._preview.read_on(pages)
