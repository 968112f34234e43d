"""Why a card has its interval: its memory state, the forgetting curve, its reviews."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from quizapp.core.chart import Axis, Chart, Mark, Series
from quizapp.core.day import date_of, moment_of
from quizapp.core.duration import clock, days_words, interval_words
from quizapp.core.memory import Interval, Memory, Phase, forgetting_curve
from quizapp.core.per_cent import per_cent
from quizapp.core.plain import printable
from quizapp.errors import QuizError
from quizapp.services.trials import front_line
from quizapp.tui.key_words import keyed
from quizapp.tui.one_line import one_line
from quizapp.tui.turns import complain
from quizapp.tui.widgets.chart_view import ChartView

if TYPE_CHECKING:
    from datetime import tzinfo

    from textual.app import ComposeResult

    from quizapp.core.card import Card
    from quizapp.core.said import Said
    from quizapp.services.progress import PastReview, Why
    from quizapp.services.workspace import Workspace

_POINTS = 120


class WhyScreen(ModalScreen[None]):
    """One card's memory, explained."""

    CSS = """
    WhyScreen { align: center middle; }
    #why { width: 90; max-width: 95%; height: auto; max-height: 95%; padding: 0 2; }
    #why { background: $surface; border: round $primary 50%; scrollbar-size-vertical: 1; }
    #why-chart { height: 12; margin: 1 0; }
    WhyScreen.-normal #why-chart { height: 7; margin: 0; }
    WhyScreen.-narrow #why-chart { height: 7; margin: 0; }
    WhyScreen.-short #why { max-height: 100%; }
    #why-words, #why-reviews { height: auto; }
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
        with VerticalScroll(id="why") as box:
            box.border_title = "Why this interval"
            box.border_subtitle = keyed("{why.leave=esc} goes back")
            yield Static(id="why-words")
            yield ChartView(id="why-chart")
            yield Static(id="why-reviews")

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
        zone = self._workspace.zone
        self.query_one("#why-words", Static).update(Content(_words(reasons, zone)))
        chart = _curve(reasons)
        self.query_one("#why-chart", ChartView).display = chart is not None
        self.query_one("#why-chart", ChartView).chart = chart
        self.query_one("#why-reviews", Static).update(Content(history_words(reasons, zone)))

    def action_scroll(self, lines: int) -> None:
        """Scroll to the reviews and back."""
        self.query_one("#why", VerticalScroll).scroll_relative(y=lines, animate=False)


def _words(reasons: Why, zone: tzinfo | None) -> str:
    card, memory = reasons.card, reasons.card.state.memory
    name = one_line(front_line(card) if card.number else card.title, 80)
    if not memory.reps:
        return f"{name}\n\nNew: not reviewed yet. Its first rating sets its stability and difficulty.\n"
    stability = days_words(memory.stability) if memory.stability >= 1 else f"{memory.stability:.2f} d"
    lines = [
        f"{name}\n",
        f"stability     {stability} until recall falls to 90 %",
        f"difficulty    {memory.difficulty:.1f} of 10",
        f"recall today  {per_cent(reasons.recall_now)}, wanted {per_cent(reasons.retention)}",
        f"reviews       {memory.reps}, {memory.lapses} forgotten",
        f"due           {_due(memory, zone)}",
    ]
    return "\n".join(lines)


def _due(memory: Memory, zone: tzinfo | None) -> str:
    if memory.phase is Phase.REVIEW:
        return f"{date_of(memory.due_day):%a %d %b %Y}"
    return f"{moment_of(memory.due_at).astimezone(zone):%a %d %b %H:%M}, {memory.phase.value} step {memory.step + 1}"


def _curve(reasons: Why) -> Chart | None:
    """Return the forgetting curve since the last review, with today's place and the wanted recall."""
    memory = reasons.card.state.memory
    if not memory.reps:
        return None
    today = max(0, reasons.day - memory.last_day)
    span = max(2.0, 2.0 * memory.stability, 1.2 * today)
    days = tuple(span * index / (_POINTS - 1) for index in range(_POINTS))
    curve = tuple(100 * forgetting_curve(memory.stability, day) for day in days)
    return Chart(
        series=(
            Series("recall", curve, days),
            Series("today", (100 * reasons.recall_now,), (float(today),)),
        ),
        x=Axis("days since the last review"),
        y=Axis("recall, %", high=100),
        marks=(Mark(100 * reasons.retention, "wanted"),),
    )


def history_words(reasons: Why, zone: tzinfo | None) -> str:
    """Return the reviews of a card, a line each, the latest first."""
    lines = [
        f"{moment_of(past.at_ms).astimezone(zone):%Y-%m-%d %H:%M} {past.rating.name.capitalize():<6}"
        f"{interval_words(_gave(past)):>7} S {past.after.stability:<5.3g} D {past.after.difficulty:<4.1f}"
        f" {clock(past.elapsed_ms / 1000)}{_said(past.said)}"
        for past in reversed(reasons.reviews)
    ]
    return "\n".join(lines) or "No reviews yet."


def _said(said: Said) -> str:
    """Return what was said at a review, indented below its line."""
    lines = [f"gave {said.answer}; right: {said.wanted}"] if said.answer else []
    lines += [f"│ {line}" for line in said.typed.split("\n") if line.strip()]
    return "".join(f"\n    {printable(line)}" for line in lines)


def _gave(past: PastReview) -> Interval:
    """Return the interval that a review gave: days once the card is learnt, seconds before that."""
    after = past.after
    if after.phase is Phase.REVIEW:
        return Interval(days=max(1, after.due_day - after.last_day))
    return Interval(seconds=max(0, after.due_at - past.at_ms) // 1000)
