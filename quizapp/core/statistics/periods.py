"""A range cut into days, weeks, months and so on, so that each has a column of its own however long the range is.

Columns that have no room would be drawn as means of neighbours, and would no longer be what their names say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from quizapp.core.chart import Axis, Chart, ChartKind, Mark, Series
from quizapp.core.day import date_of
from quizapp.core.statistics.share import Share
from quizapp.core.statistics.span import YEAR_DAYS, Span

MOST, NARROW_MOST = 60, 48
"""So many columns have room in a terminal of 80 columns, and in one of 60 or in one of two columns."""
_KEYS: Mapping[str, Callable[[int], object]] = {
    "day": lambda day: day,
    "week": lambda day: (day - 1) // 7,
    "month": lambda day: (date_of(day).year, date_of(day).month),
    "quarter": lambda day: (date_of(day).year, (date_of(day).month - 1) // 3),
    "year": lambda day: date_of(day).year,
}
"""What days of the same week, which begins on Monday, have in common, and so on."""


def parts(span: Span, name: str) -> tuple[Span, ...]:
    """Return the weeks, months, quarters or years of a span, the oldest first; the ends may be shorter."""
    groups = (list(group) for _, group in groupby(range(span.first, span.last + 1), key=_KEYS[name]))
    return tuple(Span(days[0], days[-1]) for days in groups)


def cut_up(span: Span, most: int) -> tuple[str, tuple[Span, ...]]:
    """Return the shortest periods of which at most so many lie in a span: their name and themselves."""
    for name in _KEYS:
        if len(spans := parts(span, name)) <= most:
            return name, spans
    return name, spans


def amount_chart(
    span: Span, amounts: Mapping[int, float], label: str, most: int, marks: Sequence[Mark] = ()
) -> Chart:
    """Return a chart of an amount a day, of longer periods the mean of their days.

    Args:
        amounts: By study day; none is 0.
        label: What an amount is, such as `reviews a day`.
    """
    name, spans = cut_up(span, most)
    values = tuple(
        sum(amounts.get(day, 0.0) for day in range(part.first, part.last + 1)) / part.days for part in spans
    )
    return _chart(span, spans, values, label if name == "day" else f"{label}, by {name}", marks)


def share_charts(
    span: Span,
    share_of: Callable[[Span], Share],
    words: str,
    fewest: int,
    most: int,
    marks: Sequence[Mark] = (),
) -> tuple[Chart, ...]:
    """Return one chart of a share over time, by the shortest periods from weeks on of which most have cases enough.

    There is none where fewer than two have cases enough.

    Args:
        words: What the share is of, such as `passed`.
        fewest: Of fewer cases no column stands.
        most: So many columns have room.
    """
    for name in list(_KEYS)[1:]:
        spans = parts(span, name)
        if len(spans) > most:
            continue
        shares = [share_of(part) for part in spans]
        enough = sum(share.count >= fewest for share in shares)
        if enough >= 2 and 2 * enough >= sum(share.count > 0 for share in shares):  # noqa: PLR2004, RUF100 - a course
            values = tuple(100 * (share.rate or 0.0) if share.count >= fewest else 0.0 for share in shares)
            return (_chart(span, spans, values, f"{words} by {name}, %", marks, high=100),)
    return ()


def _chart(
    span: Span,
    spans: Sequence[Span],
    values: tuple[float, ...],
    label: str,
    marks: Sequence[Mark],
    high: float | None = None,
) -> Chart:
    form = "%d %b" if span.days <= YEAR_DAYS else "%b %Y"
    return Chart(
        (Series(label, values),),
        x=Axis(names=tuple(f"{date_of(part.first):{form}}" for part in spans)),
        y=Axis(label, high=high),
        marks=tuple(marks),
        kind=ChartKind.COLUMNS,
    )
