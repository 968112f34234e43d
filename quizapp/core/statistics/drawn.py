"""A section as lines of text, at any width: for a pipe, and as the measure of what the screen shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizapp.core.chart import Chart, ChartKind, Drawing, draw, to_text
from quizapp.core.chart.calendar import rows_for
from quizapp.core.chart.columns import numbers_room
from quizapp.core.plain import printable
from quizapp.core.statistics.section import Section
from quizapp.core.statistics.table import table_lines
from quizapp.core.wrapped import wrapped

COLUMN_ROWS, LOW_COLUMN_ROWS = 9, 7
"""The height of a chart of columns; of two in one section each is lower."""


def drawings(section: Section, width: int) -> Iterator[Drawing]:
    """Yield a section's charts, drawn as high as they need."""
    charts = section.charts
    if section.narrow and not all(_has_room(chart, width) for chart in charts):
        charts = section.narrow
    for chart in _in_line(charts, width):
        yield draw(chart, width, _rows(chart, width, alone=len(charts) == 1))


def _has_room(chart: Chart, width: int) -> bool:
    """Return whether each value has a column of its own."""
    columns = len(chart.series[0].values)
    return columns + numbers_room(chart, width, LOW_COLUMN_ROWS) + 1 <= width


def _in_line(charts: Sequence[Chart], width: int) -> Iterator[Chart]:
    """Yield charts; where several have columns, these stand in line."""
    columns = [chart for chart in charts if chart.kind is ChartKind.COLUMNS]
    if len(columns) < 2:  # noqa: PLR2004, RUF100 - one stands in line with itself
        yield from charts
        return
    room = max(numbers_room(chart, width, LOW_COLUMN_ROWS) for chart in columns)
    for chart in charts:
        yield replace(chart, y=replace(chart.y, room=room)) if chart in columns else chart


def conclusion_lines(section: Section, width: int) -> list[str]:
    """Return what a section concludes: one line from 56 columns on."""
    return wrapped(printable(section.said.in_line(width)), max(20, width))


def evidence_lines(section: Section, width: int) -> list[str]:
    """Return what the conclusion rests on; decks' and tags' names in it cannot act on a terminal."""
    return wrapped(printable(section.said.evidence), max(20, width))


def section_lines(section: Section, width: int) -> Iterator[str]:
    """Yield a section as plain lines: title, conclusion, evidence, charts, table."""
    yield section.title
    yield from conclusion_lines(section, width)
    yield from evidence_lines(section, width)
    for drawing in drawings(section, width):
        yield from to_text(drawing).splitlines()
    for table in section.tables:
        yield from table_lines(table, width)


def _rows(chart: Chart, width: int, *, alone: bool) -> int:
    if chart.kind is ChartKind.CALENDAR:
        days = chart.series[0].x
        return rows_for(int(days[0]), int(days[-1]), width)
    return COLUMN_ROWS if alone else LOW_COLUMN_ROWS
