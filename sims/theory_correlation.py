"""How two inputs' signals and gradients stay alike through a relu net: pure functions of floats.

At infinite width a layer with weights of variance 2/N takes the correlation ρ of two signals to κ1(ρ), and leaves
κ0(ρ) of the correlation of their gradients: twice the chance that a unit is active for both (Cho & Saul 2009,
arc-cosine kernels of degree 1 and 0).
"""

from __future__ import annotations

import math


def kappa0(rho: float) -> float:
    """Return 2·P(u > 0 and v > 0) for standard normal u, v of correlation ρ: 1 − arccos(ρ)/π."""
    return 1 - math.acos(_within(rho)) / math.pi


def kappa1(rho: float) -> float:
    """Return 2·E[relu(u) relu(v)] for standard normal u, v of correlation ρ: (√(1−ρ²) + ρ(π − arccos ρ))/π."""
    rho = _within(rho)
    return (math.sqrt(1 - rho * rho) + rho * (math.pi - math.acos(rho))) / math.pi


def affine_correlation(x: float, y: float) -> float:
    """Return the correlation of a·x + b and a·y + b for independent standard normal a and b."""
    return (1 + x * y) / math.sqrt((1 + x * x) * (1 + y * y))


def gradient_cosine(rho: float, depth: int, *, skip: float = 0.0, branch: float = 1.0) -> float:
    """Return the cosine of ∂f/∂h_0 at two inputs whose h_0 have correlation ρ.

    A layer is h' = skip·h + branch·W relu(h), W ~ N(0, 2/N); both gradients start from one cotangent at the output.
    """
    total = skip**2 + branch**2
    cosine = 1.0
    for _ in range(depth):
        cosine *= (skip**2 + branch**2 * kappa0(rho)) / total
        rho = (skip**2 * rho + branch**2 * kappa1(rho)) / total
    return cosine


def _within(rho: float) -> float:
    """Return ρ without the rounding that leads out of [−1, 1]."""
    return min(1.0, max(-1.0, rho))
