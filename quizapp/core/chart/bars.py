"""Horizontal bars: one for each series' last value, theory as a tick across it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.core.chart.canvas import Canvas
from quizapp.core.chart.drawing import AXIS, LABEL, MARK, RoleKind, role
from quizapp.core.chart.frame import (
    AXES_FROM_ROWS,
    COLS_A_TICK,
    NAMES_FROM_COLS,
    NUMBERS_FROM_ROWS,
    put_header,
)
from quizapp.core.chart.inline import EIGHTHS
from quizapp.core.chart.label import fit
from quizapp.core.chart.model import Axis, Chart, Mark
from quizapp.core.chart.number import number_text
from quizapp.core.chart.order import Place, places
from quizapp.core.chart.scale import Scale, bounded, extent, measure, widened
from quizapp.core.chart.ticks import rounded, ticks

THEORY_TICK = "┃"
THEORY_BAR = "━"
BAND_LOW, BAND_HIGH = "├", "┤"
# How many decades a log axis goes on below its least value, so that the least bar too has a length.
_BELOW_LEAST = 0.3
# The label above the bars, and the axis and its numbers below them.
_ROWS_AROUND = 3


@dataclass(frozen=True, slots=True)
class _Bar:
    """One row: a series with its last value, and what theory says about it."""

    place: Place
    value: float
    theory: float = math.nan

    @property
    def ends(self) -> tuple[float, ...]:
        """The ends of its band, if it has one."""
        return (*self.place.series.low[-1:], *self.place.series.high[-1:])


@dataclass(frozen=True, slots=True)
class _Field:
    """The cells between the labels and the figures, and the scale along them."""

    top: int
    left: int
    cols: int
    scale: Scale

    def position(self, value: float) -> float:
        return self.scale.positions(measure((value,), self.scale.log))[0]

    def column(self, part: float) -> int:
        return self.left + min(self.cols - 1, int(min(1.0, max(0.0, part)) * self.cols))


def put_bars(canvas: Canvas, chart: Chart) -> None:
    """Paint one bar for each series, as many as there are rows for.

    The values' label stands on top as it does over curves, unless a bar would have to go for it: then it shares a row
    with the axis' numbers.
    """
    bars = _bars(chart)
    around = _ROWS_AROUND + bool(chart.title) + bool(chart.marks)
    above = chart.y.label if len(bars) + around <= canvas.height else ""
    top = put_header(canvas, chart.title, above)
    below = "" if top and above else chart.y.label
    room = canvas.height - top
    axes = room >= AXES_FROM_ROWS + 2 and canvas.width >= NAMES_FROM_COLS
    marks = chart.marks if room >= NUMBERS_FROM_ROWS + 2 else ()
    rows = room - 2 * axes - bool(marks)
    shown, stride = _fitted(bars, rows)
    field = _field(canvas, chart, bars, top + bool(marks))
    for number, bar in enumerate(shown):
        _put_bar(canvas, field, field.top + number * stride, bar)
    if len(shown) < len(bars):
        canvas.put(field.top + rows - 1, 0, fit(f"… {len(bars) - len(shown)} more", canvas.width), LABEL)
    bottom = field.top + max(1, min(rows, stride * (len(shown) - 1) + 1 + (len(shown) < len(bars))))
    _put_marks(canvas, field, marks, bottom)
    if axes:
        _put_axis(canvas, field, bottom, below)


def _bars(chart: Chart) -> list[_Bar]:
    """Return the rows: measured series with their theory, and theory that belongs to none."""
    found = places(chart.series)
    theory = {place.index: _last(place) for place in found if place.measured}
    rows = [place for place in found if not place.measured]
    return [
        _Bar(place, _last(place), math.nan if place.series.faint else theory.get(place.index, math.nan))
        for place in rows
    ]


def _last(place: Place) -> float:
    return place.series.values[-1] if place.series.values else math.nan


def _fitted(bars: list[_Bar], rows: int) -> tuple[list[_Bar], int]:
    """Return the bars that fit, and the rows from one to the next: apart where there is room."""
    if len(bars) <= max(1, rows):
        return bars, 2 if 2 * len(bars) - 1 <= rows else 1
    return bars[: max(1, rows - 1)], 1


def _field(canvas: Canvas, chart: Chart, bars: Sequence[_Bar], top: int) -> _Field:
    spacious = canvas.width >= NAMES_FROM_COLS
    names = max((len(bar.place.label) for bar in bars), default=0) if spacious else 0
    left = min(names, canvas.width // 3) + 2 if names else 0
    figures = max((len(number_text(bar.value)) for bar in bars), default=0) + 2 if spacious else 0
    cols = max(1, canvas.width - left - figures)
    return _Field(top, left, cols, _scale(chart.y, chart.marks, bars, max(1, cols // COLS_A_TICK)))


def _scale(axis: Axis, marks: Sequence[Mark], bars: Sequence[_Bar], count: int) -> Scale:
    """Return a scale that holds all bars: from zero on, or from just below the least on a log axis."""
    values = [value for bar in bars for value in (bar.value, bar.theory, *bar.ends)]
    lengths = measure(values if axis.log else [*values, 0.0], axis.log)
    tight = extent(axis, lengths)
    low, high = widened(tight, marks, axis.log)
    wide = rounded(Scale(low - _BELOW_LEAST if axis.log else low, high, axis.log), count)
    return bounded(axis, tight, wide)


def _put_bar(canvas: Canvas, field: _Field, row: int, bar: _Bar) -> None:
    kind = RoleKind.FAINT if bar.place.series.faint else RoleKind.SERIES
    own = role(kind, bar.place.index)
    if field.left:
        canvas.put(row, 0, fit(bar.place.label, field.left - 2), bar.place.label_role)
    part = field.position(bar.value)
    if not math.isnan(part):
        base = 0.0 if field.scale.log else field.position(0.0)
        col, text = _blocks(field.cols, base, part)
        canvas.put(row, field.left + col, THEORY_BAR * len(text) if bar.place.series.faint else text, own)
    if not math.isnan(part) and not -1e-9 <= part <= 1 + 1e-9:
        canvas.put(row, field.column(part), "▶" if part > 1 else "◀", role(RoleKind.ARROW, bar.place.index))
    _put_theory(canvas, field, row, bar)
    _put_band(canvas, field, row, bar)
    figure = number_text(bar.value)
    if canvas.width > field.left + field.cols:
        canvas.put(row, canvas.width - len(figure), figure, bar.place.label_role)


def _blocks(cols: int, base: float, part: float) -> tuple[int, str]:
    """Return the column and the blocks of a bar from its base to its value, both as fractions."""
    start = round(min(1.0, max(0.0, base)) * cols)
    length = round(min(1.0, max(0.0, part)) * cols * 8) - start * 8
    if length >= 0:
        full, eighth = divmod(max(1, length), 8)
        return start, "█" * full + EIGHTHS[eighth].strip()
    full, eighth = divmod(-length, 8)
    text = ("▐" if eighth >= 4 else "") + "█" * full
    return start - len(text), text


def _put_theory(canvas: Canvas, field: _Field, row: int, bar: _Bar) -> None:
    part = field.position(bar.theory)
    if -1e-9 <= part <= 1 + 1e-9:
        canvas.put(row, field.column(part), THEORY_TICK, role(RoleKind.FAINT, bar.place.index))


def _put_band(canvas: Canvas, field: _Field, row: int, bar: _Bar) -> None:
    """Bracket the least and the largest value, where the series has a band."""
    series = bar.place.series
    for ends, sign in ((series.low, BAND_LOW), (series.high, BAND_HIGH)):
        part = field.position(ends[-1]) if ends else math.nan
        if -1e-9 <= part <= 1 + 1e-9:
            canvas.put(row, field.column(part), sign, role(RoleKind.FAINT, bar.place.index))


def _put_marks(canvas: Canvas, field: _Field, marks: Sequence[Mark], bottom: int) -> None:
    """Point at each mark from above with its words, and drop a line through what is blank below it."""
    for mark in marks:
        part = field.position(mark.value)
        if math.isnan(part):
            continue
        col = field.column(part)
        sign = "▶" if part > 1 else "◀" if part < 0 else "▼"
        words = fit(mark.label, canvas.width // 2)
        text, at = f"{sign} {words}", col
        if col + len(text) > canvas.width:
            text, at = f"{words} {sign}", col - len(words) - 1
        if canvas.is_blank(field.top - 1, max(0, at), min(len(text), canvas.width - max(0, at))):
            canvas.put(field.top - 1, at, text, MARK)
        for row in range(field.top, bottom):
            if sign == "▼" and canvas.is_blank(row, col):
                canvas.put(row, col, "╎", MARK)


def _put_axis(canvas: Canvas, field: _Field, row: int, label: str) -> None:
    """Draw the values' axis below the bars, with its numbers, and its label at the right if it has one there."""
    canvas.put(row, field.left, "─" * field.cols, AXIS)
    words = fit(label, canvas.width // 2)
    limit = canvas.width - len(words) if words else canvas.width + 1
    canvas.put(row + 1, limit, words, LABEL)
    taken = -1
    for tick in ticks(field.scale, max(1, field.cols // COLS_A_TICK)):
        at = field.column(field.scale.position(tick.at))
        col = min(max(0, at - len(tick.text) // 2), canvas.width - len(tick.text))
        if col > taken and col + len(tick.text) < limit:
            canvas.put(row, at, "┬", AXIS)
            canvas.put(row + 1, col, tick.text, LABEL)
            taken = col + len(tick.text)
