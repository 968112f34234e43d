"""Shapes that broadcast, and the singular values of products of matrices: closed forms, loading no torch.

A chain of projections is a product of Gaussian matrices. Its singular values spread exponentially with depth, at rates
known exactly (Newman 1986). A chain of x + αWx stays near the identity: to first order in α its ln σ are
eigenvalues of a symmetric Gaussian matrix, which fill a semicircle (Wigner 1955).
"""

from __future__ import annotations

import math
from functools import cache
from itertools import zip_longest

EULER = 0.5772156649015329


def broadcast_shape(first: tuple[int, ...], second: tuple[int, ...]) -> tuple[int, ...] | None:
    """Return the shape of the sum of two arrays, aligned at their last axes; None: they do not fit."""
    shape = []
    for one, other in zip_longest(reversed(first), reversed(second), fillvalue=1):
        if one != other and 1 not in (one, other):
            return None
        shape.append(one if other == 1 else other)
    return tuple(reversed(shape))


def seen_share(stride: int, *, pooled: bool) -> float:
    """Return the share of positions that a 1×1 shortcut reads: all, if it averages stride × stride first."""
    return 1.0 if pooled else 1 / stride**2


def half_digamma(twice: int) -> float:
    """Return ψ(twice/2), from ψ(1/2) = −γ − 2 ln 2 or ψ(1) = −γ by ψ(x + 1) = ψ(x) + 1/x."""
    value = -EULER - (2 * math.log(2) if twice % 2 else 0.0)
    return value + math.fsum(2 / step for step in range(1 if twice % 2 else 2, twice, 2))


def product_rates(width: int, variance: float = 1.0) -> tuple[float, ...]:
    """Return d ln σ_i / dL of a product of L Gaussian N × N matrices, largest first, as L grows.

    Args:
        variance: N times the variance of an entry.

    Source: Newman 1986, The distribution of Lyapunov exponents: ½(ln(2·variance/N) + ψ((N − i + 1)/2)).
    """
    scale = math.log(2 * variance / width)
    return tuple(0.5 * (scale + half_digamma(width - place)) for place in range(width))


@cache
def semicircle(width: int) -> tuple[float, ...]:
    """Return the medians of `width` equal slices of the semicircle law on [−1, 1], largest first."""
    return tuple(_semicircle_quantile(1 - (place + 0.5) / width) for place in range(width))


def _semicircle_quantile(share: float) -> float:
    """Return x with ½ + (x√(1 − x²) + asin x)/π = share, by bisection."""
    low, high = -1.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        below = 0.5 + (middle * math.sqrt(1 - middle**2) + math.asin(middle)) / math.pi
        low, high = (middle, high) if below < share else (low, middle)
    return (low + high) / 2


def near_identity(width: int, blocks: int, alpha: float) -> tuple[float, ...]:
    """Return ln σ_i of ∏(I + αW_l), W ~ N(0, 1/N): the symmetric part's semicircle, of radius α√(2L).

    First order in α: (W + Wᵀ)/2 has entries of variance 1/(2N), and L of them add up.
    """
    radius = alpha * math.sqrt(2 * blocks)
    return tuple(radius * place for place in semicircle(width))
