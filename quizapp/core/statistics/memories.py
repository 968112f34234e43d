"""The memory states of many cards, as counts of whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from quizapp.core.memory import forgetting_curve
from quizapp.core.statistics.tally import MATURE_DAYS


@dataclass(frozen=True, slots=True)
class Memories:
    """How many cards have which memory.

    Attributes:
        intervals: Cards in review by their interval in study days.
        stabilities: By tenths of a day, cut off.
        difficulties: By tenths, cut off.
        waits: By thousandths of their stability that have gone by since the last review, cut off: on it alone
            the probability of recall depends, and half a thousandth of it changes that by less than 0.0001.
    """

    intervals: Mapping[int, int] = field(default_factory=dict)
    stabilities: Mapping[int, int] = field(default_factory=dict)
    difficulties: Mapping[int, int] = field(default_factory=dict)
    waits: Mapping[int, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many cards were ever reviewed."""
        return sum(self.difficulties.values())

    @property
    def mature(self) -> int:
        """How many cards have an interval of 21 days or more."""
        return sum(count for days, count in self.intervals.items() if days >= MATURE_DAYS)

    @property
    def recalls(self) -> Mapping[float, int]:
        """How many cards have which probability of recall now."""
        return {
            forgetting_curve(1.0, (wait + 0.5 * bool(wait)) / 1000): count
            for wait, count in self.waits.items()
        }


def mean(counts: Mapping[float, int] | Mapping[int, int], value: Callable[[float], float] = float) -> float:
    """Return the mean of some counted values; 0 of none."""
    total = sum(counts.values())
    return sum(value(one) * count for one, count in counts.items()) / total if total else 0.0


def median(counts: Mapping[float, int] | Mapping[int, int]) -> float:
    """Return the median of some counted values, the lower one of two; 0 of none."""
    half, seen = (sum(counts.values()) + 1) // 2, 0
    for one, count in sorted(counts.items()):
        seen += count
        if seen >= half:
            return float(one)
    return 0.0
