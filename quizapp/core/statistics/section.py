"""One part of the statistics: its figures, how they are drawn, and the line that says what to conclude."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from quizapp.core.chart import Chart
from quizapp.core.statistics.table import Table


@dataclass(frozen=True, slots=True)
class Section:
    """What is shown under one heading.

    Attributes:
        name: By which scripts know it.
        conclusion: One sentence that follows from the figures, or says that they are too few.
        charts: In the order in which they stand.
        table: Shown below the charts.
        figures: Plain values for scripts.
    """

    name: str
    title: str
    conclusion: str
    charts: tuple[Chart, ...] = ()
    table: Table | None = None
    figures: Mapping[str, object] = field(default_factory=dict)
