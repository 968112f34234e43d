"""The drills that were held, compared over time: their scores, each topic's trend, and the readiness."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from quizapp.core.chart import Axis, Chart, Series
from quizapp.core.day import moment_of
from quizapp.core.drill.debrief import debriefed
from quizapp.core.drill.trend import score_line
from quizapp.core.duration import clock
from quizapp.core.per_cent import per_cent
from quizapp.errors import QuizError
from quizapp.tui.key_words import keyed
from quizapp.tui.one_line import one_line
from quizapp.tui.turns import complain
from quizapp.tui.widgets.chart_view import ChartView
from quizapp.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult

    from quizapp.core.drill.drill import Drill
    from quizapp.services.drill_history import History
    from quizapp.services.simulation_messages import Host
    from quizapp.services.workspace import Workspace

CURSOR, NO_CURSOR = "▸ ", "  "
_LINE = 12
_AROUND = 7
"""The columns beside a line: paddings and the scroll bar."""
_WIDE, _LEAST_TOPICS = 70, 8
"""From how many columns on a drill's line is written out, and how many its topics need to be named in it."""


class DrillList(OptionList, inherit_bindings=False):
    """The drills; enter is the screen's key, so that the footer names it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor_down", "Down", id="drill_list.down", show=False),
        Binding("up,k", "cursor_up", "Up", id="drill_list.up", show=False),
        Binding("home", "first", "First", id="drill_list.first", show=False),
        Binding("end", "last", "Last", id="drill_list.last", show=False),
    ]


class DrillHistoryScreen(Screen[None]):
    """All drills, the latest first, with trends below."""

    CSS = """
    #drill-history { height: 1fr; padding: 1 2; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    .-short #drill-history { padding: 0 1; }
    #drill-readiness, #drill-trends { height: auto; max-width: 100; }
    #drill-list { height: auto; max-height: 8; max-width: 100; margin: 1 0; border: none; }
    .-short #drill-list { max-height: 5; margin: 0; }
    #drill-scores { height: 7; max-width: 100; margin: 0 0 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "open",
            "Open",
            id="drill_history.open",
            tooltip="The debrief of this drill; one that was left is taken up",
        ),
        Binding("e", "export", "Export", id="drill_history.export", tooltip="Write the drill as Markdown"),
        Binding(
            "question_mark", "app.help", "Help", id="drill_history.help", tooltip="Every key that works now"
        ),
        Binding("escape,q,h", "leave", "Back", id="drill_history.leave"),
        Binding("pagedown,space", "scroll_page(1)", "Page down", id="drill_history.page_down", show=False),
        Binding("pageup", "scroll_page(-1)", "Page up", id="drill_history.page_up", show=False),
    ]

    def __init__(self, workspace: Workspace, *, host: Callable[[], Host]) -> None:
        """List this learner's drills.

        Args:
            host: Gives the process that simulations run in, for a drill that is taken up.
        """
        super().__init__()
        self._workspace = workspace
        self._host = host
        self._shown: tuple[tuple[Drill, bool], ...] = ()
        self._lines: tuple[str, ...] = ()
        self._found: History | None = None

    def compose(self) -> ComposeResult:
        """Lay out readiness, list, chart, trends."""
        with VerticalScroll(id="drill-history", can_focus=False):
            yield Static(id="drill-readiness")
            yield DrillList(id="drill-list")
            yield ChartView(id="drill-scores")
            yield Static(id="drill-trends")
        yield KeyLine()

    def on_screen_resume(self) -> None:
        """Read the drills, also one that was ended meanwhile."""
        self._read()

    @work(exclusive=True, group="home")
    async def _read(self) -> None:
        from quizapp.services.drill_history import history

        try:
            found = await asyncio.to_thread(history, self._workspace)
        except QuizError as error:
            complain(self.app, error)
            return
        self._found = found
        self._show(found)

    def on_resize(self) -> None:
        """Use the room there is."""
        if self._found is not None:
            self._show(self._found)

    def _show(self, found: History) -> None:
        self._shown = tuple(reversed(tuple(zip(found.drills, found.finished, strict=True))))
        words = f"Readiness {found.readiness.words}"
        if not self._shown:
            words = keyed(
                "No drill yet: {drill_history.leave=esc}, and {drill_setup.begin=enter} begins one."
            )
        self.query_one("#drill-readiness", Static).update(Content(words))
        options = self.query_one(OptionList)
        at = options.highlighted or 0
        options.display = bool(self._shown)
        options.clear_options()
        width = max(30, min(100, self.size.width - _AROUND))
        self._lines = tuple(self._line(drill, done, width - len(CURSOR)) for drill, done in self._shown)
        options.add_options([Content(NO_CURSOR + line) for line in self._lines])
        if self._shown:
            options.highlighted = min(at, len(self._shown) - 1)
            options.focus()
        chart = _scores(found)
        self.query_one(ChartView).display = chart is not None
        self.query_one(ChartView).chart = chart
        self.query_one("#drill-trends", Static).update(Content.assemble(*_trends(found, width)))

    def _line(self, drill: Drill, done: bool, width: int) -> str:
        """Return a drill on one line; with little room its year, the time used and its topics give way."""
        began = moment_of(drill.at_ms).astimezone(self._workspace.zone)
        score = debriefed(drill).score
        figure = "    ·" if score is None else f"{per_cent(score):>5}"
        kind = "mock" if drill.setup.is_mock else "drill"
        answers = sum(one.counts for one in drill.answers)
        noun = "answer " if answers == 1 else "answers"
        day, used = f"{began:%d %b %H:%M}", f"{drill.setup.minutes:>3} min"
        if width >= _WIDE:
            day, used = f"{began:%d %b %Y %H:%M}", f"{clock(drill.used_ms / 1000)}/{drill.setup.minutes}:00"
            used = f"{used:>11}"
        line = f"{day}  {kind:<5} {figure} {answers:>2} {noun}  {used}"
        if not done:
            line += "  left"
            whole = line + keyed(": {drill_history.open=enter} takes it up")
            line = whole if cell_len(whole) <= width else line
        room = width - cell_len(line) - 2
        return f"{line}  {one_line(drill.setup.topics_words, room)}" if room >= _LEAST_TOPICS else line

    @property
    def _chosen(self) -> tuple[Drill, bool] | None:
        place = self.query_one(OptionList).highlighted
        return self._shown[place] if place is not None and place < len(self._shown) else None

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        """Mark the drill under the cursor by a sign as well as by its look."""
        message.stop()
        for place, line in enumerate(self._lines):
            sign = CURSOR if place == message.option_index else NO_CURSOR
            self.query_one(OptionList).replace_option_prompt_at_index(place, Content(sign + line))

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Open the drill that was chosen, by key or mouse."""
        message.stop()
        self.action_open()

    def action_open(self) -> None:
        """Show the debrief of a drill, or take up one that was left."""
        chosen = self._chosen
        if chosen is None:
            return
        drill, is_done = chosen
        self.app.clear_notifications()
        if is_done:
            from quizapp.tui.screens.drill_debrief import DrillDebriefScreen

            self.app.push_screen(DrillDebriefScreen(self._workspace, drill, host=self._host))
        else:
            self._take_up(drill)

    @work(exclusive=True, group="turn")
    async def _take_up(self, drill: Drill) -> None:
        from quizapp.services.drill import resume
        from quizapp.tui.screens.drill import DrillScreen

        try:
            drilling = await asyncio.to_thread(resume, self._workspace, drill.id)
        except QuizError as error:
            complain(self.app, error)
            return
        self.app.push_screen(DrillScreen(self._workspace, drilling, host=self._host))

    @work(exclusive=True, group="export")
    async def action_export(self) -> None:
        """Ask where to, and write the drill under the cursor as Markdown there."""
        from quizapp.tui.drill_export import export_drill

        if (chosen := self._chosen) is not None:
            await export_drill(self.app, self._workspace, chosen[0])

    def action_leave(self) -> None:
        """Go back, and take along what was said here."""
        self.app.clear_notifications()
        self.dismiss()

    def action_scroll_page(self, pages: int) -> None:
        """Scroll to the trends and back."""
        box = self.query_one(VerticalScroll)
        box.scroll_relative(y=pages * max(1, box.size.height - 2), animate=False)


def _scores(found: History) -> Chart | None:
    """Return the score of each drill over the drills; None of fewer than two, which are no curve."""
    scores = [score for drill in found.drills if (score := debriefed(drill).score) is not None]
    if len(scores) < 2:
        return None
    values = tuple(100 * score for score in scores)
    numbers = tuple(float(place) for place in range(1, len(values) + 1))
    return Chart((Series("score", values, numbers),), x=Axis("drill"), y=Axis("score, %", low=0, high=100))


def _trends(found: History, width: int) -> Iterator[tuple[str, str]]:
    """Yield the table of topics, each piece with its style."""
    if not found.trends:
        return
    yield f"{'by topic, lowest first':<{_LINE + 14}}\n", "$foreground 75%"
    for trend in found.trends:
        line = score_line(trend.scores, _LINE)
        title = one_line(trend.title, max(16, width - _LINE - 18))
        yield f"{line:<{_LINE}} {per_cent(trend.scores[-1]):>5}  {trend.words:<8}  {title}\n", ""
