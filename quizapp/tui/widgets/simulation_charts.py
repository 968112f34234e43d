"""The room of a simulation's charts: one, or two runs beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal

from quizapp.core.chart import Chart
from quizapp.tui.widgets.chart_view import ChartView

if TYPE_CHECKING:
    from textual.app import ComposeResult

BESIDE_FROM_COLUMNS = 100
"""Two charts need this many columns, or their curves' names take too much of them."""


class SimulationCharts(Horizontal):
    """Shows the present run's chart, and at its left the pinned one where there is room."""

    DEFAULT_CSS = """
    SimulationCharts {
        & > .-pinned { display: none; dock: left; width: 50%; padding-right: 2; }
        &.-beside > .-pinned { display: block; }
    }
    """

    def compose(self) -> ComposeResult:
        """Lay out the present chart, and the pinned one, which the style sheet puts at its left."""
        yield ChartView()
        yield ChartView(classes="-pinned")

    @property
    def has_room(self) -> bool:
        """Whether two charts fit."""
        return self.size.width >= BESIDE_FROM_COLUMNS

    def show(self, chart: Chart, pinned: Chart | None = None) -> None:
        """Show one chart, or two."""
        self.set_class(pinned is not None, "-beside")
        present, other = self.query(ChartView)
        present.chart = chart
        if pinned is not None:
            other.chart = pinned
