"""Charts that fit into a line of text."""

from __future__ import annotations

import math
from collections.abc import Sequence

LEVELS = "▁▂▃▄▅▆▇█"
EIGHTHS = " ▏▎▍▌▋▊▉"


def sparkline(values: Sequence[float], width: int) -> str:
    """Return `width` characters whose heights follow the values from the least to the greatest.

    More values than characters are averaged in groups; fewer leave blanks at the end. NaN is a blank.
    """
    shown = grouped(values, max(0, width))
    finite = [value for value in shown if math.isfinite(value)]
    low, high = min(finite, default=0.0), max(finite, default=0.0)
    return "".join(_level(value, low, high) for value in shown).ljust(max(0, width))


def meter(fraction: float, width: int) -> str:
    """Return `width` characters filled from the left up to the fraction, to an eighth of a cell."""
    width = max(0, width)
    part = 0.0 if math.isnan(fraction) else min(1.0, max(0.0, fraction))
    full, eighth = divmod(round(part * width * 8), 8)
    return ("█" * full + EIGHTHS[eighth].strip()).ljust(width, "·")


def grouped(values: Sequence[float], width: int) -> list[float]:
    """Return the values, averaged in neighbouring groups where they are more than the width."""
    count = len(values)
    if count <= width:
        return list(values)
    groups = [values[col * count // width : (col + 1) * count // width] for col in range(width)]
    return [sum(value / len(group) for value in group) for group in groups]


def _level(value: float, low: float, high: float) -> str:
    if math.isnan(value):
        return " "
    if low == high and math.isfinite(value):
        return LEVELS[3] if value else LEVELS[0]
    if math.isinf(value):
        return LEVELS[-1] if value > 0 else LEVELS[0]
    part = (value / 2 - low / 2) / (high / 2 - low / 2 or 1.0)
    return LEVELS[min(7, int(part * 8))]
