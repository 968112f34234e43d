"""After a drill: how it went, what to study next, and every answer again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from quizapp.core.day import date_of
from quizapp.errors import QuizError
from quizapp.tui.debrief_words import debrief_words
from quizapp.tui.key_words import keyed
from quizapp.tui.turns import Turns, complain
from quizapp.tui.widgets.key_line import KeyLine
from quizapp.tui.widgets.markdown_block import MarkdownBlock

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from quizapp.core.drill.debrief import Debrief
    from quizapp.core.drill.drill import Drill
    from quizapp.core.log import EntryId
    from quizapp.services.drill_history import History
    from quizapp.services.simulation_messages import Host
    from quizapp.services.workspace import Workspace


class DrillDebriefScreen(Screen[None]):
    """The debrief of one drill."""

    CSS = """
    #drill-debrief { height: 1fr; padding: 1 2; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    .-short #drill-debrief { padding: 0 1; }
    #drill-debrief-words { height: auto; max-width: 100; }
    #drill-debrief-answers { margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "w",
            "weakest_first",
            "Weakest first",
            id="debrief.weakest",
            tooltip="Put the weakest cards at the front of tomorrow's queue",
        ),
        Binding(
            "u",
            "take_back",
            "Take back",
            id="debrief.undo",
            tooltip="Take that back: the cards wait as before",
        ),
        Binding("e", "export", "Export", id="debrief.export", tooltip="Write the drill as Markdown"),
        Binding("h", "history", "History", id="debrief.history", tooltip="All drills, trends, readiness"),
        Binding("question_mark", "app.help", "Help", id="debrief.help", tooltip="Every key that works now"),
        Binding("escape,q,enter", "leave", "Back", id="debrief.leave"),
        Binding("down,j", "scroll(1)", "Down", id="debrief.down", show=False),
        Binding("up,k", "scroll(-1)", "Up", id="debrief.up", show=False),
        Binding("pagedown,space", "scroll_page(1)", "Page down", id="debrief.page_down", show=False),
        Binding("pageup", "scroll_page(-1)", "Page up", id="debrief.page_up", show=False),
    ]

    def __init__(self, workspace: Workspace, drill: Drill, *, host: Callable[[], Host]) -> None:
        """Show how a drill went.

        Args:
            host: Gives the process that simulations run in, for a drill that is taken up from the history.
        """
        super().__init__()
        self._workspace = workspace
        self._drill = drill
        self._host = host
        self._debrief: Debrief | None = None
        self._history: History | None = None
        self._batch: EntryId | None = None
        self._turns = Turns(lambda: self.app)

    def compose(self) -> ComposeResult:
        """Lay out words, answers, keys."""
        with VerticalScroll(id="drill-debrief", can_focus=False):
            yield Static(id="drill-debrief-words")
            yield MarkdownBlock(id="drill-debrief-answers")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read what was answered."""
        self._read()

    def on_resize(self) -> None:
        """Use the room there is."""
        self._show()

    @work(exclusive=True, group="home")
    async def _read(self) -> None:
        from quizapp.core.drill.report import answers_markdown
        from quizapp.services.drill_history import debrief, history
        from quizapp.services.drill_queue import standing_batch

        try:
            self._debrief = await asyncio.to_thread(debrief, self._workspace, self._drill)
            self._history = await asyncio.to_thread(history, self._workspace)
            cards = self._debrief.weakest_cards
            self._batch = await asyncio.to_thread(standing_batch, self._workspace, cards, self._drill.id)
        except QuizError as error:
            complain(self.app, error)
            return
        self._show()
        self.query_one(MarkdownBlock).update(answers_markdown(self._debrief))
        self.refresh_bindings()

    def _show(self) -> None:
        if self._debrief is None or self._history is None:
            return
        shown = self.query_one("#drill-debrief-words", Static)
        width = min(100, max(40, self.size.width - 6))
        pieces = debrief_words(self._debrief, self._history.readiness, self._before, width)
        shown.update(Content.assemble(*pieces))

    @property
    def _before(self) -> float | None:
        """The score of the drill before this one that has any."""
        from quizapp.core.drill.debrief import debriefed

        earlier = (
            [drill for drill in self._history.drills if drill.id < self._drill.id] if self._history else []
        )
        scores = [debriefed(drill).score for drill in earlier]
        return next((score for score in reversed(scores) if score is not None), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer only what works now."""
        if action == "weakest_first":
            return self._batch is None and self._debrief is not None and bool(self._debrief.weakest_cards)
        return self._batch is not None if action == "take_back" else True

    @work(group="turn")
    async def action_weakest_first(self) -> None:
        """Put the weakest cards at the front of tomorrow's queue."""
        from quizapp.services.drill_queue import put_first

        if self._debrief is None or self._batch is not None or self._turns.taken:
            return
        cards = self._debrief.weakest_cards

        async def say(batch: EntryId | None) -> None:
            self._batch = batch
            self.refresh_bindings()
            self.app.clear_notifications()
            if batch is None:
                self.notify("None of these cards is there to be put first.", timeout=5)
                return
            day = date_of(self._workspace.today().day + 1)
            words = "1 card comes" if len(cards) == 1 else f"{len(cards)} cards come"
            self.notify(
                f"{words} first on {day:%a %d %b}, the weakest first. {keyed('{debrief.undo=u}')} takes that back.",
                timeout=5,
            )

        await self._turns.run(lambda: put_first(self._workspace, cards, self._drill.id), say)

    @work(group="turn")
    async def action_take_back(self) -> None:
        """Let the cards wait as they did before."""
        from quizapp.services.drill_queue import take_back

        batch = self._batch
        if batch is None or self._turns.taken:
            return

        async def say(count: int) -> None:
            self._batch = None
            self.refresh_bindings()
            self.app.clear_notifications()  # what was said of putting them first is true no more
            self.notify(
                f"{count} cards wait as before." if count != 1 else "The card waits as before.", timeout=4
            )

        await self._turns.run(lambda: take_back(self._workspace, batch), say)

    @work(exclusive=True, group="export")
    async def action_export(self) -> None:
        """Ask where to, and write the drill as Markdown there."""
        from quizapp.tui.drill_export import export_drill

        await export_drill(self.app, self._workspace, self._drill)

    def action_leave(self) -> None:
        """Go back, and take along what was said here."""
        self.app.clear_notifications()
        self.dismiss()

    def action_history(self) -> None:
        """Show the drills that were held."""
        self.app.clear_notifications()
        from quizapp.tui.screens.drill_history import DrillHistoryScreen

        self.app.push_screen(DrillHistoryScreen(self._workspace, host=self._host))

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_scroll_page(self, pages: int) -> None:
        """Scroll by pages."""
        box = self.query_one(VerticalScroll)
        box.scroll_relative(y=pages * max(1, box.size.height - 2), animate=False)
