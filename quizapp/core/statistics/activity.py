"""On which days the learner studied, how much, and how long: a calendar, and reviews and minutes a day."""

from __future__ import annotations

from itertools import groupby

from quizapp.core.chart import Axis, Chart, ChartKind, Mark, Series
from quizapp.core.day import date_of
from quizapp.core.duration import seconds_words
from quizapp.core.statistics.facts import Facts, counted_words, pace
from quizapp.core.statistics.periods import MOST, NARROW_MOST, amount_chart
from quizapp.core.statistics.section import Said, Section
from quizapp.core.statistics.span import YEAR_DAYS
from quizapp.core.statistics.tally import Tally

NOTHING = Said("No review in this range.")
STEADY, SPARSE = 0.9, 0.6
_LEAST_DAYS = 7
_TEN = 10


def calendar(facts: Facts) -> Section:
    """Return the days as a calendar."""
    span = facts.span
    counts = {day: facts.days[day].reviews if day in facts.days else 0 for day in _every(facts)}
    chart = Chart(
        (Series("reviews", tuple(map(float, counts.values())), tuple(map(float, counts))),),
        y=Axis("reviews a day"),
        kind=ChartKind.CALENDAR,
    )
    active = [day for day, count in counts.items() if count]
    run, now = _runs(active, span.last)
    figures = {
        "first_day": date_of(span.first).isoformat(),
        "last_day": date_of(span.last).isoformat(),
        "days": facts.counted.days,
        "days_studied": len(active),
        "longest_run": run,
        "run_now": now,
        "reviews": {date_of(day).isoformat(): count for day, count in counts.items() if count},
    }
    return Section("calendar", "Calendar", _calendar_words(facts, counts, active), (chart,), figures=figures)


def _every(facts: Facts) -> range:
    return range(facts.span.first, facts.span.last + 1)


def _calendar_words(facts: Facts, counts: dict[int, int], active: list[int]) -> Said:
    if not active:
        return NOTHING
    days = facts.counted.days
    run, now = _runs(active, facts.span.last)
    busiest = max(active, key=lambda day: counts[day])
    line = f"You studied on {len(active):,} of {counted_words(days, 'day')}"
    evidence = f"{run} in a row"
    evidence += " up to now" if run == now else f" at most and {now} up to now" if now else " at most"
    form = "%d %b" if days <= YEAR_DAYS else "%d %b %Y"
    evidence += f"; most on {date_of(busiest):{form}} ({counted_words(counts[busiest], 'review')})."
    if days >= _LEAST_DAYS and len(active) / days < SPARSE:
        return Said(
            f"{line}: cards pile up on the days between.",
            f"{evidence} A few minutes on each keep the load even.",
            f"{line}, so cards pile up.",
        )
    if days < _LEAST_DAYS:
        return Said(f"{line}.", evidence)
    if len(active) / days >= STEADY:
        return Said(f"{line}: that is steady.", evidence)
    return Said(f"{line}: regular, with gaps.", evidence, f"{line}, with gaps.")


def _runs(active: list[int], last: int) -> tuple[int, int]:
    """Return the longest run of days, and the one that ends with the last day or the one before it."""
    runs = [list(run) for _, run in groupby(enumerate(active), key=lambda placed: placed[1] - placed[0])]
    longest = max((len(run) for run in runs), default=0)
    now = len(runs[-1]) if runs and runs[-1][-1][1] >= last - 1 else 0
    return longest, now


def by_day(facts: Facts, whole: Tally) -> Section:
    """Return reviews and minutes by day."""
    active = sum(1 for day, tally in facts.days.items() if day in facts.span and tally.reviews)
    return Section(
        "days",
        "Reviews and time by day",
        _day_words(facts, whole, active),
        _charts(facts, whole, active, MOST),
        _charts(facts, whole, active, NARROW_MOST),
        figures={
            "reviews": whole.reviews,
            "minutes": round(whole.milliseconds / 60_000, 2),
            "seconds_a_review": round(pace(whole), 2) if whole.milliseconds else None,
            "by_day": {
                date_of(day).isoformat(): {
                    "reviews": tally.reviews,
                    "minutes": round(tally.milliseconds / 60_000, 2),
                }
                for day, tally in sorted(facts.days.items())
                if day in facts.span and tally.reviews
            },
        },
    )


def _charts(facts: Facts, whole: Tally, active: int, most: int) -> tuple[Chart, ...]:
    """Return a chart of the reviews, and one of the minutes if these are known, from the first rating on."""
    amounts = {"reviews": {day: float(tally.reviews) for day, tally in facts.days.items()}}
    if whole.milliseconds:
        amounts["minutes"] = {day: tally.milliseconds / 60_000 for day, tally in facts.days.items()}
    span = facts.counted
    return tuple(
        amount_chart(
            span,
            values,
            f"{unit} a day",
            most,
            _mean_mark(sum(values.values()) / span.days) if active > 1 else (),
        )
        for unit, values in amounts.items()
        if active
    )


def _mean_mark(mean: float) -> tuple[Mark, ...]:
    return (Mark(mean, f"mean {mean:.1f}" if mean < _TEN else f"mean {mean:,.0f}"),)


def _day_words(facts: Facts, whole: Tally, active: int) -> Said:
    if not active:
        return NOTHING
    a_day = f"over all {counted_words(facts.counted.days, 'day')} {whole.reviews / facts.counted.days:,.1f} a day."
    a_days_reviews = counted_words(round(whole.reviews / active), "review")
    if not whole.milliseconds:
        return Said(
            f"A day of study has {a_days_reviews}; how long they took is not known.",
            f"{counted_words(whole.reviews, 'review')}; {a_day}",
            f"A day of study has {a_days_reviews} of unknown length.",
        )
    of_a_day = seconds_words(whole.milliseconds / 1000 / active)
    each = f"{pace(whole):.0f} s each"
    return Said(
        f"A day of study has {a_days_reviews} and takes {of_a_day}.",
        f"{counted_words(whole.reviews, 'review')} in {seconds_words(whole.milliseconds / 1000)}, {each}; {a_day}",
    )
