"""Why a card has its interval: its memory state, the forgetting curve, its reviews."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from quizapp.core.chart import Axis, Chart, Mark, Series
from quizapp.core.day import date_of, moment_of
from quizapp.core.duration import clock, days_words, interval_words
from quizapp.core.memory import Interval, Memory, Phase, forgetting_curve
from quizapp.core.plain import printable
from quizapp.errors import QuizError
from quizapp.tui.turns import complain
from quizapp.tui.widgets.chart_view import ChartView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.core.card import Card
    from quizapp.services.progress import Why
    from quizapp.services.workspace import Workspace

_POINTS = 120


class WhyScreen(ModalScreen[None]):
    """One card's memory, explained."""

    CSS = """
    WhyScreen { align: center middle; }
    #why { width: 90; max-width: 95%; height: 90%; background: $surface; border: round $primary 50%; padding: 0 2; }
    #why-chart { height: 1fr; min-height: 6; }
    #why-reviews { height: 8; margin: 1 0 0 0; }
    #why-words, #why-keys { height: auto; }
    #why-keys { color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,i,q", "dismiss", "Back", id="why.leave"),
        Binding("down,j", "scroll(1)", "Down", id="why.down", show=False),
        Binding("up,k", "scroll(-1)", "Up", id="why.up", show=False),
    ]

    def __init__(self, workspace: Workspace, card: Card) -> None:
        """Explain this card."""
        super().__init__()
        self._workspace = workspace
        self._card = card

    def compose(self) -> ComposeResult:
        """Lay out words, curve, reviews."""
        with Vertical(id="why") as box:
            box.border_title = "Why this interval"
            yield Static(id="why-words")
            yield ChartView(id="why-chart")
            with VerticalScroll(id="why-reviews"):
                yield Static(id="why-list")
            yield Static("esc goes back", id="why-keys")

    def on_mount(self) -> None:
        """Look the card's history up."""
        self._explain()

    @work(exclusive=True)
    async def _explain(self) -> None:
        from quizapp.services.progress import why

        try:
            reasons = await asyncio.to_thread(why, self._workspace, self._card)
        except QuizError as error:
            complain(self.app, error)
            return
        self.query_one("#why-words", Static).update(Content(_words(reasons)))
        chart = _curve(reasons)
        self.query_one("#why-chart", ChartView).display = chart is not None
        self.query_one("#why-chart", ChartView).chart = chart
        self.query_one("#why-list", Static).update(Content(_history(reasons)))

    def action_scroll(self, lines: int) -> None:
        """Scroll the reviews."""
        self.query_one("#why-reviews", VerticalScroll).scroll_relative(y=lines, animate=False)


def _words(reasons: Why) -> str:
    memory = reasons.card.state.memory
    title = printable(reasons.card.title)
    if not memory.reps:
        return f"{title}\n\nNew: not reviewed yet. Its first rating sets its stability and difficulty."
    lines = [
        f"{title}\n",
        (
            f"stability       {days_words(memory.stability) if memory.stability >= 1 else f'{memory.stability:.2f} d'}"
            "   after so long, recall has fallen to 90 %"
        ),
        f"difficulty      {memory.difficulty:.1f} of 10",
        f"recall today    {reasons.recall_now:.0%}   wanted {reasons.retention:.0%}",
        f"reviews         {memory.reps}, {memory.lapses} forgotten",
        f"due             {_due(memory)}",
    ]
    return "\n".join(lines)


def _due(memory: Memory) -> str:
    if memory.phase is Phase.REVIEW:
        return f"{date_of(memory.due_day):%a %d %b %Y}"
    return f"{moment_of(memory.due_at).astimezone():%H:%M}, {memory.phase.value} step {memory.step + 1}"


def _curve(reasons: Why) -> Chart | None:
    """Return the forgetting curve since the last review, with today's place and the wanted recall."""
    memory = reasons.card.state.memory
    if not memory.reps:
        return None
    span = max(2.0, 2.0 * memory.stability, 1.2 * (reasons.day - memory.last_day))
    days = tuple(span * index / (_POINTS - 1) for index in range(_POINTS))
    curve = tuple(100 * forgetting_curve(memory.stability, day) for day in days)
    return Chart(
        series=(Series("recall", curve, days),),
        x=Axis("days since the last review"),
        y=Axis("recall, %", high=100),
        marks=(Mark(100 * reasons.retention, "wanted"),),
    )


def _history(reasons: Why) -> str:
    lines = []
    for past in reversed(reasons.reviews):
        after = past.after
        gave = Interval(
            days=after.due_day - after.last_day, seconds=max(0, after.due_at - past.at_ms) // 1000
        )
        lines.append(
            f"{moment_of(past.at_ms).astimezone():%Y-%m-%d %H:%M}  {past.rating.name.capitalize():<6}"
            f"{interval_words(gave):>9}   S {after.stability:8.2f}  D {after.difficulty:4.1f}"
            f"   {clock(past.elapsed_ms / 1000)}"
        )
    return "\n".join(lines) or "No reviews yet."
