"""Gradient descent on chains of scalars, in Python's own floats: the same on every machine and device, inf included."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

TARGET = 1.0
STRAYED = 10.0  # times the |f − 1| of the start; below 2/λ it shrinks at every step
FOUND = 1e-13  # |f − 1| that rounding allows


@dataclass(slots=True)
class Chain:
    """f = ∏ (shift + scale·w_i), trained towards 1.

    Attributes:
        factors: shift + scale·w_i, one for each layer: descent on w_i moves a factor by scale² times the rate.
        scale: 1/√L for the multiplier, else 1.
    """

    factors: list[float]
    scale: float

    @property
    def error(self) -> float:
        """|f − 1|."""
        return abs(math.prod(self.factors) - TARGET)

    def step(self, rate: float) -> None:
        """Move every w_i one step of gradient descent on ½(f − 1)²."""
        product = math.prod(self.factors)
        pull = rate * self.scale**2 * (product - TARGET)
        self.factors = [
            factor - pull * (product / factor if factor else _others(self.factors, place))
            for place, factor in enumerate(self.factors)
        ]


def begin(chain: str, offsets: Sequence[float]) -> Chain:
    """Return a chain whose factors begin at these offsets from the minimum at which every one is 1."""
    scale = 1 / math.sqrt(len(offsets)) if chain == "1/√L" else 1.0
    return Chain([1 + offset for offset in offsets], scale)


def comes_nearer(chain: str, offsets: Sequence[float], rate: float, steps: int) -> bool:
    """Whether this many steps at this rate end nearer to f = 1 than they began, and never strayed.

    A rate far too large throws the chain about and may drop it near the minimum by luck: that does not count.
    """
    net = begin(chain, offsets)
    start = error = net.error
    for _ in range(steps):
        net.step(rate)
        error = net.error
        if not FOUND < error < STRAYED * start:  # NaN fails too
            break
    return error < start


def _others(factors: Sequence[float], place: int) -> float:
    return math.prod(factors[:place]) * math.prod(factors[place + 1 :])


@dataclass(slots=True)
class Cliff:
    """f = w^L, one weight in L places, trained towards 1 with or without a limit on the gradient.

    Attributes:
        losses: ½(f − 1)² before the first step and after each.
        clip: The largest |gradient| that is used; inf for none.
    """

    depth: int
    weight: float
    rate: float
    clip: float
    losses: list[float]

    @classmethod
    def begin(cls, depth: int, weight: float, rate: float, clip: float = math.inf) -> Cliff:
        """Return the chain before its first step."""
        cliff = cls(depth, weight, rate, clip, [])
        cliff.losses.append(cliff.loss)
        return cliff

    @property
    def output(self) -> float:
        """The chain's f; inf once it leaves Python's floats (math.prod does not raise where ** would)."""
        return math.prod([self.weight] * self.depth)

    @property
    def loss(self) -> float:
        """½(f − 1)²."""
        error = self.output - TARGET
        return error * error / 2

    @property
    def gradient(self) -> float:
        """(f − 1)·L·w^(L−1)."""
        return (self.output - TARGET) * self.depth * math.prod([self.weight] * (self.depth - 1))

    @property
    def died_at(self) -> float:
        """The step after which the loss was not finite; inf if it always was."""
        dead = (float(step) for step, loss in enumerate(self.losses) if not math.isfinite(loss))
        return next(dead, math.inf)

    def step(self) -> None:
        """Move the weight one step; a chain that died stays dead."""
        if not math.isfinite(self.losses[-1]):
            self.losses.append(math.nan)
            return
        gradient = self.gradient
        self.weight -= self.rate * max(-self.clip, min(self.clip, gradient))
        self.losses.append(self.loss)
