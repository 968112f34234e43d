"""How well the learner's predictions fit: in all, by simulation, and over time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from quizapp.core.calibration import Calibration, Tally, tally_words
from quizapp.core.chart import Axis, Chart, Series
from quizapp.core.per_cent import per_cent
from quizapp.errors import QuizError
from quizapp.tui.key_words import keyed
from quizapp.tui.turns import complain
from quizapp.tui.widgets.chart_view import ChartView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from quizapp.services.workspace import Workspace

_NAME, _FIGURES = 26, "{count:>7}{right:>8}{off:>9}{bias:>8}"


class CalibrationScreen(ModalScreen[None]):
    """The tallies, with a chart of the weeks."""

    CSS = """
    CalibrationScreen { align: center middle; }
    #calibration { width: 90; max-width: 95%; height: auto; max-height: 95%; padding: 0 2; }
    #calibration { background: $surface; border: round $primary 50%; scrollbar-size-vertical: 1; }
    #calibration-chart { height: 10; margin: 1 0; }
    CalibrationScreen.-short #calibration { max-height: 100%; }
    CalibrationScreen.-short #calibration-chart, CalibrationScreen.-normal #calibration-chart { height: 6; margin: 0; }
    #calibration-words, #calibration-tallies { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,c,q", "dismiss", "Back", id="calibration.leave"),
        Binding("down,j", "scroll(1)", "Down", id="calibration.down", show=False),
        Binding("up,k", "scroll(-1)", "Up", id="calibration.up", show=False),
    ]

    def __init__(self, workspace: Workspace) -> None:
        """Tally this learner's predictions."""
        super().__init__()
        self._workspace = workspace

    def compose(self) -> ComposeResult:
        """Lay out words, chart, tallies."""
        with VerticalScroll(id="calibration") as box:
            box.border_title = "Your predictions"
            box.border_subtitle = keyed("{calibration.leave=esc} goes back")
            yield Static(id="calibration-words")
            yield ChartView(id="calibration-chart")
            yield Static(id="calibration-tallies")

    def on_mount(self) -> None:
        """Read the predictions."""
        self._tally()

    @work(exclusive=True, group="home")
    async def _tally(self) -> None:
        from quizapp.services.calibration import calibration

        try:
            shown = await asyncio.to_thread(calibration, self._workspace)
        except QuizError as error:
            complain(self.app, error)
            return
        words = tally_words(shown.everything)
        self.query_one("#calibration-words", Static).update(Content(f"{words[:1].upper()}{words[1:]}."))
        chart = _weeks(shown)
        self.query_one("#calibration-chart", ChartView).display = chart is not None
        self.query_one("#calibration-chart", ChartView).chart = chart
        self.query_one("#calibration-tallies", Static).update(Content.assemble(*_tallies(shown)))

    def action_scroll(self, lines: int) -> None:
        """Scroll to the tallies and back."""
        self.query_one("#calibration", VerticalScroll).scroll_relative(y=lines, animate=False)


def _weeks(shown: Calibration) -> Chart | None:
    """Return the share that was right over the weeks; None of a single week, which is no curve."""
    weeks = tuple(shown.by_week.items())
    if len(weeks) < 2:
        return None
    last = weeks[-1][0]
    ago = tuple(float((day - last).days // 7) for day, _ in weeks)
    right = tuple(100 * (tally.hit_rate or 0.0) for _, tally in weeks)
    return Chart((Series("right", right, ago),), x=Axis("weeks"), y=Axis("right, %", low=0, high=100))


def _tallies(shown: Calibration) -> Iterator[tuple[str, str]]:
    """Yield the lines of the tables, each with its style."""
    head = _FIGURES.format(count="count", right="right", off="decades", bias="bias")
    parts = (
        ("by simulation", dict(shown.by_simulation)),
        ("by week", {f"{day:%d %b %Y}": tally for day, tally in shown.by_week.items()}),
        ("by month", {f"{day:%b %Y}": tally for day, tally in shown.by_month.items()}),
    )
    for title, tallies in parts:
        if tallies:
            yield f"\n{title:{_NAME}}{head}\n", "$foreground 75%"
            for name, tally in tallies.items():
                yield f"{name[:_NAME]:{_NAME}}{_figures(tally)}\n", ""
    yield "\ndecades: how far sizes were off; bias: below 0, you said too little", "$foreground 75%"


def _figures(tally: Tally) -> str:
    return _FIGURES.format(
        count=tally.count,
        right="" if tally.hit_rate is None else per_cent(tally.hit_rate),
        off="·" if tally.error_decades is None else f"{tally.error_decades:.1f}",
        bias="·" if tally.bias_decades is None else f"{tally.bias_decades:+.1f}",
    )
