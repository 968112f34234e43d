"""What a highway net's gates do to its gradient by mean-field theory: pure functions of floats, no torch.

A layer h' = g ⊙ H + (1 − g) ⊙ h with H = W tanh(h), W ~ N(0, 1/N), and a gate g = σ(a), a = W_g h + b, W_g ~ N(0, 1/N). At
infinite width a ~ N(b, q), q the mean square of h, and H, a and h are independent of each other.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from sims import theory

PLAIN = math.inf  # a gate that is always open lets nothing through but H: the plain net


def gate_mean(f: Callable[[float], float], bias: float, q: float) -> float:
    """Return E[f(σ(a))], a ~ N(bias, q)."""
    if bias == PLAIN:
        return f(1.0)
    return theory.gaussian_mean(lambda z: f(theory.sigmoid(bias + z)), q)


def gradient_factor(bias: float, q: float) -> float:
    """Return the factor of the gradient's mean square through one layer whose input has mean square q.

    E[(1−g)²] comes by the carry, E[g²]χ by the branch, and E[g'²](E[H²] + q) by the gate, which sees H − h.
    """
    carry = gate_mean(lambda g: (1 - g) ** 2, bias, q)
    branch = gate_mean(lambda g: g * g, bias, q) * theory.chi("tanh", 1.0, q)
    steepness = gate_mean(lambda g: (g * (1 - g)) ** 2, bias, q)
    return carry + branch + steepness * (theory.mean_square_value("tanh", q) + q)


def next_square(bias: float, q: float) -> float:
    """Return the mean square of the next layer's signal: E[g²]E[H²] + E[(1−g)²]q."""
    branch = gate_mean(lambda g: g * g, bias, q) * theory.mean_square_value("tanh", q)
    return branch + gate_mean(lambda g: (1 - g) ** 2, bias, q) * q


def log_gradients(bias: float, depth: int) -> tuple[float, ...]:
    """Return ln RMS ∂L/∂h_l for l = 0..depth, 0 at the output; h_0 has mean square 1."""
    factors, q = [], 1.0
    for _ in range(depth):
        factors.append(0.5 * math.log(gradient_factor(bias, q)))
        q = next_square(bias, q)
    logs = [0.0]
    for factor in reversed(factors):
        logs.append(logs[-1] + factor)
    return tuple(reversed(logs))


def carry_alone(bias: float, depth: int) -> float:
    """Return ln (1 − σ(b))^L: what the carry would leave if all gates stood at their bias and nothing else led back.

    It bounds nothing: what else leads back makes it too low near b = 0, the gates' spread too high for b below about -3.
    """
    return depth * math.log(theory.sigmoid(-bias))
