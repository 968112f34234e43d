"""How well a learner's predictions fit what was measured: in all, by simulation, and over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from quizapp.core.day import date_of


@dataclass(frozen=True, slots=True)
class Settled:
    """A prediction whose run has ended.

    Attributes:
        day: The learner's study day.
        error_decades: log10 of what was said over what was measured, of a sketch the mean distance over its bars; None
            where the question does not count decades.
    """

    day: int
    simulation: str
    hit: bool
    error_decades: float | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Some predictions together.

    Attributes:
        sized: How many of them count decades.
        error_decades: The mean of the decades that these were off, on either side; None without any.
        bias_decades: The mean with its sign, below 0 where too little was said; None without any.
    """

    count: int = 0
    hits: int = 0
    sized: int = 0
    error_decades: float | None = None
    bias_decades: float | None = None

    @property
    def hit_rate(self) -> float | None:
        """The share that was right; None of nothing."""
        return self.hits / self.count if self.count else None


@dataclass(frozen=True, slots=True)
class Calibration:
    """The same predictions, tallied in all and by simulation, week and month.

    Attributes:
        by_simulation: The most predicted first.
        by_week, by_month: By the date of the first day, Mondays and firsts, in order; a span without any is left out.
    """

    everything: Tally
    by_simulation: Mapping[str, Tally]
    by_week: Mapping[date, Tally]
    by_month: Mapping[date, Tally]


def calibrated(settled: Iterable[Settled]) -> Calibration:
    """Return how well these predictions fit."""
    kept = tuple(settled)
    simulations = _grouped(kept, lambda one: one.simulation)
    often = sorted(simulations, key=lambda name: (-simulations[name].count, name))
    return Calibration(
        tally(kept),
        {name: simulations[name] for name in often},
        _in_order(_grouped(kept, lambda one: _monday(one.day))),
        _in_order(_grouped(kept, lambda one: date_of(one.day).replace(day=1))),
    )


def tally(settled: Sequence[Settled]) -> Tally:
    """Return the figures of some predictions together."""
    decades = [one.error_decades for one in settled if one.error_decades is not None]
    return Tally(
        count=len(settled),
        hits=sum(one.hit for one in settled),
        sized=len(decades),
        error_decades=sum(map(abs, decades)) / len(decades) if decades else None,
        bias_decades=sum(decades) / len(decades) if decades else None,
    )


def tally_words(one: Tally) -> str:
    """Return the figures of some predictions in words."""
    if not one.count:
        return "no predictions yet"
    predictions = "1 prediction" if one.count == 1 else f"{one.count} predictions"
    words = f"{predictions}, {one.hits} right"
    if one.error_decades is not None and one.bias_decades is not None:
        side = "too low" if one.bias_decades < 0 else "too high"
        words += f", sizes off by {one.error_decades:.1f} decades, mostly {side}"
    return words


def _grouped(settled: Sequence[Settled], key: Callable[[Settled], Any]) -> dict[Any, Tally]:
    groups: dict[Any, list[Settled]] = defaultdict(list)
    for one in settled:
        groups[key(one)].append(one)
    return {name: tally(group) for name, group in groups.items()}


def _in_order(tallies: dict[date, Tally]) -> dict[date, Tally]:
    return dict(sorted(tallies.items()))


def _monday(day: int) -> date:
    here = date_of(day)
    return here - timedelta(days=here.weekday())
