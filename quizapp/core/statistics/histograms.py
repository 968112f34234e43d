"""How intervals, stability, difficulty and the present probability of recall are spread over the cards."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from quizapp.core.chart import Axis, Chart, ChartKind, Series
from quizapp.core.duration import days_words
from quizapp.core.per_cent import per_cent
from quizapp.core.statistics.facts import Facts, counted_words
from quizapp.core.statistics.memories import Memories, mean, median
from quizapp.core.statistics.section import Said, Section, too_few
from quizapp.core.statistics.share import FEWEST

DAYS = (0, 1, 2, 4, 8, 15, 22, 31, 61, 91, 181, 366, 731, 1827)
"""Where each range of days begins, the last one without an end."""
_DAY_NAMES = ("<1d", "1d", "2d", "4d", "8d", "15d", "22d", "1mo", "2mo", "3mo", "6mo", "1y", "2y", "5y+")
HARD, MANY_HARD = 80, 0.2
"""A difficulty of 8 in tenths, and the share of cards from which these are worth a word."""
_WEAK = 0.7


def intervals(memories: Memories) -> Section:
    """Return the intervals of the cards in review."""
    counts = memories.intervals
    total, middle = sum(counts.values()), median(counts)
    said = too_few(total, "interval")
    if total >= FEWEST:
        cards, mature = counted_words(total, "card"), per_cent(memories.mature / total)
        said = Said(
            f"Half of {cards} in review come back within {days_words(middle)}; {mature} are mature.",
            "Mature is an interval of 21 days or more.",
            f"Half of {cards} come back within {days_words(middle)}.",
        )
    figures = {
        "cards": total,
        "median_days": middle,
        "mean_days": round(mean(counts), 2),
        "mature": memories.mature,
    }
    return _section("intervals", "Intervals", said, _days(counts, 1), "cards", figures)


def stability(memories: Memories) -> Section:
    """Return the stabilities of the cards that were ever reviewed."""
    counts = memories.stabilities
    total, middle = sum(counts.values()), median(counts) / 10
    said = _few(total)
    if total >= FEWEST:
        cards = counted_words(total, "card")
        said = Said(
            f"Half of {cards} hold {days_words(middle)} or more until recall falls to 90 %.",
            "That is how long a break costs little.",
            f"Half of {cards} hold {days_words(middle)} or more.",
        )
        if middle < 1:
            said = Said(
                f"Half of {cards} fall to 90 % recall within a day.",
                "Each recall after a night makes it more.",
            )
    figures = {"cards": total, "median_days": middle, "mean_days": round(mean(counts) / 10, 2)}
    return _section("stability", "Stability", said, _days(counts, 10), "cards", figures)


def difficulty(memories: Memories) -> Section:
    """Return the difficulties of the cards that were ever reviewed."""
    counts = memories.difficulties
    total = sum(counts.values())
    hard = sum(count for tenths, count in counts.items() if tenths >= HARD)
    said = _few(total)
    if total >= FEWEST:
        many = hard / total > MANY_HARD
        said = Said(
            f"{per_cent(hard / total)} of {counted_words(total, 'card')} are 8 or harder"
            + (": split them, they return most often." if many else ", which is no burden."),
            f"The mean is {mean(counts) / 10:.1f} of 10.",
            f"{per_cent(hard / total)} of the cards are 8 or harder"
            + (": split them." if many else ", no burden."),
        )
    bins = _binned(counts, [10 * (number + 1) for number in range(9)])
    figures = {"cards": total, "mean": round(mean(counts) / 10, 2), "hard": hard}
    names = [f"{number}" for number in range(1, 9)] + ["9–10"]
    return _section("difficulty", "Difficulty", said, dict(zip(names, bins, strict=True)), "cards", figures)


def retrievability(facts: Facts) -> Section:
    """Return how probable recall is now, over the cards that were ever reviewed."""
    counts = facts.memories.recalls
    total, average = facts.memories.count, mean(counts)
    weak = sum(count for recall, count in counts.items() if recall < _WEAK)
    said = _few(total)
    if total >= FEWEST:
        would, words = f"You would recall {per_cent(average)} of", _recall_words(facts, average)
        evidence = f"About {round(average * total):,}; {counted_words(weak, 'card')} below {per_cent(_WEAK)}."
        said = Said(
            f"{would} {counted_words(total, 'card')} now{words}",
            f"{evidence} On its due day a card has {per_cent(facts.desired)}.",
            f"{would} the cards now{words}",
        )
    bins = _binned(counts, [number / 10 for number in range(10)])
    names = [f"{10 * number} %" for number in range(10)]
    figures = {
        "cards": total,
        "mean": round(average, 4),
        "recalled": round(average * total, 1),
        "below_70": weak,
    }
    return _section(
        "retrievability", "Retrievability now", said, dict(zip(names, bins, strict=True)), "cards", figures
    )


def _recall_words(facts: Facts, average: float) -> str:
    if average >= facts.desired:
        return ", as it should be."
    return ": due ones wait." if any(facts.due[:1]) else ", less than wanted."


def _few(total: int) -> Said:
    return too_few(total, "reviewed card")


def _days(counts: Mapping[int, int], unit: int) -> dict[str, int]:
    """Return how many cards lie in each range of days, up to the last one that has any."""
    bins = _binned(counts, [days * unit for days in DAYS])
    last = max((number for number, count in enumerate(bins) if count), default=0)
    first = 0 if bins[0] else 1
    return dict(zip(_DAY_NAMES[first : last + 1], bins[first : last + 1], strict=True))


def _binned(counts: Mapping[int, int] | Mapping[float, int], starts: Sequence[float]) -> list[int]:
    bins = [0] * len(starts)
    for value, count in counts.items():
        bins[max(0, bisect_right(starts, value) - 1)] += count
    return bins


def _section(
    name: str, title: str, said: Said, bins: Mapping[str, int], unit: str, figures: Mapping[str, object]
) -> Section:
    chart = Chart(
        (Series(unit, tuple(map(float, bins.values()))),),
        x=Axis(names=tuple(bins)),
        y=Axis(unit),
        kind=ChartKind.COLUMNS,
    )
    return Section(
        name,
        title,
        said,
        (chart,) if any(bins.values()) else (),
        figures={**figures, "histogram": dict(bins)},
    )
