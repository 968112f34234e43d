"""How a residual net's gradient divides among its paths by length: pure functions of floats, no torch.

A path takes the branch of some of the n blocks and the skip of the others; its length is the number of branches. With
independent zero-mean branches, whose gradient's mean square is χ_l, two different paths are uncorrelated, so that mean
squares add: all paths of length k together carry the elementary symmetric polynomial e_k(χ_1 … χ_n) of ∏(1 + χ_l).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

SCHEMES = ("const", "1/n", "1/l")


def block_chis(scheme: str, blocks: int, chi: float) -> tuple[float, ...]:
    """Return χ_l of blocks l = 1..n: the given one, 1/n (a multiplier 1/√n) or 1/l (what batch norm brings about).

    Source: De & Smith 2020 for 1/l: the stream before block l has variance l, so a normed branch weighs 1/l of it.
    """
    if scheme == "const":
        return (chi,) * blocks
    if scheme == "1/n":
        return (1 / blocks,) * blocks
    return tuple(1 / block for block in range(1, blocks + 1))


def path_shares(chis: Sequence[float]) -> tuple[float, ...]:
    """Return the share of the gradient's mean square that paths of length 0..n carry, adding up to 1.

    Block l takes its branch with probability χ_l/(1 + χ_l), independently of the rest: Binomial(n, χ/(1 + χ)) if all
    are equal.
    """
    shares = [1.0]
    for chi in chis:
        taken = chi / (1 + chi)
        longer = [0.0, *(share * taken for share in shares)]
        shares = [
            stay + come for stay, come in zip((*(s * (1 - taken) for s in shares), 0.0), longer, strict=True)
        ]
    return tuple(shares)


def path_squares(chis: Sequence[float]) -> tuple[float, ...]:
    """Return e_k(χ_1 … χ_n) for k = 0..n: the mean square of length k's gradient, 1 for the skips alone."""
    squares = [1.0]
    for chi in chis:
        longer = [0.0, *(square * chi for square in squares)]
        squares = [stay + come for stay, come in zip((*squares, 0.0), longer, strict=True)]
    return tuple(squares)


def mean_length(chis: Sequence[float]) -> float:
    """Return the mean length of a path, weighted by the gradient's square: Σ χ_l/(1 + χ_l)."""
    return math.fsum(chi / (1 + chi) for chi in chis)


def path_count_shares(blocks: int) -> tuple[float, ...]:
    """Return the share C(n, k)/2^n of all 2^n paths that have length k, for k = 0..n."""
    return tuple(math.comb(blocks, k) / 2**blocks for k in range(blocks + 1))


def central_window(shares: Sequence[float], held: float = 0.95) -> tuple[int, int]:
    """Return the lengths between which `held` of the share lies, with at most half of the rest cut off at each end."""
    cut = (1 - held) / 2
    below, low, high = 0.0, 0, len(shares) - 1
    for k, share in enumerate(shares):
        if below <= cut:
            low = k
        if below < 1 - cut:
            high = k
        below += share
    return low, high


def total_variation(one: Sequence[float], other: Sequence[float]) -> float:
    """Return half the summed differences of two distributions: the share that would have to move."""
    return math.fsum(abs(a - b) for a, b in zip(one, other, strict=True)) / 2
