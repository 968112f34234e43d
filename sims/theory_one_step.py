"""How far one gradient step moves the output of a residual net, by scheme and depth: pure functions of floats.

A step of rate η on f at one input changes f there by η·Θ to first order, Θ = Σ (∂f/∂θ)², the diagonal of the neural
tangent kernel. Each closed form is the mean of Θ over the weights of L blocks x' = x + a·V relu(W x) of width N
(W ~ N(0, 2/N), V ~ N(0, 1/N) before scaling), an input of mean square 1 and a cotangent of norm 1 at the output.
"""

from __future__ import annotations


def multiplier(depth: int, width: int, power: float = 0.5) -> float:
    """Return Θ at a = L^-p: (3/2)·N·L·a²·(1 + a²)^(L−1); at p = ½ it is O(1) in L."""
    square = float(depth ** (-2 * power))
    return 1.5 * width * depth * square * (1 + square) ** (depth - 1)


def init_scale(depth: int, width: int, power: float = 0.5) -> float:
    """Return Θ when V is drawn L^-p times smaller and a = 1: N·L·(1 + c/2)·(1 + c)^(L−1), c = L^-2p."""
    square = float(depth ** (-2 * power))
    return width * depth * (1 + square / 2) * (1 + square) ** (depth - 1)


def fixup(width: int) -> float:
    """Return Θ when V = 0 and W is drawn 1/√L times as large (Zhang et al. 2019 for two layers a branch): N."""
    return float(width)


def rezero(depth: int) -> float:
    """Return Θ when a is learned and 0: only a's own derivative, one a block, each of mean square 1: L."""
    return float(depth)


def naive(depth: int, width: int) -> float:
    """Return Θ at a = 1 with nothing scaled: (3/2)·N·L·2^(L−1)."""
    return 1.5 * width * depth * 2.0 ** (depth - 1)
