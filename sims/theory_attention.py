"""What theory predicts for attention and for norms around it: pure functions of floats."""

from __future__ import annotations

import math
from collections.abc import Sequence

UNIT_ROUNDOFF = {"fp32": 2.0**-24, "fp64": 2.0**-53}  # half the spacing of the numbers just above 1


def collapse_exponent(*, causal: bool) -> int:
    """Return p in ρ' ~ ρ^p for nearly equal tokens after one attention layer without a skip.

    Every token sees the same set: what tells the rows of the softmax apart is Rᵢ·A·Rⱼ, of order ρ², and it weighs
    values that differ by ρ: 3 (Dong et al. 2021). Under a causal mask token i averages its own prefix, which is linear
    in R: 1.
    """
    return 1 if causal else 3


def rounding_floor(dtype: str) -> float:
    """Return log10 of the unit roundoff: tokens cannot become more equal than a rounding error."""
    return math.log10(UNIT_ROUNDOFF[dtype])


def pre_norm_profile(squares: Sequence[float]) -> tuple[float, ...]:
    """Return |∂L/∂W_l| of each block's last matrix over the last block's, from the stream's mean squares q_1..q_L.

    Block l's branch reads x/√q, so that its Jacobian adds the same to the gradient's mean square as its output adds to
    the stream's, relative to each: (1 + 1/q) = q_next/q. The product telescopes to √(q_L/q_l), Xiong et al. 2020.
    """
    return tuple(math.sqrt(squares[-1] / square) for square in squares)


def unit_branch_squares(blocks: int) -> tuple[float, ...]:
    """Return the Pre-LN stream's mean squares after 1..blocks when each block adds variance 1: 1 + l."""
    return tuple(1.0 + block for block in range(1, blocks + 1))


def power_fit(places: Sequence[float], values: Sequence[float]) -> float:
    """Return the least-squares slope of ln value against ln place: the exponent of a power law."""
    logs = [(math.log(place), math.log(value)) for place, value in zip(places, values, strict=True)]
    middle = math.fsum(x for x, _ in logs) / len(logs)
    spread = math.fsum((x - middle) ** 2 for x, _ in logs)
    return math.fsum((x - middle) * y for x, y in logs) / spread
