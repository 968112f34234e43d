"""What falls due on the days to come."""

from __future__ import annotations

from quizapp.core.chart import Axis, Chart, ChartKind, Mark, Series
from quizapp.core.day import date_of
from quizapp.core.duration import seconds_words
from quizapp.core.statistics.facts import Facts, counted_words, pace
from quizapp.core.statistics.section import Said, Section
from quizapp.core.statistics.span import day_names
from quizapp.core.statistics.tally import Tally

_TEN = 10
_BACKLOG = 2.0
"""Today's reviews are a backlog from so many times the mean of the days after it."""


def forecast(facts: Facts, whole: Tally) -> Section:
    """Return the reviews due on each coming day, a backlog on the first."""
    due = facts.due
    names = ("today", *day_names(range(facts.today + 1, facts.today + len(due))))
    mean = sum(due) / len(due) if due else 0.0
    chart = Chart(
        (Series("due", tuple(map(float, due))),),
        x=Axis(names=names),
        y=Axis("reviews due"),
        marks=(Mark(mean, f"mean {mean:.1f}" if mean < _TEN else f"mean {mean:,.0f}"),),
        kind=ChartKind.COLUMNS,
    )
    return Section(
        "forecast",
        "Forecast",
        _words(facts, whole),
        (chart,) if any(due) else (),
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


def _words(facts: Facts, whole: Tally) -> Said:
    due = facts.due
    if not any(due):
        return Said(f"No review falls due in the next {counted_words(len(due), 'day')}.")
    later = due[1:]
    mean = sum(later) / len(later) if later else 0.0
    if due[0] >= 10 and due[0] > _BACKLOG * mean:
        waits = f"{counted_words(due[0], 'review')} wait today, {_time(due[0], whole)} at your pace"
        return Said(f"{waits}: a backlog.", f"The days after it bring {mean:.1f} a day as things stand.")
    top = max(range(len(due)), key=lambda ahead: due[ahead])
    when = "today" if top == 0 else f"on {date_of(facts.today + top):%a %d %b}"
    each = sum(due) / len(due)
    if each < 1:
        line = f"{counted_words(sum(due), 'review')} in the next {counted_words(len(due), 'day')}; most {when} ({due[top]})."
        return Said(line, "New cards and lapses come on top.")
    return Said(
        f"{each:.1f} reviews a day are to come, about {_time(each, whole)}; most {when} ({due[top]:,}).",
        f"{counted_words(sum(due), 'review')} in {counted_words(len(due), 'day')}; new cards and lapses come on top.",
    )


def _time(reviews: float, whole: Tally) -> str:
    return seconds_words(max(60.0, reviews * pace(whole)))
