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

from quizapp.core.calibration import Calibration, Settled, Tally, calibrated, tally_words
from quizapp.core.chart import Chart
from quizapp.core.per_cent import per_cent
from quizapp.core.statistics.periods import NARROW_MOST
from quizapp.core.statistics.predictions import right_charts
from quizapp.core.statistics.span import Span
from quizapp.core.statistics.table import Row, Table, table_lines
from quizapp.errors import QuizError
from quizapp.tui.key_words import keyed
from quizapp.tui.turns import complain
from quizapp.tui.widgets.chart_view import ChartView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult

    from quizapp.services.workspace import Workspace

_HEAD = ("count", "right", "decades", "bias")


class CalibrationScreen(ModalScreen[None]):
    """The tallies, with a chart of what was right over time."""

    CSS = """
    CalibrationScreen { align: center middle; }
    #calibration { width: 90; max-width: 95%; height: auto; max-height: 95%; padding: 0 2; }
    #calibration { background: $surface; border: round $primary 50%; scrollbar-size-vertical: 1; }
    #calibration-chart { height: 10; margin: 1 0; }
    CalibrationScreen.-short #calibration { max-height: 100%; }
    CalibrationScreen.-short #calibration-chart, CalibrationScreen.-normal #calibration-chart { height: 8; margin: 0; }
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
        self._settled: list[Settled] = []

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
        from quizapp.services.calibration import settled

        try:
            self._settled = await asyncio.to_thread(settled, self._workspace)
        except QuizError as error:
            complain(self.app, error)
            return
        self._show()

    def on_resize(self) -> None:
        """Use the width there is, once it is known."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        shown = calibrated(self._settled)
        words = tally_words(shown.everything)
        self.query_one("#calibration-words", Static).update(Content(f"{words[:1].upper()}{words[1:]}."))
        view = self.query_one("#calibration-chart", ChartView)
        view.chart = next(iter(_course(self._settled)), None)
        view.display = view.chart is not None
        width = self.query_one("#calibration-words", Static).size.width
        self.query_one("#calibration-tallies", Static).update(Content.assemble(*_tallies(shown, width)))

    def action_scroll(self, lines: int) -> None:
        """Scroll to the tallies and back."""
        self.query_one("#calibration", VerticalScroll).scroll_relative(y=lines, animate=False)


def _course(settled: Sequence[Settled]) -> tuple[Chart, ...]:
    """Return the share that was right over time, if there are predictions enough to draw it."""
    if not settled:
        return ()
    days = [one.day for one in settled]
    return right_charts(settled, Span(min(days), max(days)), NARROW_MOST)


def _tallies(shown: Calibration, width: int) -> Iterator[tuple[str, str]]:
    """Yield the lines of the tables, each with its style."""
    parts = (
        ("by simulation", dict(shown.by_simulation)),
        ("by month", {f"{day:%b %Y}": tally for day, tally in shown.by_month.items()}),
        ("by week", {f"{day:%d %b %Y}": tally for day, tally in shown.by_week.items()}),
    )
    for title, tallies in parts:
        if tallies and width:
            table = Table(_HEAD, tuple(Row(name, _figures(tally)) for name, tally in tallies.items()))
            head, *lines = table_lines(table, width)
            yield f"\n{title}{head[len(title) :]}\n", "$foreground 75%"
            yield "\n".join([*lines, ""]), ""
    yield "\ndecades: how far sizes were off; bias: below 0, you said too little", "$foreground 75%"


def _figures(tally: Tally) -> tuple[str, ...]:
    return (
        f"{tally.count:,}",
        per_cent(tally.hit_rate),
        "·" if tally.error_decades is None else f"{tally.error_decades:.1f}",
        "·" if tally.bias_decades is None else f"{tally.bias_decades:+.1f}",
    )
