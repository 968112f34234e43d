"""Sharpness of chains of scalars at their minimum, and the learning rate that it allows: pure functions of floats.

The loss is ½(f − 1)². At f = 1 its Hessian is g gᵀ with g = ∇f, so its largest eigenvalue, the sharpness λ, is |g|², and
gradient descent stays near the minimum only for rates below 2/λ.
"""

from __future__ import annotations

CHAINS = ("plain", "residual", "1/√L")
"""∏ w_i, ∏ (1 + w_i) and ∏ (1 + w_i/√L)."""


def sharpness(chain: str, depth: int) -> float:
    """Return λ where every factor is 1: L, or 1 with the multiplier, whose gradient has L parts of 1/√L."""
    return 1.0 if chain == "1/√L" else float(depth)


def largest_rate(chain: str, depth: int) -> float:
    """Return 2/λ."""
    return 2 / sharpness(chain, depth)


def shared_sharpness(depth: int) -> float:
    """Return λ of f = w^L at w = 1: one weight in L places has g = L, so L²."""
    return float(depth**2)
