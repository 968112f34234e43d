"""What was drilled: readiness with its uncertainty, the score of each drill, and where each topic goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from quizapp.core.chart import Axis, Chart, ChartKind, Series
from quizapp.core.day import date_of
from quizapp.core.drill.debrief import WEAK_BELOW
from quizapp.core.drill.readiness import Readiness
from quizapp.core.drill.trend import Trend, score_line
from quizapp.core.memory import Rating
from quizapp.core.per_cent import per_cent
from quizapp.core.statistics.drilled import Drilled
from quizapp.core.statistics.facts import Facts, counted_words
from quizapp.core.statistics.periods import NARROW_MOST, amount_chart
from quizapp.core.statistics.section import Said, Section
from quizapp.core.statistics.span import Span, day_names
from quizapp.core.statistics.table import Row, Table, one_line
from quizapp.core.statistics.tally import Tally

SURE = 0.1
"""Of a readiness that is less sure than this, either way, nothing is concluded."""
MOST = 12
"""So many topics are shown; scripts get all."""
_NAME, _SHORT_NAME = 24, 20
"""The room for a topic's name in a conclusion, and in a short one."""
_LINE = 8
"""So many scores of a topic are drawn, the latest."""


def drills(facts: Facts, whole: Tally) -> Section:
    """Return how ready the learner is, how the drills of the range went, and where their topics go."""
    found = facts.drilled
    counts = tuple(whole.drills)
    by_day = {day: sum(tally.drills) for day, tally in sorted(facts.days.items()) if day in facts.span}
    return Section(
        "drills",
        "Drills",
        conclusion(found, counts),
        charts=tuple(_charts(found, facts.counted, by_day)),
        tables=tuple(_tables(found.trends, counts)),
        figures={
            "drills": found.held,
            "answers": sum(counts),
            **{rating.name.lower(): count for rating, count in zip(Rating, counts, strict=True)},
            "by_day": {date_of(day).isoformat(): count for day, count in by_day.items() if count},
            "scores": [[date_of(day).isoformat(), round(score, 4)] for day, score in found.scores],
            "readiness": _readiness_fields(found.readiness),
            "topics": {
                one.topic_id: {
                    "title": one.title,
                    "scores": [round(score, 4) for score in one.scores],
                    "change": None if one.change is None else round(one.change, 4),
                    "trend": one.words,
                }
                for one in found.trends
            },
        },
    )


def _charts(found: Drilled, span: Span, by_day: Mapping[int, int]) -> Iterable[Chart]:
    """Yield the score of each drill where there are two, else the answers a day."""
    if len(found.scores) > 1:
        scores = found.scores[-NARROW_MOST:]
        each = "each drill" if len(scores) == len(found.scores) else f"the last {len(scores)} drills"
        yield Chart(
            (Series("score", tuple(100 * score for _, score in scores)),),
            x=Axis(names=day_names([day for day, _ in scores])),
            y=Axis(f"score of {each}, %", high=100),
            kind=ChartKind.COLUMNS,
        )
    elif any(by_day.values()):
        yield amount_chart(
            span, {day: float(count) for day, count in by_day.items()}, "drill answers a day", NARROW_MOST
        )


def _tables(found: Sequence[Trend], counts: Sequence[int]) -> Iterable[Table]:
    """Yield the topics with their scores over the drills, the weakest first, and how often each rating was given."""
    if found:
        rows = tuple(
            Row(
                one.title,
                (f"{score_line(one.scores, _LINE):>{_LINE}}", per_cent(one.scores[-1]), one.words),
                one.scores[-1],
            )
            for one in found[:MOST]
        )
        yield Table(("scores", "last", "trend"), rows, max(0, len(found) - MOST))
    if total := sum(counts):
        row = Row("ratings", (*(f"{count:,}" for count in counts), f"{total:,}"), 1 - counts[0] / total)
        yield Table(("again", "hard", "good", "easy", "n"), (row,))


def _readiness_fields(found: Readiness | None) -> dict[str, object] | None:
    if found is None or not found.answers:
        return None
    return {
        "mean": round(found.mean, 4),
        "interval": [round(found.low, 4), round(found.high, 4)],
        "confidence": 0.9,
        "answers": found.answers,
        "topics": found.topics,
        "of_topics": found.known,
    }


def conclusion(found: Drilled, counts: Sequence[int]) -> Said:
    """Return how ready the learner is, if that is known well enough, and what to drill next.

    Args:
        counts: How often Again, Hard, Good and Easy were given in drills of the range.
    """
    ready = found.readiness if found.readiness is not None and found.readiness.answers else None
    counted = _counted_words(found, counts)
    if not found.held and not sum(counts):
        return Said("No drill in this range.", f"Readiness now {ready.words}." if ready else "")
    if ready is None:
        return Said("Without judged answers no readiness follows.", f"{counted}.")
    answers = counted_words(ready.answers, "judged answer")
    evidence = f"{answers} on {ready.topics} of {ready.known} topics, older ones counting less; {counted}."
    margin = (ready.high - ready.low) / 2
    line = f"Readiness {100 * ready.mean:.0f} ± {100 * margin:.0f} %"
    if margin > SURE:
        return Said(f"{line}: a few more drills would tell.", evidence)
    topic, why = _next(found.trends)
    if topic is None:
        return Said(f"{line}: no topic of this range is weak.", evidence)
    return Said(
        f"{line}: drill {one_line(topic.title, _NAME)} next, it {why}.",
        f"It had {per_cent(topic.scores[-1])}. {evidence}",
        f"{line}: drill {one_line(topic.title, _SHORT_NAME)} next.",
    )


def _next(found: Sequence[Trend]) -> tuple[Trend | None, str]:
    """Return which topic to drill next, and why: the weakest that falls, else the weakest of all if it is weak."""
    falling = [one for one in found if one.words == "falling"]
    weak = [one for one in found if one.scores[-1] < WEAK_BELOW]
    if falling:
        return falling[0], "falls"
    return (weak[0], "is the weakest") if weak else (None, "")


def _counted_words(found: Drilled, counts: Sequence[int]) -> str:
    total = sum(counts)
    held = counted_words(found.held, "drill")
    if not total:
        return f"{held} without a rating"
    rated = f"{counted_words(total, 'rating')}, {per_cent(1 - counts[0] / total)} passed"
    return f"{held}, {rated}" if found.held else rated
