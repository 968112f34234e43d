"""Where a value stands along an axis, linear or logarithmic."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizapp.core.chart.model import Axis, Mark

# Narrower than this part of its size a range counts as one constant: its tick texts could not be told apart.
_CONSTANT_BELOW = 1e-7
_SMALLEST_SPAN = 1e-300
# Beyond this many plot heights a position is only "far outside"; clipping stays well conditioned.
_FAR = 1e9
# A mark may widen the range of the values to this many times; farther away it becomes an arrow at the edge.
_MARK_WIDENS = 3.0


def measure(values: Iterable[float], log: bool) -> list[float]:
    """Return the values as lengths along the axis: on a log axis decades, with zero at -inf and less than zero NaN."""
    if not log:
        return list(map(float, values))
    log10, inf, nan = math.log10, math.inf, math.nan
    return [log10(v) if v > 0 else -inf if v in (0, -inf) else nan for v in values]


@dataclass(frozen=True, slots=True)
class Scale:
    """The lengths at the two ends of an axis; on a log axis decades."""

    low: float
    high: float
    log: bool = False

    def positions(self, lengths: Sequence[float]) -> list[float]:
        """Return each length as a fraction of the axis: 0 to 1 inside; NaN and infinities stay what they are."""
        low, span = self.low, self.high - self.low
        if math.isinf(span):  # both ends are huge: count in halves
            half, span = low / 2, self.high / 2 - low / 2
            return [(length / 2 - half) / span for length in lengths]
        fractions = [(length - low) / span for length in lengths]
        if sum(map(abs, fractions)) < _FAR:
            return fractions
        return [_held(f, length) for f, length in zip(fractions, lengths, strict=True)]

    def position(self, length: float) -> float:
        """Return one length as a fraction of the axis."""
        return self.positions((length,))[0]


def _held(fraction: float, length: float) -> float:
    return fraction if math.isinf(length) or math.isnan(length) else min(_FAR, max(-_FAR, fraction))


def extent(axis: Axis, lengths: Iterable[float]) -> tuple[float, float]:
    """Return the axis' two ends: its own bounds where they are usable, else those of the finite lengths."""
    finite = [length for length in lengths if math.isfinite(length)]
    low, high = min(finite, default=0.0), max(finite, default=1.0)
    fixed_low, fixed_high = bound(axis, axis.low), bound(axis, axis.high)
    if fixed_low is not None and fixed_high is not None:
        low, high = sorted((fixed_low, fixed_high))
    elif fixed_low is not None:
        low, high = fixed_low, max(fixed_low, high)
    elif fixed_high is not None:
        low, high = min(fixed_high, low), fixed_high
    return _apart(low, high, axis.log)


def bound(axis: Axis, value: float | None) -> float | None:
    """Return a bound of the axis as a length, or None where it is to follow the values."""
    length = math.nan if value is None else measure((value,), axis.log)[0]
    return length if math.isfinite(length) else None


def widened(extent: tuple[float, float], marks: Iterable[Mark], log: bool) -> tuple[float, float]:
    """Return the extent with the marks that lie near enough to be shown without squeezing the values."""
    low, high = extent
    room = (high - low) * _MARK_WIDENS
    for length in measure((mark.value for mark in marks), log):
        new_low, new_high = min(low, length), max(high, length)
        if math.isfinite(length) and new_high - new_low <= room:
            low, high = new_low, new_high
    return low, high


def bounded(axis: Axis, tight: tuple[float, float], wide: Scale) -> Scale:
    """Return the scale with the wide ends, but the tight ones where the axis fixes them."""
    low = wide.low if bound(axis, axis.low) is None else tight[0]
    high = wide.high if bound(axis, axis.high) is None else tight[1]
    return Scale(*_apart(low, high, axis.log), axis.log)


def is_constant(low: float, high: float, log: bool) -> bool:
    """Whether two ends are too near to each other to part them on an axis."""
    size = max(abs(low), abs(high), 1.0 if log else 0.0)
    return high - low <= max(_SMALLEST_SPAN, _CONSTANT_BELOW * size)


def _apart(low: float, high: float, log: bool) -> tuple[float, float]:
    """Part two ends that would leave no room between them: a constant comes to stand in the middle."""
    if not is_constant(low, high, log):
        return low, high
    pad = 1.0 if log or abs(low) <= _SMALLEST_SPAN else abs(low) / 2
    return max(low - pad, -1.7e308), min(high + pad, 1.7e308)
