"""One part of the statistics: its figures, how they are drawn, and the line that says what to conclude."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from quizapp.core.chart import Chart
from quizapp.core.statistics.table import Table


class Said(NamedTuple):
    """What figures say: one line to conclude, and the evidence for it, which may be longer."""

    line: str
    evidence: str = ""

    @property
    def words(self) -> str:
        """Both, one after the other."""
        return f"{self.line} {self.evidence}".strip()


@dataclass(frozen=True, slots=True)
class Section:
    """What is shown under one heading.

    Attributes:
        name: By which scripts know it.
        said: What follows from the figures, or that they are too few.
        charts: In the order in which they stand.
        tables: Shown below the charts.
        figures: Plain values for scripts.
    """

    name: str
    title: str
    said: Said
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: Mapping[str, object] = field(default_factory=dict)
