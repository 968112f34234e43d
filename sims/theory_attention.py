"""What theory predicts for attention and for norms around it: pure functions of floats."""

from __future__ import annotations

import math

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
