"""Curves on two axes, each with its name at its end."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.core.chart.canvas import Canvas
from quizapp.core.chart.curve_names import Name, put_names
from quizapp.core.chart.drawing import Role, RoleKind, role
from quizapp.core.chart.frame import (
    AXES_FROM_COLS,
    AXES_FROM_ROWS,
    COLS_A_TICK,
    NUMBERS_FROM_COLS,
    NUMBERS_FROM_ROWS,
    ROWS_A_TICK,
    Frame,
    margin,
    put_axes,
    put_header,
)
from quizapp.core.chart.marks import put_marks
from quizapp.core.chart.model import Axis, Chart, Mark
from quizapp.core.chart.order import Place, places
from quizapp.core.chart.raster import DASHED, PATTERNS, SPARSE, Raster
from quizapp.core.chart.scale import Scale, bounded, extent, is_constant, measure, widened
from quizapp.core.chart.shade import shaded
from quizapp.core.chart.ticks import Tick, rounded, ticks
from quizapp.core.chart.trace import Trace, trace

END_SIGNS = "●◆■○◇□★☆▣◉"
FAINT_SIGN, TWIN_SIGN = "·", "○"


@dataclass(frozen=True, slots=True)
class _Curve:
    """A series measured along both axes, with the ends of its band if it has one."""

    place: Place
    xs: Sequence[float]
    ys: Sequence[float]
    lows: Sequence[float]
    highs: Sequence[float]


def put_lines(canvas: Canvas, chart: Chart) -> None:
    """Paint the chart's series as curves."""
    curves = [_measured(place, chart) for place in places(chart.series)]
    frame = _frame(canvas, chart, curves)
    put_axes(canvas, frame, chart.x.label)
    for curve in curves:
        _put_band(canvas, frame, curve)
    traces = [(curve.place, _traced(curve, frame)) for curve in curves]
    for place, drawn in sorted(traces, key=lambda pair: _layer(pair[0])):
        _put_dots(canvas, frame, place, drawn)
    for place, drawn in traces:
        _put_lone_points(canvas, frame, place, drawn)
    names = [Name(place, _sign(place), drawn.end) for place, drawn in traces if drawn.end]
    put_names(canvas, frame, names)
    for place, drawn in traces:
        _put_arrows(canvas, frame, place, drawn)
    put_marks(canvas, frame, chart.marks)


def _measured(place: Place, chart: Chart) -> _Curve:
    series = place.series
    xs = series.x or range(len(series.values))
    ys, lows, highs = (measure(values, chart.y.log) for values in (series.values, series.low, series.high))
    return _Curve(place, measure(xs, chart.x.log), ys, lows, highs)


def _layer(place: Place) -> int:
    """Return how far up a curve lies: theory lowest, then what is compared with, then the measurement."""
    return 0 if place.series.faint else 1 if place.series.twin else 2


def _frame(canvas: Canvas, chart: Chart, curves: Sequence[_Curve]) -> Frame:
    """Divide the canvas: what is left between the header, the axes and the names is the plot."""
    top = put_header(canvas, chart.title, chart.y.label)
    width, height = canvas.width, canvas.height - top
    axes = width >= AXES_FROM_COLS and height >= AXES_FROM_ROWS
    numbers = axes and width >= NUMBERS_FROM_COLS and height >= NUMBERS_FROM_ROWS
    rows = height - axes - numbers
    y, y_ticks = _y_axis(chart.y, chart.marks, curves, max(2, rows // ROWS_A_TICK))
    gutter = max((len(tick.text) for tick in y_ticks), default=0) if numbers else 0
    y_ticks, gutter = (y_ticks, gutter) if 0 < gutter <= width // 3 else ((), 0)
    names = margin((curve.place.label for curve in curves), width, rows)
    cols = width - gutter - axes - names
    x, x_ticks = _x_axis(chart.x, curves, max(1, cols // COLS_A_TICK))
    return Frame(top, gutter + axes, rows, cols, axes, numbers, x, y, x_ticks, y_ticks)


def _y_axis(
    axis: Axis, marks: Sequence[Mark], curves: Sequence[_Curve], count: int
) -> tuple[Scale, tuple[Tick, ...]]:
    """Return the scale, widened to round numbers where the axis leaves its bounds open, and its ticks."""
    lengths = [length for curve in curves for part in (curve.ys, curve.lows, curve.highs) for length in part]
    if not any(map(math.isfinite, lengths)):
        lengths += measure((mark.value for mark in marks), axis.log)
    tight = extent(axis, lengths)
    wide = rounded(Scale(*widened(tight, marks, axis.log), axis.log), count)
    scale = bounded(axis, tight, wide)
    return scale, ticks(scale, count)


def _x_axis(axis: Axis, curves: Sequence[_Curve], count: int) -> tuple[Scale, tuple[Tick, ...]]:
    """Return the scale that the curves fill from edge to edge, and its ticks."""
    lengths = [length for curve in curves for length in curve.xs]
    finite = [length for length in lengths if math.isfinite(length)]
    scale = Scale(*extent(axis, finite), axis.log)
    whole = not axis.log and all(map(float.is_integer, finite))
    found = ticks(scale, count, whole=whole)
    if finite and is_constant(min(finite), max(finite), axis.log) and axis.low is None and axis.high is None:
        middle = min(found, key=lambda tick: abs(tick.at - finite[0]), default=None)
        found = (middle,) if middle else ()
    return scale, found


def _traced(curve: _Curve, frame: Frame) -> Trace:
    place = curve.place
    raster = Raster(frame.cols, frame.rows, _pattern(place))
    return trace(frame.x.positions(curve.xs), frame.y.positions(curve.ys), raster)


def _pattern(place: Place) -> str:
    if place.series.faint:
        return SPARSE
    return DASHED if place.series.twin else PATTERNS[place.index % len(PATTERNS)]


def _put_band(canvas: Canvas, frame: Frame, curve: _Curve) -> None:
    if curve.lows and curve.highs:
        lows, highs = frame.y.positions(curve.lows), frame.y.positions(curve.highs)
        cells = shaded(frame.x.positions(curve.xs), lows, highs, Raster(frame.cols, frame.rows))
        _put_cells(canvas, frame, cells, role(RoleKind.QUIET, curve.place.index))


def _put_dots(canvas: Canvas, frame: Frame, place: Place, drawn: Trace) -> None:
    series = place.series
    kind = RoleKind.FAINT if series.faint else RoleKind.QUIET if series.twin else RoleKind.SERIES
    _put_cells(canvas, frame, drawn.cells, role(kind, place.index))


def _put_cells(canvas: Canvas, frame: Frame, cells: dict[int, int], own: Role) -> None:
    for cell, dots in cells.items():
        row, col = divmod(cell, frame.cols)
        canvas.put_dots(frame.top + row, frame.left + col, dots, own)


def _put_lone_points(canvas: Canvas, frame: Frame, place: Place, drawn: Trace) -> None:
    raster = Raster(frame.cols, frame.rows)
    for x, y in drawn.alone:
        row, col = frame.top + raster.row(y), frame.left + raster.column(x)
        canvas.put(row, col, _sign(place), place.label_role)


def _put_arrows(canvas: Canvas, frame: Frame, place: Place, drawn: Trace) -> None:
    for arrow in drawn.arrows:
        row = frame.top if arrow.up else frame.top + frame.rows - 1
        canvas.put(row, frame.left + arrow.col, "▲" if arrow.up else "▼", role(RoleKind.ARROW, place.index))


def _sign(place: Place) -> str:
    if place.series.twin:
        return TWIN_SIGN
    return FAINT_SIGN if place.series.faint else END_SIGNS[place.index % len(END_SIGNS)]
