"""A share of some cases, and how surely it is known: Wilson's interval decides what may be concluded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from statistics import NormalDist

FEWEST = 30
"""Of fewer cases no share is concluded from."""
MATTERS = 0.02
"""A smaller difference is nothing to act upon, however surely it is known."""
_CHANCE = 0.05


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some cases passed."""

    passed: int = 0
    count: int = 0

    def __add__(self, other: Share) -> Share:
        """Return the share over both."""
        return Share(self.passed + other.passed, self.count + other.count)

    @property
    def rate(self) -> float | None:
        """The share; None of nothing."""
        return self.passed / self.count if self.count else None

    def interval(self, comparisons: int = 1) -> tuple[float, float]:
        """Return the ends between which the true rate lies, as 95 % of such intervals do.

        Args:
            comparisons: How many intervals are looked at together: they widen so that 95 % holds for all of them.

        Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927);
            the correction for several is Bonferroni's.
        """
        if not self.count:
            return 0.0, 1.0
        z = _z(comparisons)
        rate, extra = self.passed / self.count, z * z / self.count
        middle = rate + extra / 2
        reach = z * sqrt(rate * (1 - rate) / self.count + extra / (4 * self.count))
        return max(0.0, (middle - reach) / (1 + extra)), min(1.0, (middle + reach) / (1 + extra))

    @property
    def tells(self) -> bool:
        """Whether there are cases enough to conclude anything."""
        return self.count >= FEWEST

    def holds(self, rate: float) -> bool:
        """Return whether a rate agrees with what was counted, or differs by too little to matter."""
        low, high = self.interval()
        return low <= rate <= high or abs((self.rate or 0.0) - rate) < MATTERS

    def differs(self, other: Share, comparisons: int = 1) -> bool:
        """Return whether two shares are told apart: both of enough cases, by enough, their intervals not overlapping."""
        if not self.tells or not other.tells or abs((self.rate or 0.0) - (other.rate or 0.0)) < MATTERS:
            return False
        (low, high), (other_low, other_high) = self.interval(comparisons), other.interval(comparisons)
        return low > other_high or other_low > high


@lru_cache
def _z(comparisons: int) -> float:
    return NormalDist().inv_cdf(1 - _CHANCE / 2 / comparisons)


def fields(share: Share) -> dict[str, object]:
    """Return the figures as plain values for scripts."""
    low, high = share.interval()
    return {
        "passed": share.passed,
        "count": share.count,
        "rate": None if share.rate is None else round(share.rate, 4),
        "interval": [round(low, 4), round(high, 4)] if share.count else None,
    }
