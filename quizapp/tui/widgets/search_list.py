"""The saved searches on Home, below the decks: how many cards each finds, and what studying them does."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message

from quizapp.errors import QuizError
from quizapp.tui.key_words import keyed
from quizapp.tui.one_line import one_line
from quizapp.tui.turns import complain
from quizapp.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from rich.style import Style
    from textual.geometry import Size

    from quizapp.core.saved_search import SavedSearch
    from quizapp.services.saved_searches import CountedSearch
    from quizapp.services.workspace import Workspace

_FIGURES = 26


class SearchList(LineList):
    """A line a search below a heading; without any it takes no room."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "search-list--name",
        "search-list--count",
        "search-list--quiet",
    }
    DEFAULT_CSS = """
    SearchList { display: none; height: auto; max-height: 6; }
    SearchList > .search-list--name { color: $foreground; }
    SearchList > .search-list--count { color: $primary; text-style: bold; }
    SearchList > .search-list--quiet { color: $foreground 75%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Study search", id="home.study_search"),
        Binding("up,k", "move(-1)", "Search above", id="home.search_up", show=False),
        Binding("down,j", "move(1)", "Search below", id="home.search_down", show=False),
        Binding(
            "delete", "forget", "Forget search", id="home.forget_search",
            tooltip="Take the saved search away; its cards stay",
        ),
    ]  # fmt: skip

    @dataclass
    class Chosen(Message):
        """A search was chosen for study."""

        search: SavedSearch

    @dataclass
    class Moved(Message):
        """The cursor stands on another search."""

    @dataclass
    class LeftAbove(Message):
        """The cursor was moved up from the first search."""

    def __init__(self, workspace: Workspace, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without searches; `read` looks for them."""
        super().__init__(id=id)
        self._workspace = workspace
        self._searches: list[CountedSearch] = []

    @work(exclusive=True, group="home-searches")
    async def read(self) -> None:
        """Read the saved searches and count their cards."""
        from quizapp.services.saved_searches import counted

        try:
            self._show(await asyncio.to_thread(counted, self._workspace))
        except QuizError as error:
            complain(self.app, error)

    def _show(self, searches: list[CountedSearch]) -> None:
        had_focus = self.has_focus
        self._searches = searches
        self.keep_cursor(None)
        self.display = bool(searches)
        if had_focus and not searches:
            self.post_message(self.LeftAbove())
        self.measure()
        self.refresh(layout=True)
        self.post_message(self.Moved())

    @property
    def chosen(self) -> CountedSearch | None:
        """The search under the cursor."""
        return self._searches[self.cursor] if self.cursor < len(self._searches) else None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return the lines that it takes: the heading and the searches."""
        return len(self._searches) + 1

    def action_move(self, lines: int) -> None:
        """Move the cursor, up from the first search to the decks."""
        if self.cursor + lines < 0:
            self.post_message(self.LeftAbove())
        super().action_move(lines)
        self.post_message(self.Moved())

    def action_choose(self) -> None:
        """Study the search under the cursor; one without cards says so."""
        chosen = self.chosen
        if chosen is None:
            return
        if chosen.cards:
            self.post_message(self.Chosen(chosen.search))
        else:
            words = chosen.problem or "It finds no card that can be studied now."
            self.notify(
                f"{words} {keyed('{home.find=/}')} opens it in the browser.",
                title=chosen.search.name,
                markup=False,
            )

    @work(group="home-searches")
    async def action_forget(self) -> None:
        """Take the search under the cursor away."""
        from quizapp.services.saved_searches import forget

        chosen = self.chosen
        if chosen is None:
            return
        name = chosen.search.name
        try:
            await asyncio.to_thread(forget, self._workspace, name)
        except QuizError as error:
            complain(self.app, error)
            return
        self.notify(
            f"“{name}” is forgotten; it searched for: {chosen.search.query or 'every card'}", markup=False
        )
        self.read()

    @property
    def row_count(self) -> int:
        """How many searches there are."""
        return len(self._searches)

    def heading(self, width: int) -> str:  # noqa: ARG002 - what every list is asked
        """Say what these are."""
        return "  Saved searches"

    def row_segments(self, place: int, width: int, ground: Style, *, selected: bool) -> list[Segment]:
        """Draw a search."""
        counted = self._searches[place]
        name, count, quiet = (
            self.get_component_rich_style(f"search-list--{part}") + ground
            for part in ("name", "count", "quiet")
        )
        room = max(8, width - _FIGURES)
        label = ("› " if selected else "  ") + "  " + one_line(counted.search.name, room - 5)
        effect = "moves the schedule" if counted.search.reschedule else "cram"
        figure = "?" if counted.cards is None else str(counted.cards or "·")
        return [
            Segment(set_cell_size(label, room), name),
            Segment(f"{effect:>19}", quiet),
            Segment(f"{figure:>7}", count if counted.cards else quiet),
        ]
