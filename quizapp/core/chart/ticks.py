"""The places along an axis that carry a number: 1-2-5 steps, or decades on a log axis."""

from __future__ import annotations

import math
from dataclasses import dataclass

from quizapp.core.chart.number import PLAIN_BELOW, PLAIN_FROM, fixed_text, number_text, power_text
from quizapp.core.chart.scale import Scale

_SLACK = 1e-9
_DECADE_STEPS = (1, 2, 3, 5, 10, 20, 50, 100, 200, 500)
# Below this many decades whole decades would leave most of the plot empty: 1, 2, 5, 10 bound it instead.
_WHOLE_DECADES_FROM = 3.0
# A factor of two: within it the steps of a linear axis serve a log axis best.
_LINEAR_BELOW = 0.301


@dataclass(frozen=True, slots=True)
class Tick:
    """A number and where it stands, as a length along the axis."""

    at: float
    text: str


def rounded(scale: Scale, count: int) -> Scale:
    """Return the scale widened to round numbers, given about how many ticks it will carry.

    The ends of a linear scale may lie halfway between two ticks: that leaves less of the plot empty.
    """
    if not scale.log:
        return Scale(*_rounded_linear(scale.low, scale.high, 2 * count))
    span = scale.high - scale.low
    if span >= _WHOLE_DECADES_FROM:
        return Scale(math.floor(scale.low + _SLACK), math.ceil(scale.high - _SLACK), log=True)
    if span >= _LINEAR_BELOW or not _is_plain(scale):
        return Scale(_one_two_five_below(scale.low), -_one_two_five_below(-scale.high), log=True)
    low, high = _rounded_linear(10.0**scale.low, 10.0**scale.high, 2 * count)
    return Scale(math.log10(low) if low > 0 else scale.low, math.log10(high), log=True)


def ticks(scale: Scale, count: int, *, whole: bool = False) -> tuple[Tick, ...]:
    """Return at most about `count` ticks inside the scale, at least one.

    Args:
        whole: Only whole numbers may carry a tick, as for layers and steps.
    """
    if not scale.log:
        return _linear(scale.low, scale.high, count, whole=whole)
    decades = _decades(scale, count)
    if len(decades) >= 2 or not _is_plain(scale) or scale.high - scale.low >= _WHOLE_DECADES_FROM:
        return decades
    return _within_a_decade(scale, count) or decades


def linear_step(low: float, high: float, count: int) -> float:
    """Return the smallest 1, 2 or 5 times a power of ten that needs at most `count` steps from low to high."""
    least = high / count - low / count
    power = 10.0 ** math.floor(math.log10(least)) if 0 < least < math.inf else 0.0
    return next((m * power for m in (1, 2, 5, 10) if m * power >= least * (1 - _SLACK)), math.inf)


def _rounded_linear(low: float, high: float, count: int) -> tuple[float, float]:
    step = linear_step(low, high, max(1, count))
    if not 0 < step < math.inf:
        return low, high
    new_low, new_high = math.floor(low / step + _SLACK) * step, math.ceil(high / step - _SLACK) * step
    return (new_low, new_high) if math.isfinite(new_low) and math.isfinite(new_high) else (low, high)


def _linear(low: float, high: float, count: int, *, whole: bool = False) -> tuple[Tick, ...]:
    step = linear_step(low, high, max(1, count))
    step = max(1.0, step) if whole else step
    if not 0 < step < math.inf:
        return tuple(Tick(end, number_text(end, 2)) for end in (low, high))
    first, last = math.ceil(low / step - _SLACK), math.floor(high / step + _SLACK)
    values = [number * step for number in range(first, last + 1)]
    return tuple(Tick(value, _step_text(value, step, max(abs(low), abs(high)))) for value in values)


def _step_text(value: float, step: float, largest: float) -> str:
    if largest < PLAIN_BELOW and (step >= PLAIN_FROM / 10 or largest >= 1):
        return fixed_text(value, max(0, -math.floor(math.log10(step) + _SLACK)))
    digits = math.floor(math.log10(largest)) - math.floor(math.log10(step) + _SLACK) + 1
    return number_text(value, max(1, min(9, digits)))


def _decades(scale: Scale, count: int) -> tuple[Tick, ...]:
    low, high = math.ceil(scale.low - _SLACK), math.floor(scale.high + _SLACK)
    for step in _DECADE_STEPS:
        exponents = range(math.ceil(low / step) * step, high + 1, step)
        if len(exponents) <= max(1, count):
            break
    return tuple(Tick(exponent, power_text(exponent)) for exponent in exponents)


def _within_a_decade(scale: Scale, count: int) -> tuple[Tick, ...]:
    if scale.high - scale.low < _LINEAR_BELOW:
        values = _linear(10.0**scale.low, 10.0**scale.high, count)
        return tuple(Tick(math.log10(tick.at), tick.text) for tick in values if tick.at > 0)
    exponents = range(math.floor(scale.low), math.ceil(scale.high) + 1)
    steps = [math.log10(m) + exponent for exponent in exponents for m in (1, 2, 5)]
    inside = [at for at in steps if scale.low - _SLACK <= at <= scale.high + _SLACK]
    return tuple(Tick(at, number_text(10.0**at, 1)) for at in inside)


def _one_two_five_below(length: float) -> float:
    decade = math.floor(length + _SLACK)
    return decade + max(math.log10(m) for m in (1, 2, 5) if math.log10(m) <= length - decade + _SLACK)


def _is_plain(scale: Scale) -> bool:
    """Whether the scale's own values are floats that can be counted in: 10**-320 and 10**309 are not."""
    return scale.low > -290 and scale.high < 290
