"""What falls due on the days to come."""

from __future__ import annotations

from quizapp.core.chart import Axis, Chart, ChartKind, Mark, Series
from quizapp.core.day import date_of
from quizapp.core.duration import seconds_words
from quizapp.core.statistics.facts import Facts, counted_words, pace
from quizapp.core.statistics.periods import MOST, NARROW_MOST
from quizapp.core.statistics.section import Said, Section
from quizapp.core.statistics.span import day_names
from quizapp.core.statistics.tally import Tally

_TEN = 10
_STRETCHES = (1, 7, 14, 28)
"""So many days at a time have a column of a long forecast."""
_LEAST_BACKLOG, _BACKLOG = 10, 2.0
"""Today's reviews are a backlog from so many times the mean of the days after it."""


def forecast(facts: Facts, whole: Tally) -> Section:
    """Return the reviews due on each coming day, a backlog on the first."""
    due = facts.due
    mean = sum(due) / len(due) if due else 0.0
    return Section(
        "forecast",
        "Forecast",
        _words(facts, whole),
        _charts(facts, mean, MOST),
        _charts(facts, mean, NARROW_MOST),
        figures={
            "days": len(due),
            "due": sum(due),
            "due_today": due[0] if due else 0,
            "minutes_a_day": round(mean * pace(whole) / 60, 2),
            "by_day": {
                date_of(facts.today + ahead).isoformat(): count for ahead, count in enumerate(due) if count
            },
        },
    )


def _charts(facts: Facts, mean: float, most: int) -> tuple[Chart, ...]:
    """Return one chart: today by itself, then each day, or in a long forecast the mean of so many days at a time."""
    later = facts.due[1:]
    days = next((days for days in _STRETCHES if 1 + len(later) / days <= most), _STRETCHES[-1])
    stretches = [later[first : first + days] for first in range(0, len(later), days)]
    values = [float(facts.due[0]), *(sum(part) / len(part) for part in stretches)] if facts.due else []
    starts = range(facts.today + 1, facts.today + len(facts.due), days)
    return (
        Chart(
            (Series("due", tuple(values)),),
            x=Axis(names=("today", *day_names(starts))),
            y=Axis("reviews due" if days == 1 else f"reviews due a day, by {days} days"),
            marks=(Mark(mean, f"mean {mean:.1f}" if mean < _TEN else f"mean {mean:,.0f}"),),
            kind=ChartKind.COLUMNS,
        ),
    ) * any(values)


def _words(facts: Facts, whole: Tally) -> Said:
    due = facts.due
    if not any(due):
        return Said(f"No review falls due in the next {counted_words(len(due), 'day')}.")
    later = due[1:]
    mean = sum(later) / len(later) if later else 0.0
    each = sum(due) / len(due)
    top_ups = "new cards and lapses come on top."
    if due[0] >= _LEAST_BACKLOG and due[0] > _BACKLOG * mean:
        waits, time = f"{counted_words(due[0], 'review')} wait today", _time(due[0], whole)
        return Said(
            f"{waits}, {time} at your pace: a backlog.",
            f"The days after it bring {mean:,.1f} a day as things stand.",
            f"{waits}, {time} of work: a backlog.",
        )
    most = _most_words(facts) if len(due) <= NARROW_MOST else ""
    if each < 1:
        line = f"{counted_words(sum(due), 'review')} in the next {counted_words(len(due), 'day')}"
        return Said(f"{line}{most or ': less than one a day'}.", top_ups.capitalize())
    a_day = f"{each:.1f}" if each < _TEN else f"{each:,.0f}"
    return Said(
        f"{a_day} reviews a day are due, about {_time(each, whole)}{most or ' a day'}.",
        f"{counted_words(sum(due), 'review')} in {counted_words(len(due), 'day')}; {top_ups}",
        f"{a_day} reviews a day are due, about {_time(each, whole)} a day.",
    )


def _most_words(facts: Facts) -> str:
    """Return which day brings most, for a chart in which each day has its column."""
    top = max(range(len(facts.due)), key=lambda ahead: facts.due[ahead])
    when = "today" if top == 0 else f"on {date_of(facts.today + top):%a %d %b}"
    return f"; most {when} ({facts.due[top]:,})"


def _time(reviews: float, whole: Tally) -> str:
    return seconds_words(max(60.0, reviews * pace(whole)))
