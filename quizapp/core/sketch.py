"""A sketch in the making: one bar for each setting, moved between the ends of a linear or a logarithmic range."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from sims.protocol import Prediction

STEPS = 40
"""A bar goes from one end of its range to the other in so many small steps, on a linear scale."""
DECADE_STEPS = 10
"""On a logarithmic scale a decade has so many small steps, fewer where that would make too many."""
MOST_STEPS = 60
LEAP = 5
"""A large step is so many small ones."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """Where the bars stand. Heights count small steps from the low end, so that moving back is exact.

    Attributes:
        steps: How many small steps the range has.
        place: The bar that the keys move.
        is_touched: A bar was moved; before that nothing has been said.
    """

    low: float
    high: float
    log: bool
    steps: int
    heights: tuple[int, ...]
    place: int = 0
    is_touched: bool = False

    def moved(self, steps: int) -> Sketch:
        """Return this with the chosen bar moved, held inside its range."""
        return self.raised(self.heights[self.place] + steps)

    def raised(self, height: int) -> Sketch:
        """Return this with the chosen bar at a height in small steps, held inside its range."""
        heights = list(self.heights)
        heights[self.place] = min(self.steps, max(0, height))
        return replace(self, heights=tuple(heights), is_touched=True)

    def chosen(self, step: int) -> Sketch:
        """Return this with the next bar chosen, or the one before; the ends hold."""
        return replace(self, place=min(len(self.heights) - 1, max(0, self.place + step)))

    def share(self, place: int) -> float:
        """Return how far up its range a bar stands, 0 to 1."""
        return self.heights[place] / self.steps

    @property
    def values(self) -> tuple[float, ...]:
        """What the bars stand for."""
        return tuple(map(self._value, self.heights))

    def _value(self, height: int) -> float:
        if height in (0, self.steps):  # exactly, not by way of logarithms
            return self.high if height else self.low
        share = height / self.steps
        if self.log:
            low, high = math.log10(self.low), math.log10(self.high)
            return float(10 ** round(low + share * (high - low), 10))
        return round(self.low + share * (self.high - self.low), 10)


def begun(prediction: Prediction) -> Sketch:
    """Return the sketch that a question begins with: every bar half way up."""
    log = prediction.log_scale and prediction.low > 0
    steps = STEPS
    if log:
        decades = math.log10(prediction.high / prediction.low)
        fits = (count for count in (DECADE_STEPS, 5, 4, 2, 1) if count * decades <= MOST_STEPS)
        steps = max(2, round(decades * next(fits, MOST_STEPS / decades)))
    middle = steps // 2
    return Sketch(prediction.low, prediction.high, log, steps, (middle,) * len(prediction.bars))
