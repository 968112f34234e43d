"""Columns that stand up from zero: a count for each day, hour or range of values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.core.chart.canvas import Canvas
from quizapp.core.chart.drawing import AXIS, LABEL, MARK, RoleKind, role
from quizapp.core.chart.frame import (
    AXES_FROM_ROWS,
    NAMES_FROM_COLS,
    NUMBERS_FROM_COLS,
    NUMBERS_FROM_ROWS,
    ROWS_A_TICK,
    put_header,
)
from quizapp.core.chart.inline import LEVELS, grouped
from quizapp.core.chart.label import fit
from quizapp.core.chart.model import Chart, Mark
from quizapp.core.chart.number import number_text
from quizapp.core.chart.scale import Scale, bound, extent
from quizapp.core.chart.ticks import Tick, rounded, ticks

_WIDEST = 9
_LEAST_NUMBERS = 4
# From this width on a blank keeps two columns apart.
_APART_FROM = 3


@dataclass(frozen=True, slots=True)
class _Field:
    """The cells of the columns: `count` of them, each `wide` cells with its gap."""

    top: int
    left: int
    rows: int
    count: int
    wide: int
    scale: Scale

    @property
    def bar(self) -> int:
        return self.wide - 1 if self.wide >= _APART_FROM else self.wide

    def column(self, number: int) -> int:
        return self.left + number * self.wide


def put_columns(canvas: Canvas, chart: Chart) -> None:
    """Paint the first series that has values as columns; more values than cells are averaged in groups."""
    values = _values(chart)
    top = put_header(canvas, chart.title, _label(chart))
    axes = canvas.height - top >= AXES_FROM_ROWS + 2
    rows = max(1, canvas.height - top - 2 * axes)
    numbers = rows >= NUMBERS_FROM_ROWS - 2 and canvas.width >= NUMBERS_FROM_COLS
    scale, y_ticks = _scale(chart, grouped(values, canvas.width), rows)
    margin = max(chart.y.room, *(len(tick.text) for tick in y_ticks)) + 1 if numbers else 0
    room = max(1, canvas.width - margin)
    count = min(len(values), room)
    shown = grouped(values, count)
    if count < len(values):
        scale, y_ticks = _scale(chart, shown, rows)
    field = _Field(top, margin, rows, count, min(_WIDEST, room // count), scale)
    for number, value in enumerate(shown):
        _put_column(canvas, field, number, value)
    _put_marks(canvas, field, chart.marks, worded=not top)
    if numbers:
        _put_numbers(canvas, field, y_ticks, field.rows if axes else field.rows - 1)
    if axes:
        _put_names(canvas, field, chart, len(values))


def numbers_room(chart: Chart, width: int, height: int) -> int:
    """Return how many columns the numbers of a chart of columns take, to give charts that stand together as many."""
    canvas = Canvas(width, height)
    rows = max(1, height - put_header(canvas, chart.title, chart.y.label) - 2)
    values = _values(chart)
    groups = (grouped(values, min(len(values), room)) for room in range(width - _LEAST_NUMBERS, width + 1))
    return max(len(tick.text) for shown in groups for tick in _scale(chart, shown, rows)[1])


def _values(chart: Chart) -> list[float]:
    first = next((series.values for series in chart.series if series.values), (0.0,))
    return [value if value > 0 else 0.0 for value in first]  # NaN is nothing, too


def _label(chart: Chart) -> str:
    """Return what the columns count, and what the quiet lines among them are."""
    words = (f"╌ {mark.label}" for mark in chart.marks if mark.label)
    return "   ".join([chart.y.label, *words])


def _scale(chart: Chart, values: Sequence[float], rows: int) -> tuple[Scale, tuple[Tick, ...]]:
    """Return a scale from zero on to a round number, and its ticks; of whole numbers, whole ones."""
    finite = [value for value in values if math.isfinite(value)]
    _, high = extent(chart.y, [0.0, *finite])
    high = max(high, *(mark.value for mark in chart.marks if math.isfinite(mark.value)), 0.0) or 1.0
    count = max(1, rows // ROWS_A_TICK)
    fixed = bound(chart.y, chart.y.high) is not None
    scale = Scale(0.0, high) if fixed else Scale(0.0, rounded(Scale(0.0, high), count).high)
    whole = all(value == int(value) for value in finite)
    return scale, ticks(scale, max(2, count), whole=whole) or (Tick(0.0, "0"),)


def _put_column(canvas: Canvas, field: _Field, number: int, value: float) -> None:
    part = min(1.0, max(0.0, field.scale.position(value))) if math.isfinite(value) else 1.0
    eighths = round(part * field.rows * len(LEVELS))
    if value > 0:
        eighths = max(1, eighths)  # what is there is seen
    full, rest = divmod(eighths, len(LEVELS))
    own = role(RoleKind.SERIES)
    for row in range(full):
        canvas.put(field.top + field.rows - 1 - row, field.column(number), LEVELS[-1] * field.bar, own)
    if rest:
        canvas.put(field.top + field.rows - 1 - full, field.column(number), LEVELS[rest - 1] * field.bar, own)
    if math.isinf(value):
        canvas.put(field.top, field.column(number), "▲", role(RoleKind.ARROW))


def _put_marks(canvas: Canvas, field: _Field, marks: Sequence[Mark], *, worded: bool) -> None:
    """Draw a quiet line at each mark's value where nothing stands.

    Args:
        worded: Whether its words stand in it, where they cover no column; else the head of the chart has them.
    """
    for mark in marks:
        part = field.scale.position(mark.value)
        if not 0 <= part <= 1:
            continue
        row = field.top + min(field.rows - 1, int((1 - part) * field.rows))
        end = field.left + field.count * field.wide
        words = fit(mark.label, max(0, (end - field.left) // 2)) if worded else ""
        places = range(end - len(words), field.left, -1)
        at = next((col for col in places if canvas.is_blank(row, col - 1, len(words) + 1)), None)
        if words and at is not None:
            canvas.put(row, at, words, MARK)
        for col in range(field.left, end, 2):
            if canvas.is_blank(row, col):
                canvas.put(row, col, "╌", MARK)


def _put_numbers(canvas: Canvas, field: _Field, y_ticks: Sequence[Tick], lowest: int) -> None:
    """Write each number beside the row whose upper edge it is; zero beside the line below the columns, if there is one."""
    taken = -1
    for tick in reversed(y_ticks):
        row = field.top + min(lowest, round((1 - field.scale.position(tick.at)) * field.rows))
        if row != taken:
            canvas.put(row, field.left - 1 - len(tick.text), tick.text, LABEL)
            taken = row


def _put_names(canvas: Canvas, field: _Field, chart: Chart, values: int) -> None:
    """Draw the line below the columns, and below it as many of their names as have room, the axis' label at the end.

    The last column always has its name, the others from the first one on where they have room beside it.
    """
    row = field.top + field.rows
    end = field.left + field.count * field.wide
    canvas.put(row, field.left, "─" * (end - field.left), AXIS)
    words = fit(chart.x.label, canvas.width // 3) if canvas.width >= NAMES_FROM_COLS else ""
    limit = canvas.width - len(words) - 1 if words else canvas.width
    canvas.put(row + 1, limit + 1, words, LABEL)
    last = field.count - 1
    text = fit(_name(chart, last * values // field.count), limit)
    end = max(0, min(_name_column(field, last, text), limit - len(text)))
    canvas.put(row + 1, end, text, LABEL)
    taken, end = 0, end - 1 if text else limit
    for number in range(last):
        text = fit(_name(chart, number * values // field.count), limit)
        col = _name_column(field, number, text)
        if text and col >= taken and col + len(text) <= end:
            canvas.put(row + 1, col, text, LABEL)
            taken = col + len(text) + 1


def _name(chart: Chart, at: int) -> str:
    return chart.x.names[at] if at < len(chart.x.names) else "" if chart.x.names else number_text(at)


def _name_column(field: _Field, number: int, name: str) -> int:
    """Return where a name stands: below the middle of its column, or of a narrow one from its beginning on."""
    within = (field.bar - len(name)) // 2 if field.wide > 1 else 0
    return max(field.left if number else 0, field.column(number) + within)
