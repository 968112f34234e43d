"""Which backups are kept as they grow old: all of them for a while, then one a day, a week, a month."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import datetime, timedelta

ALL_FOR = timedelta(days=2)
DAILY_FOR = timedelta(days=14)
WEEKLY_FOR = timedelta(days=92)


def kept(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return which of the backups of these moments are kept: the newest one always.

    All of the last 2 days, then the last one of each day for 2 weeks, of each week for 3 months, of each month after that.
    """
    newest_first = sorted(moments, reverse=True)
    periods: set[Hashable] = set()
    result: set[datetime] = set(newest_first[:1])
    for moment in newest_first:
        period = _period(moment, now)
        if period not in periods:
            periods.add(period)
            result.add(moment)
    return result


def _period(moment: datetime, now: datetime) -> Hashable:
    """Return what a backup shares with those that it may stand for."""
    age = now - moment
    if age <= ALL_FOR:
        return moment
    if age <= DAILY_FOR:
        return "day", moment.date()
    if age <= WEEKLY_FOR:
        return "week", moment.isocalendar()[:2]
    return "month", moment.year, moment.month
