"""What was said before simulations ran, and what was drilled."""

from __future__ import annotations

from quizapp.core.calibration import tally_words
from quizapp.core.chart import Axis, Chart, ChartKind, Series
from quizapp.core.day import date_of
from quizapp.core.memory import Rating
from quizapp.core.statistics.facts import Facts, counted_words
from quizapp.core.statistics.section import Said, Section
from quizapp.core.statistics.share import FEWEST, Share, fields, per_cent
from quizapp.core.statistics.table import Row, Table
from quizapp.core.statistics.tally import Tally

_SMALL_BIAS = 0.3
"""Decades, a factor of two: predictions of sizes that are nearer than this lean to no side worth naming."""


def predictions(facts: Facts) -> Section:
    """Return how well the predictions fit, in short."""
    tally = facts.predictions
    share = Share(tally.hits, tally.count)
    return Section(
        "predictions",
        "Predictions",
        _predicted_words(facts),
        figures={
            **fields(share),
            "sized": tally.sized,
            "error_decades": tally.error_decades,
            "bias_decades": tally.bias_decades,
        },
    )


def _predicted_words(facts: Facts) -> Said:
    tally = facts.predictions
    if not tally.count:
        return Said("No prediction was run in this range: x on a card asks for one.")
    share = Share(tally.hits, tally.count)
    if not share.tells:
        line = (
            f"{tally.hits} of {counted_words(tally.count, 'prediction')} right: too few to conclude anything."
        )
        return Said(line, f"It takes {FEWEST}. In all: {tally_words(tally)}.")
    low, high = share.interval()
    evidence = f"{tally_words(tally)}, so {round(100 * low)}–{round(100 * high)} % are right."
    line = f"{per_cent(share.rate)} of {counted_words(tally.count, 'prediction')} were right"
    bias = tally.bias_decades
    if bias is None:
        return Said(f"{line}.", evidence)
    if abs(bias) < _SMALL_BIAS:
        return Said(f"{line}; sizes lean to no side.", evidence)
    return Said(
        f"{line}; of sizes say {'more' if bias < 0 else 'less'}, by {10 ** abs(bias):.0f} times.", evidence
    )


def drills(facts: Facts, whole: Tally) -> Section:
    """Return how many drills were held, and their ratings in all and by day."""
    counts = tuple(whole.drills)
    total = sum(counts)
    days = range(facts.span.first, facts.span.last + 1)
    by_day = [sum(facts.days[day].drills) if day in facts.days else 0 for day in days]
    chart = Chart(
        (Series("answers", tuple(map(float, by_day))),),
        x=Axis(names=tuple(f"{date_of(day):%d %b}" for day in days)),
        y=Axis("drill answers a day"),
        kind=ChartKind.COLUMNS,
    )
    row = Row(
        "drills",
        (*(f"{count:,}" for count in counts), f"{total:,}"),
        (total - counts[0]) / total if total else None,
    )
    return Section(
        "drills",
        "Drills",
        _drill_words(facts.drills, Share(total - counts[0], total)),
        (chart,) if total else (),
        Table(("again", "hard", "good", "easy", "n"), (row,)) if total else None,
        {
            "drills": facts.drills,
            "answers": total,
            **{rating.name.lower(): count for rating, count in zip(Rating, counts, strict=True)},
            "by_day": {
                date_of(day).isoformat(): count for day, count in zip(days, by_day, strict=True) if count
            },
        },
    )


def _drill_words(held: int, share: Share) -> Said:
    if not share.count:
        return Said(
            "No drill in this range." if not held else f"{counted_words(held, 'drill')} without an answer."
        )
    counted = f"{counted_words(held, 'drill')}, {counted_words(share.count, 'answer')}, {per_cent(share.rate)} passed"
    if not share.tells:
        return Said(f"{counted}: too few to conclude anything.", f"It takes {FEWEST}.")
    low, high = share.interval()
    return Said(
        f"In an interview expect {round(100 * low)}–{round(100 * high)} of 100 answers to go well.",
        f"{counted}.",
    )
