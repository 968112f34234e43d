"""The field in which a search is typed: it finds cards as soon as the learner stops typing, and says how many."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from quizapp.core.plain import printable
from quizapp.core.search.examples import FIRST_TRIES
from quizapp.core.search.sorting import Sorting
from quizapp.errors import QueryError, QuizError, SearchEndedError
from quizapp.services.find import BY_ADDING, Found, find
from quizapp.tui.key_words import keyed
from quizapp.tui.turns import SOON_S, complain
from quizapp.tui.widgets.typed_in_order import Line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.services.workspace import Workspace

PAUSE_S = 0.08
"""How long the learner must stop typing before a search begins."""
STOPPED = "The search was stopped. The cards below are those of the one before it."


class SearchField(Vertical):
    """A line to type in, and a line that says what was found or what is wrong.

    Attributes:
        query_text: What was typed last.
        found: What was found last; None before that.
        problem: What is wrong with the search; empty where nothing is.
        is_searching: Whether a search takes more than a moment.
    """

    DEFAULT_CSS = """
    SearchField {
        height: auto;
        & Horizontal { height: 1; padding: 0 1; }
        & #search-sign { width: 2; color: $primary; text-style: bold; }
        & Input { width: 1fr; height: 1; border: none; padding: 0 1; background: $boost; }
        & #search-words { height: auto; max-height: 3; padding: 0 1 0 3; color: $text-muted; margin: 0 0 1 0; }
        & #search-words.-problem { color: $text-error; }
    }
    """

    @dataclass
    class CardsFound(Message):
        """A search has found cards, or none."""

        found: Found

    def __init__(self, workspace: Workspace, query: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin with a search, which `search` makes."""
        super().__init__(id=id)
        self.query_text = query
        self.found: Found | None = None
        self.problem = ""
        self.is_searching = False
        self._workspace = workspace
        self._sorting = BY_ADDING
        self._marked = 0

    def compose(self) -> ComposeResult:
        """Lay out the field and what is said of it."""
        with Horizontal():
            yield Static("/", id="search-sign")
            yield Line(
                self.query_text,
                placeholder=keyed("words, tag:x, is:due, ...   {browser.language=f1} tells the language"),
                compact=True,
            )
        yield Static(id="search-words", markup=False)

    def on_mount(self) -> None:
        """Type behind what stands there."""
        self.input.cursor_position = len(self.query_text)

    @property
    def input(self) -> Input:
        """Where the search is typed."""
        return self.query_one(Input)

    @property
    def has_cards(self) -> bool:
        """Whether the last search found any."""
        return self.found is not None and bool(self.found.numbers)

    def take(self, query: str) -> None:
        """Search for this in place of what was typed."""
        self.input.value = query
        self.input.cursor_position = len(query)
        self.input.focus()

    def search(self, sorting: Sorting | None = None) -> None:
        """Search for what stands there, again or in another order."""
        self._sorting = sorting or self._sorting
        self._search(self.query_text, self._sorting, pause_s=0.0)

    def stop(self) -> None:
        """End a search that takes long."""
        self.workers.cancel_group(self, "find")
        self.problem = STOPPED
        self._say()

    def say_marked(self, count: int) -> None:
        """Say how many cards are marked."""
        self._marked = count
        self._say()

    @on(Input.Changed)
    def changed(self, message: Input.Changed) -> None:
        """Search for what was typed, as soon as the learner stops typing."""
        if message.value != self.query_text:
            self.query_text = message.value
            self._search(message.value, self._sorting, PAUSE_S)

    @work(exclusive=True, group="find")
    async def _search(self, query: str, sorting: Sorting, pause_s: float) -> None:
        """Find cards, unless another search begins meanwhile, which stops this one."""
        await asyncio.sleep(pause_s)
        stop, slow = threading.Event(), self.set_timer(SOON_S, lambda: self._say_searching(is_searching=True))
        try:
            found = await asyncio.to_thread(find, self._workspace, query, sorting, stop)
        except (QueryError, SearchEndedError) as error:
            self.problem = f"{error.message} {error.hint}"
            self._say()
            return
        except QuizError as error:
            complain(self.app, error)
            return
        finally:
            stop.set()
            slow.stop()
            self._say_searching(is_searching=False)
        self.problem, self.found = "", found
        self._say()
        self.post_message(self.CardsFound(found))

    def _say_searching(self, *, is_searching: bool) -> None:
        if is_searching != self.is_searching and self.is_attached:
            self.is_searching = is_searching
            self._say()

    def _say(self) -> None:
        """Say below the field how many cards there are, or what is wrong with the search."""
        words = self.query_one("#search-words", Static)
        words.set_class(bool(self.problem) and not self.is_searching, "-problem")
        searching = keyed("searching …   {browser.back=esc} stops it") if self.is_searching else ""
        words.update(Content(printable(searching or self.problem or self._counts())))

    def _counts(self) -> str:
        if self.found is None:
            return ""
        count = len(self.found.numbers)
        said = ["no card" if not count else "1 card" if count == 1 else f"{count:,} cards"]
        if self._marked:
            said.append(f"{self._marked:,} marked")
        if not self.query_text.strip():
            said.append("try  " + "   ".join(FIRST_TRIES))
        elif not count:
            said.append(keyed("take a word away, or look at the language: {browser.language=f1}"))
        return " · ".join(said)
