"""A share of some cases, and how surely it is known: Wilson's interval decides what may be concluded."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

FEWEST = 30
"""Of fewer cases no share is concluded from."""
_Z = 1.96


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

    @property
    def interval(self) -> tuple[float, float]:
        """The ends between which the true rate lies, as 95 % of such intervals do.

        Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
        """
        if not self.count:
            return 0.0, 1.0
        rate, extra = self.passed / self.count, _Z * _Z / self.count
        middle = rate + extra / 2
        reach = _Z * sqrt(rate * (1 - rate) / self.count + extra / (4 * self.count))
        return max(0.0, (middle - reach) / (1 + extra)), min(1.0, (middle + reach) / (1 + extra))

    @property
    def tells(self) -> bool:
        """Whether there are cases enough to conclude anything."""
        return self.count >= FEWEST

    def holds(self, rate: float) -> bool:
        """Return whether a rate agrees with what was counted."""
        low, high = self.interval
        return low <= rate <= high

    def differs(self, other: Share) -> bool:
        """Return whether two shares are told apart: both of enough cases, and their intervals do not overlap."""
        (low, high), (other_low, other_high) = self.interval, other.interval
        return self.tells and other.tells and (low > other_high or other_low > high)


def per_cent(rate: float | None) -> str:
    """Return a rate as a learner reads it; a point for none."""
    return "·" if rate is None else f"{rate:.0%}".replace("%", " %")


def fields(share: Share) -> dict[str, object]:
    """Return the figures as plain values for scripts."""
    low, high = share.interval
    return {
        "passed": share.passed,
        "count": share.count,
        "rate": None if share.rate is None else round(share.rate, 4),
        "interval": [round(low, 4), round(high, 4)] if share.count else None,
    }
