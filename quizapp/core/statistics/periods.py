"""A range cut into weeks, months and so on, and a share drawn for each of them that has cases enough."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from quizapp.core.chart import Axis, Chart, ChartKind, Mark, Series
from quizapp.core.day import date_of
from quizapp.core.statistics.share import Share
from quizapp.core.statistics.span import Span

_MOST = 60
"""More columns than these tell no more."""
_YEAR_DAYS = 366
_KEYS: Mapping[str, Callable[[int], object]] = {
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


def share_charts(
    span: Span, share_of: Callable[[Span], Share], words: str, fewest: int, marks: Sequence[Mark] = ()
) -> tuple[Chart, ...]:
    """Return one chart of a share over time, by the shortest periods of which most have cases enough.

    There is none where fewer than two have cases enough.

    Args:
        words: What the share is of, such as `passed`.
        fewest: Of fewer cases no column stands.
    """
    for name in _KEYS:
        spans = parts(span, name)
        if len(spans) > _MOST:
            continue
        shares = [share_of(part) for part in spans]
        enough = sum(share.count >= fewest for share in shares)
        if enough >= 2 and 2 * enough >= sum(share.count > 0 for share in shares):  # noqa: PLR2004, RUF100 - a course
            values = tuple(100 * (share.rate or 0.0) if share.count >= fewest else 0.0 for share in shares)
            return (_chart(span, spans, values, f"{words} by {name}, %", marks),)
    return ()


def _chart(
    span: Span, spans: Sequence[Span], values: tuple[float, ...], label: str, marks: Sequence[Mark]
) -> Chart:
    form = "%d %b" if span.days <= _YEAR_DAYS else "%b %Y"
    return Chart(
        (Series(label, values),),
        x=Axis(names=tuple(f"{date_of(part.first):{form}}" for part in spans)),
        y=Axis(label, high=100),
        marks=tuple(marks),
        kind=ChartKind.COLUMNS,
    )
