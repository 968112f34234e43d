"""What a missing skip takes from the gradient: pure functions of floats, loading no torch."""

from __future__ import annotations

import math
from collections.abc import Sequence


def log_gradients(skips: Sequence[float], branch: float) -> tuple[float, ...]:
    """Return ln RMS of the gradient at the stream before each block and after the last, where it is 0.

    Blocks are x ← skip·x + branch·F(x), where F keeps mean squares and is independent of x: squares add.

    Args:
        skips: 1 for a block with a skip, 0 for one without.
    """
    logs = [0.0]
    for skip in reversed(skips):
        logs.append(logs[-1] + math.log(skip**2 + branch**2) / 2)
    return tuple(reversed(logs))


def cliff(depth: int, missing: int) -> float:
    """Return ln of what `missing` skips take from the gradient of a 1/√L-scaled net: −k/2·ln(L + 1).

    A block with a skip multiplies the mean square by 1 + 1/L, one without it by 1/L.
    """
    return -missing / 2 * math.log(depth + 1)


def holes(depth: int, missing: int, placed: str) -> tuple[int, ...]:
    """Return the blocks without a skip, from 0: spread evenly, or one run at the start, in the middle or at the end."""
    if placed == "spread":
        return tuple((2 * place + 1) * depth // (2 * missing) for place in range(missing))
    first = {"start": 0, "middle": (depth - missing) // 2, "end": depth - missing}[placed]
    return tuple(range(first, first + missing))
