"""A calendar of shaded days: a row for each weekday, a column for each week, and as many years below as have room.

Above each stretch of weeks stand its years and its months, every one of them named.
"""

from __future__ import annotations

import math
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from quizapp.core.chart.canvas import Canvas
from quizapp.core.chart.drawing import LABEL, RoleKind, role
from quizapp.core.chart.frame import put_header
from quizapp.core.chart.inline import sparkline
from quizapp.core.chart.label import fit
from quizapp.core.chart.model import Chart
from quizapp.core.chart.number import number_text

NONE = "·"
SHADES = "░▒▓█"
WEEK = 7
_WEEKDAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")
_LEFT = 4
_WEEKS_A_YEAR = 53
_FIRST_DAY, _LAST_DAY = WEEK, date.max.toordinal() - WEEK
_MOST = 1e12
"""More than this is as much as this."""
_HEAD_ROWS = 2
BLOCK_ROWS = _HEAD_ROWS + WEEK
"""Of one stretch of weeks: the years and the months, then the days."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of weeks: the first one's Monday, and how many."""

    monday: int
    weeks: int


def put_calendar(canvas: Canvas, chart: Chart) -> None:
    """Paint days, whose ordinals are the x, as shaded cells; NaN and days that are missing stay blank."""
    days = _days(chart)
    if canvas.height < WEEK or not days:
        canvas.put(
            0, 0, sparkline(tuple(days.values())[-canvas.width :], canvas.width).strip() or NONE, LABEL
        )
        return
    top = put_header(canvas, chart.title, "")
    left = _LEFT if canvas.width > 2 * _LEFT else 0
    wide = 2 if canvas.width - left >= 2 * _WEEKS_A_YEAR else 1
    levels = thresholds(list(days.values()))
    blocks = _blocks(min(days), max(days), (canvas.width - left) // wide)
    blocks = blocks[-max(1, (canvas.height - top) // (BLOCK_ROWS + 1)) :]
    for block in blocks:
        _put_block(canvas, block, days, levels, top, left, wide)
        top += BLOCK_ROWS + 1
    _put_legend(canvas, min(top - 1, canvas.height - 1), left, levels, chart.y.label)


def _days(chart: Chart) -> dict[int, float]:
    """Return the values of the first series that has any, by day; what is no day of the calendar is left out."""
    series = next((series for series in chart.series if series.values), None)
    if series is None:
        return {}
    x = series.x or tuple(map(float, range(len(series.values))))
    return {
        int(day): min(max(value, 0.0), _MOST)
        for day, value in zip(x, series.values, strict=False)
        if _FIRST_DAY <= day <= _LAST_DAY and not math.isnan(value)
    }


def rows_for(first: int, last: int, width: int) -> int:
    """Return how many rows a calendar of these days needs at a width, without a title."""
    left = _LEFT if width > 2 * _LEFT else 0
    wide = 2 if width - left >= 2 * _WEEKS_A_YEAR else 1
    return len(_blocks(first, last, (width - left) // wide)) * (BLOCK_ROWS + 1)


def thresholds(values: Sequence[float]) -> tuple[int, ...]:
    """Return the least value of each shade: quarters of what nineteen in twenty of the busy days stay below.

    One day of cramming then does not turn all others pale.
    """
    busy = sorted(value for value in values if value > 0)
    high = busy[min(len(busy) - 1, int(0.95 * len(busy)))] if busy else 1.0
    return tuple(max(number + 1, math.ceil(high * number / len(SHADES))) for number in range(len(SHADES)))


def _blocks(first: int, last: int, room: int) -> list[_Block]:
    """Return stretches of whole weeks that cover the days, at most a year long, the last one ending with them."""
    longest = max(1, min(_WEEKS_A_YEAR, room))
    monday, end = first - date.fromordinal(first).weekday(), last - date.fromordinal(last).weekday()
    left = (end - monday) // WEEK + 1
    blocks: list[_Block] = []
    while left > 0:
        weeks = min(longest, left)
        blocks.append(_Block(end - (weeks - 1) * WEEK, weeks))
        end -= weeks * WEEK
        left -= weeks
    return blocks[::-1]


def _put_block(
    canvas: Canvas,
    block: _Block,
    days: Mapping[int, float],
    levels: Sequence[int],
    top: int,
    left: int,
    wide: int,
) -> None:
    for row, form in enumerate(("%Y", "%b")):
        _put_names(canvas, _firsts(block, days, form), top + row, left, wide)
    top += _HEAD_ROWS
    for weekday, name in enumerate(_WEEKDAYS):
        if left:
            canvas.put(top + weekday, 0, name, LABEL)
        for week in range(block.weeks):
            value = days.get(block.monday + week * WEEK + weekday)
            if value is None:
                continue
            sign = NONE if value <= 0 else SHADES[sum(value >= level for level in levels[1:])]
            kind = LABEL if sign == NONE else role(RoleKind.SERIES)
            canvas.put(top + weekday, left + week * wide, sign * (1 if sign == NONE else wide), kind)


def _firsts(block: _Block, days: Container[int], form: str) -> list[tuple[int, str]]:
    """Return each month or year that has days in a block, with the week of the first of them.

    Args:
        form: How a date is written to name its month or year.
    """
    firsts: list[tuple[int, str]] = []
    for day in range(WEEK * block.weeks):
        name = f"{date.fromordinal(block.monday + day):{form}}"
        if block.monday + day in days and (not firsts or firsts[-1][1] != name):
            firsts.append((day // WEEK, name))
    return firsts


def _put_names(canvas: Canvas, names: Sequence[tuple[int, str]], row: int, left: int, wide: int) -> None:
    """Write each name above its week, the last first; one that would reach into the next moves to the left of it."""
    end = canvas.width
    for week, text in reversed(names):
        col = min(left + week * wide, end - len(text))
        if col >= 0:
            canvas.put(row, col, text, LABEL)
            end = col - 1


def _put_legend(canvas: Canvas, row: int, left: int, levels: Sequence[int], label: str) -> None:
    ends = [*(level - 1 for level in levels[1:]), None]
    parts = [f"{NONE} none"]
    for sign, low, high in zip(SHADES, levels, ends, strict=True):
        words = f"{number_text(low)} up" if high is None else number_text(low) if high <= low else ""
        parts.append(f"{sign} {words or f'{number_text(low)}–{number_text(high or 0)}'}")
    words = fit(label, canvas.width // 3)
    canvas.put(row, left, "  ".join([*parts, words]), LABEL)
