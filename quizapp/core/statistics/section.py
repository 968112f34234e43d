"""One part of the statistics: its figures, how they are drawn, and the line that says what to conclude."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from quizapp.core.chart import Chart
from quizapp.core.page.cells import cells
from quizapp.core.statistics.facts import counted_words
from quizapp.core.statistics.share import FEWEST
from quizapp.core.statistics.table import Table


class Said(NamedTuple):
    """What figures say: one line to conclude, and the evidence for it, which may be longer.

    Attributes:
        line: Fits the 78 columns of a terminal of 80.
        short: The same in the 56 of a narrow terminal or of one of two columns; empty where `line` fits these.
    """

    line: str
    evidence: str = ""
    short: str = ""

    @property
    def words(self) -> str:
        """Both, one after the other."""
        return f"{self.line} {self.evidence}".strip()

    def in_line(self, width: int) -> str:
        """Return the conclusion as it fits so many columns."""
        return self.short if self.short and cells(self.line) > width else self.line


def too_few(count: int, word: str) -> Said:
    """Return that nothing follows from so many cases.

    Args:
        word: What they are, one of them: `first review`.
    """
    if not count:
        return Said(f"No {word}: nothing can be concluded yet.")
    verb = "is" if count == 1 else "are"
    return Said(f"{counted_words(count, word)} {verb} too few to conclude anything.", f"It takes {FEWEST}.")


@dataclass(frozen=True, slots=True)
class Section:
    """What is shown under one heading.

    Attributes:
        name: By which scripts know it.
        said: What follows from the figures, or that they are too few.
        charts: In the order in which they stand.
        narrow: The same over longer periods, drawn where the columns of `charts` have no room; empty if they always have.
        tables: Shown below the charts.
        figures: Plain values for scripts.
    """

    name: str
    title: str
    said: Said
    charts: tuple[Chart, ...] = ()
    narrow: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: Mapping[str, object] = field(default_factory=dict)
