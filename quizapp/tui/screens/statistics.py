"""Statistics: what was studied, how well it is remembered, and what to conclude; of any range, deck and tag."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from quizapp.core.chart.label import first_fitting
from quizapp.core.per_cent import per_cent
from quizapp.core.statistics.scope import Scope
from quizapp.core.statistics.span import LENGTHS, Wanted, length_words
from quizapp.errors import QuizError
from quizapp.tui.turns import complain
from quizapp.tui.widgets.key_line import KeyLine
from quizapp.tui.widgets.statistics_view import StatisticsView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.services.statistics import Report
    from quizapp.services.workspace import Workspace

_QUIET_S = 0.1
"""What takes no longer than this is waited for without a word."""
_MANY_DAYS = 60
"""Of more days that were not yet counted it is shown how far the count is."""


class StatisticsScreen(Screen[None]):
    """The sections, and keys to change range and scope."""

    CSS = """
    #statistics-head { height: 1; padding: 0 1; color: $text-muted; }
    #statistics { height: 1fr; margin: 1 0 0 1; }
    .-short #statistics { margin: 0 0 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right", "length(1)", "Range", id="statistics.longer", key_display="←→", tooltip="A longer range"
        ),
        Binding(
            "left", "length(-1)", "Shorter", id="statistics.shorter", show=False, tooltip="A shorter range"
        ),
        Binding(
            "n",
            "go(1)",
            "Next chart",
            id="statistics.next",
            tooltip="To the next chart",
        ),
        Binding("p", "go(-1)", "Previous chart", id="statistics.previous", show=False),
        Binding("f", "scope", "Deck, tag", id="statistics.scope", tooltip="Only one deck, or one tag"),
        Binding("escape,q,s", "leave", "Back", id="statistics.leave"),
        Binding(
            "d",
            "dates",
            "Dates",
            id="statistics.dates",
            tooltip="Any range: so many days, or from a date to another",
        ),
        Binding(
            "question_mark", "app.help", "Help", id="statistics.help", tooltip="Every key that works now"
        ),
        Binding(
            "c", "calibration", "Calibration", id="statistics.calibration", tooltip="Predictions in detail"
        ),
        *(
            Binding(
                str(number),
                f"go_to({number - 1})",
                f"To chart {number}",
                id=f"statistics.chart_{number}",
                show=False,
            )
            for number in range(1, 10)
        ),
        Binding("down,j", "scroll(1)", "Down", id="statistics.down", show=False),
        Binding("up,k", "scroll(-1)", "Up", id="statistics.up", show=False),
        Binding("pagedown,space", "scroll_page(1)", "Page down", id="statistics.page_down", show=False),
        Binding("pageup", "scroll_page(-1)", "Page up", id="statistics.page_up", show=False),
        Binding("home", "go_to(0)", "First", id="statistics.first", show=False),
        Binding("end", "scroll(100000)", "Last", id="statistics.last", show=False),
    ]

    def __init__(self, workspace: Workspace) -> None:
        """Show the statistics of this learner."""
        super().__init__()
        from quizapp.services.statistics import DEFAULT

        self._workspace = workspace
        self._wanted = DEFAULT
        self._scope = Scope()
        self._known = self._wanted, self._scope
        self._shown: Report | None = None
        self._waits = ""

    def compose(self) -> ComposeResult:
        """Lay out the head and the sections."""
        yield Static(id="statistics-head")
        yield StatisticsView(id="statistics")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the figures."""
        self._view.focus()
        self._read()

    def on_resize(self) -> None:
        """Use the width there is."""
        self._head()

    @property
    def _view(self) -> StatisticsView:
        return self.query_one(StatisticsView)

    @work(exclusive=True, group="home")
    async def _read(self) -> None:
        from quizapp.services.statistics import report

        self._waits = ""
        quiet = self.set_timer(_QUIET_S, lambda: self._say_waiting("counting…"))
        try:
            if self._scope.is_everything:
                await self._count()
            self._shown = await asyncio.to_thread(report, self._workspace, self._wanted, self._scope)
        except QuizError as error:
            complain(self.app, error)
            self._wanted, self._scope = self._known
        else:
            self._known = self._wanted, self._scope
            self._view.show(self._shown.sections)
        finally:
            quiet.stop()
        self._say_waiting("")

    async def _count(self) -> None:
        """Count what is over and was not yet counted; what is known without it is shown meanwhile."""
        from quizapp.services.statistics import counting, present

        steps = counting(self._workspace)
        days = left = await asyncio.to_thread(next, steps, 0)
        if days > _MANY_DAYS and self._shown is None:
            known = await asyncio.to_thread(present, self._workspace, self._wanted)
            self._view.show(known.sections)
        while left:
            left = await asyncio.to_thread(next, steps, 0)
            if days > _MANY_DAYS:
                self._say_waiting(f"counting… {per_cent(1 - left / days)}")

    def _say_waiting(self, words: str) -> None:
        self._waits = words
        self._head()

    def _head(self) -> None:
        width = max(0, self.size.width - 2)
        shown_days = None if self._wanted.is_dated else self._wanted.days
        lengths = (
            f"[{length_words(days)}]" if days == shown_days else length_words(days) for days in LENGTHS
        )
        switch = f"{' '.join(lengths)} days"
        variants: list[tuple[str, ...]]
        if self._waits or self._shown is None:
            variants = [("Statistics", switch, self._waits)]
        else:
            scope, span = self._shown.scope.words, self._shown.span.words
            kept = (span,) if self._shown.scope.is_everything else (scope, span)
            variants = [("Statistics", switch, scope, span), (switch, *kept), kept]
        words = first_fitting(variants, width)
        self.query_one("#statistics-head", Static).update(Content(words))

    def action_length(self, step: int) -> None:
        """Show a longer or a shorter range."""
        if self._wanted.is_dated or self._wanted.days not in LENGTHS:
            shown = self._shown.span.days if self._shown is not None else 0
            days = next((days for days in LENGTHS if days and days >= shown), LENGTHS[-1])
        else:
            place = LENGTHS.index(self._wanted.days) + step
            days = LENGTHS[min(len(LENGTHS) - 1, max(0, place))]
        self._wanted = Wanted(days)
        self._head()
        self._read()

    @work(group="statistics-ask")
    async def action_dates(self) -> None:
        """Ask for any range."""
        from quizapp.tui.screens.range import RangeScreen

        if wanted := await self.app.push_screen_wait(RangeScreen()):
            self._wanted = wanted
            self._read()

    @work(group="statistics-ask")
    async def action_scope(self) -> None:
        """Ask for a deck or a tag."""
        from quizapp.tui.screens.scope import ScopeScreen

        scope = await self.app.push_screen_wait(ScopeScreen(self._workspace))
        if scope is not None:
            self._scope = scope
            self._read()

    def action_calibration(self) -> None:
        """Show the predictions in detail."""
        from quizapp.tui.screens.calibration import CalibrationScreen

        self.app.push_screen(CalibrationScreen(self._workspace))

    def action_go_to(self, number: int) -> None:
        """Go to a chart by its number, from 0."""
        self._view.go_to(number)

    def action_go(self, step: int) -> None:
        """Go to the next chart or the one before."""
        self._view.go(step)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self._view.scroll_relative(y=lines, animate=False)

    def action_scroll_page(self, pages: int) -> None:
        """Scroll by pages."""
        self._view.scroll_relative(y=pages * max(1, self._view.size.height - 1), animate=False)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()
