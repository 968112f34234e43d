"""Charts of text at any size, for the screen, a pipe and a file: braille curves, bars, columns, heat maps, calendars.

A Chart says what is shown, `draw` paints it on a number of cells, and the Drawing that comes back is rows of runs
with a role each: pure values without colour. Series are told apart by line style and sign, theory is dotted
beneath the measurement, NaN is a gap and an infinity an arrow at the edge. No input raises.
"""

from __future__ import annotations

from quizapp.core.chart.bars import put_bars
from quizapp.core.chart.calendar import put_calendar
from quizapp.core.chart.canvas import Canvas
from quizapp.core.chart.columns import put_columns
from quizapp.core.chart.drawing import LABEL, Drawing, Role, RoleKind, Run, to_text
from quizapp.core.chart.heat import put_heat
from quizapp.core.chart.inline import meter, sparkline
from quizapp.core.chart.label import fit
from quizapp.core.chart.lines import put_lines
from quizapp.core.chart.model import Axis, Chart, ChartKind, Mark, Series

__all__ = [
    "Axis",
    "Chart",
    "ChartKind",
    "Drawing",
    "Mark",
    "Role",
    "RoleKind",
    "Run",
    "Series",
    "draw",
    "meter",
    "sparkline",
    "to_text",
]

NOTHING = "no values yet"

_PAINTERS = {
    ChartKind.LINES: put_lines,
    ChartKind.BARS: put_bars,
    ChartKind.HEAT: put_heat,
    ChartKind.COLUMNS: put_columns,
    ChartKind.CALENDAR: put_calendar,
}


def draw(chart: Chart, width: int, height: int) -> Drawing:
    """Paint the chart on `width` by `height` cells, at least one by one."""
    canvas = Canvas(width, height)
    if _shows_something(chart):
        _PAINTERS[chart.kind](canvas, chart)
    else:
        words = fit(NOTHING, canvas.width)
        canvas.put(canvas.height // 2, (canvas.width - len(words)) // 2, words, LABEL)
    return canvas.drawing()


def _shows_something(chart: Chart) -> bool:
    if chart.marks and chart.kind is not ChartKind.HEAT:
        return True
    return any(value == value for series in chart.series for value in series.values)
