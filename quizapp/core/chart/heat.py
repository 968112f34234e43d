"""A heat map: one row a series, one shaded cell a value."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.core.chart.canvas import Canvas
from quizapp.core.chart.drawing import BLANK, LABEL, Role, RoleKind, role
from quizapp.core.chart.frame import COLS_A_TICK, NAMES_FROM_COLS, NUMBERS_FROM_ROWS, put_header
from quizapp.core.chart.inline import grouped
from quizapp.core.chart.label import fit
from quizapp.core.chart.model import Chart
from quizapp.core.chart.number import number_text, power_text
from quizapp.core.chart.order import Place, places
from quizapp.core.chart.scale import Scale, extent, measure
from quizapp.core.chart.ticks import ticks

SHADES = " ░▒▓█"
NO_VALUE = "·"
# A cell grows with the room up to this width; a terminal's cell is half as wide as it is high.
_WIDEST_CELL = 8


@dataclass(frozen=True, slots=True)
class _Field:
    """The cells of the map: `columns` values a row, each `wide` by `high` characters."""

    top: int
    left: int
    columns: int
    wide: int
    high: int
    scale: Scale


def put_heat(canvas: Canvas, chart: Chart) -> None:
    """Paint the series as rows of shaded cells, with a legend of the scale."""
    found = places(chart.series)
    top = put_header(canvas, chart.title, "")
    spacious = canvas.height - top >= NUMBERS_FROM_ROWS and canvas.width >= NAMES_FROM_COLS
    rows = canvas.height - top - 2 * spacious
    shown = found if len(found) <= rows else found[: max(1, rows - 1)]
    field = _field(canvas, chart, shown, top, rows)
    for number, place in enumerate(shown):
        _put_row(canvas, field, top + number * field.high, place)
    bottom = top + len(shown) * field.high
    if len(shown) < len(found):
        canvas.put(bottom, 0, fit(f"… {len(found) - len(shown)} more", canvas.width), LABEL)
        bottom += 1
    if spacious:
        _put_columns(canvas, field, bottom, chart, shown)
        _put_legend(canvas, field, bottom + 1, chart)


def _field(canvas: Canvas, chart: Chart, shown: Sequence[Place], top: int, rows: int) -> _Field:
    names = max((len(place.label) for place in shown), default=0) if canvas.width >= NAMES_FROM_COLS else 0
    left = min(names, canvas.width // 3) + 2 if names else 0
    room = canvas.width - left
    longest = max(len(place.series.values) for place in shown)
    columns = max(1, min(longest, room))
    wide = min(_WIDEST_CELL, room // columns)
    high = max(1, min(rows // max(1, len(shown)), wide // 2))
    values = (value for series in chart.series for value in series.values)
    return _Field(
        top, left, columns, wide, high, Scale(*extent(chart.y, measure(values, chart.y.log)), chart.y.log)
    )


def _put_row(canvas: Canvas, field: _Field, row: int, place: Place) -> None:
    own = role(RoleKind.FAINT if place.series.faint else RoleKind.SERIES)
    if field.left:
        canvas.put(row + (field.high - 1) // 2, 0, fit(place.label, field.left - 2), LABEL)
    values = grouped(place.series.values, field.columns)
    parts = field.scale.positions(measure(values, field.scale.log))
    for number, part in enumerate(parts):
        col = field.left + number * field.wide
        if math.isfinite(part):
            _put_shade(canvas, field, row, col, part, own)
        else:
            sign, kind = _sign(part)
            canvas.put(row + (field.high - 1) // 2, col + (field.wide - 1) // 2, sign, kind)


def _put_shade(canvas: Canvas, field: _Field, row: int, col: int, part: float, own: Role) -> None:
    shade = SHADES[min(len(SHADES) - 1, max(0, int(part * len(SHADES))))]
    for line in range(field.high):
        canvas.put(row + line, col, shade * field.wide, BLANK if shade == " " else own)


def _sign(part: float) -> tuple[str, Role]:
    """Return what stands in a cell whose value has no shade."""
    if math.isnan(part):
        return NO_VALUE, LABEL
    return "▲" if part > 0 else "▼", role(RoleKind.ARROW)


def _put_columns(canvas: Canvas, field: _Field, row: int, chart: Chart, shown: Sequence[Place]) -> None:
    """Number the columns by the longest series' x values, and name them beside the map, else below its end."""
    first = max((place.series for place in shown), key=lambda series: len(series.values))
    across, last = field.columns * field.wide, len(first.values) - 1
    words = fit(chart.x.label, canvas.width // 2)
    limit = min(canvas.width - len(words), field.left + across + 2) if words else canvas.width + 1
    canvas.put(row, limit, words, LABEL)
    taken = -1
    for tick in ticks(Scale(0.0, max(1.0, last)), max(1, 2 * across // COLS_A_TICK), whole=True):
        text = number_text(first.x[int(tick.at)]) if int(tick.at) < len(first.x) else tick.text
        at = field.left + int((tick.at + 0.5) * across / max(1, last + 1))
        col = max(0, at - len(text) // 2)
        if col > taken and col + len(text) < limit and tick.at <= last:
            canvas.put(row, col, text, LABEL)
            taken = col + len(text)


def _put_legend(canvas: Canvas, field: _Field, row: int, chart: Chart) -> None:
    low, high = (_end_text(end, field.scale.log) for end in (field.scale.low, field.scale.high))
    words = [fit(chart.y.label, canvas.width // 2), low]
    before = "  ".join(word for word in words if word)
    canvas.put(row, field.left, before, LABEL)
    col = field.left + len(before) + 1
    for shade in SHADES[1:]:
        canvas.put(row, col, shade * 2, role(RoleKind.SERIES))
        col += 2
    canvas.put(row, col + 1, high, LABEL)


def _end_text(end: float, log: bool) -> str:
    if not log:
        return number_text(end)
    return number_text(10.0**end) if abs(end) < 300 else power_text(round(end))
