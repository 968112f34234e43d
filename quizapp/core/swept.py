"""What a knob does to a measure: the rows of a sweep as a table and as a chart."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from quizapp.core.chart.model import Axis, Chart, ChartKind, Series
from quizapp.core.chart.number import number_text

LOG_FROM = 30.0
"""Figures that span this factor are drawn on a log axis."""
LOG_KNOB_FROM = 8.0
"""The same of a knob's values: 8, 16, 32, 64 stand at equal distances."""


@dataclass(frozen=True, slots=True)
class Swept:
    """One measure at one value of the knob, over the seeds."""

    knob: str
    value: float | str
    measure: str
    seeds: int
    median: float
    low: float
    high: float
    claims: int
    held: int


def read_rows(text: str) -> tuple[Swept, ...]:
    """Return the rows of the JSON array that a sweep writes.

    Raises:
        ValueError: It is no such array.
    """
    try:
        return tuple(
            Swept(
                row["knob"],
                row["value"],
                row["measure"],
                int(row["seeds"]),
                float(row["median"]),
                float(row["min"]),
                float(row["max"]),
                int(row["claims"]),
                int(row["held"]),
            )
            for row in json.loads(text)
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a row of a sweep: {error!r}") from error


def table_lines(rows: Sequence[Swept]) -> list[str]:
    """Return the rows as the lines of a table: a block for each measure, a line for each value of the knob."""
    knob = rows[0].knob
    wide = max(len(knob), *(len(str(row.value)) for row in rows))
    lines = [f"{knob:<{wide}} {'median':>12} {'min':>12} {'max':>12}   claims held"]
    ordered = sorted(rows, key=lambda row: [one.measure for one in rows].index(row.measure))
    for measure, own in groupby(ordered, key=lambda row: row.measure):
        lines += ["", measure]
        for row in own:
            figures = " ".join(f"{number_text(figure, 5):>12}" for figure in (row.median, row.low, row.high))
            lines.append(f"{row.value!s:<{wide}} {figures}   {row.held} of {row.claims}")
    return lines


def swept_chart(rows: Sequence[Swept]) -> Chart:
    """Return the chart of one measure: its median with its least and greatest, or a bar a choice of the knob."""
    figures = [figure for row in rows for figure in (row.median, row.low, row.high)]
    words = f"{rows[0].measure}, {rows[0].seeds} seeds"
    log = _spans(figures, LOG_FROM)
    if any(isinstance(row.value, str) for row in rows):
        bars = tuple(Series(f"{row.value}", (row.median,)) for row in rows)
        return Chart(bars, y=Axis("median", log=log), kind=ChartKind.BARS, title=words)
    x = tuple(float(row.value) for row in rows)
    curves = (
        Series("max", tuple(row.high for row in rows), x, faint=True),
        Series("median", tuple(row.median for row in rows), x),
        Series("min", tuple(row.low for row in rows), x, faint=True),
    )
    return Chart(curves, Axis(rows[0].knob, log=_spans(x, LOG_KNOB_FROM)), Axis(words, log=log))


def _spans(values: Sequence[float], factor: float) -> bool:
    """Whether all values that are finite lie above 0 and span at least this factor."""
    finite = [value for value in values if math.isfinite(value)]
    return bool(finite) and min(finite) > 0 and max(finite) >= factor * min(finite)
