"""The gradient's profile over the layers of five families of nets at initialisation: pure functions of floats, no torch.

A block reads x (pre-LN: LN(x)) and computes W relu(·) with W ~ N(0, 2·gain²/N), so that a branch has gain² times its
input's mean square, forward and backward alike. Logarithms are natural.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

FAMILIES = ("plain", "naive", "scaled", "pre-LN", "post-LN")
KINDS = ("activation", "weight")
DISTINCT = 0.2 * math.log(10)  # profiles whose ends are nearer than this are one to the eye


def activation_profile(family: str, depth: int, gain: float) -> tuple[float, ...]:
    """Return ln RMS ∂L/∂x_l for l = 0..depth, 0 at the output.

    pre-LN: the stream before block l has variance 1 + gain²·l, and the norm divides the branch's gradient by its root.
    post-LN: what the branch adds to the mean square, a factor 1 + gain², the norm divides out.
    """
    square = gain**2
    if family == "pre-LN":
        return tuple(
            0.5 * math.log((1 + square * depth) / (1 + square * layer)) for layer in range(depth + 1)
        )
    per_block = {
        "plain": math.log(gain),
        "naive": 0.5 * math.log1p(square),
        "scaled": 0.5 * math.log1p(square / depth),
        "post-LN": 0.0,
    }[family]
    return tuple(per_block * (depth - layer) for layer in range(depth + 1))


def weight_profile(family: str, depth: int, gain: float) -> tuple[float, ...]:
    """Return ln ‖∂L/∂W_l‖ for the blocks l = 1..depth, 0 at the last.

    ‖∂L/∂W_l‖ goes as RMS ∂L/∂x_l times RMS of what block l reads. Without a norm the one grows towards the input as the
    other shrinks, so that every block has the same; behind a norm every block reads the same, and the one remains.
    """
    if family == "pre-LN":
        return activation_profile(family, depth, gain)[1:]
    return (0.0,) * depth


def profile(kind: str, family: str, depth: int, gain: float) -> tuple[float, ...]:
    """Return the profile of this kind: activation or weight."""
    return (activation_profile if kind == "activation" else weight_profile)(family, depth, gain)


def distinct_profiles(kind: str, depth: int, gain: float) -> tuple[tuple[float, ...], ...]:
    """Return the profiles of all families and of two common pictures, those that look alike once, by their first value.

    The pictures: each layer takes a tenth (“early layers have small gradients”), each block brings √2.
    """
    start = 0 if kind == "activation" else 1
    pictures = [
        tuple(per_block * (depth - layer) for layer in range(start, depth + 1))
        for per_block in (math.log(0.9), 0.5 * math.log(2))
    ]
    found: list[tuple[float, ...]] = []
    for curve in (*(profile(kind, family, depth, gain) for family in FAMILIES), *pictures):
        if all(abs(curve[0] - other[0]) >= DISTINCT for other in found):
            found.append(curve)
    return tuple(sorted(found, key=lambda curve: curve[0]))


def nearest(curve: Sequence[float], others: Sequence[Sequence[float]]) -> int:
    """Return the place of the curve that is least away on average."""
    return min(
        range(len(others)),
        key=lambda place: math.fsum(abs(a - b) for a, b in zip(curve, others[place], strict=True)),
    )
