"""The gradient through gated layers by closed form."""

import math
from collections.abc import Callable

import pytest

from sims import theory
from sims import theory_gates as gates


def integral(f: Callable[[float], float], bias: float, q: float) -> float:
    """Return E[f(σ(a))], a ~ N(bias, q), by the midpoint rule on [-10, 10]."""
    steps = 4000
    width = 20 / steps
    points = (-10 + (k + 0.5) * width for k in range(steps))
    return math.fsum(
        f(theory.sigmoid(bias + math.sqrt(q) * z)) * math.exp(-z * z / 2) / math.sqrt(2 * math.pi) * width
        for z in points
    )


@pytest.mark.parametrize("bias", [-6.0, -1.0, 0.0, 2.0])
@pytest.mark.parametrize("q", [0.1, 1.0])
def test_gate_means_match_an_integral(bias: float, q: float) -> None:
    """The quadrature's means of the gate, of its square and of its slope agree with a fine midpoint rule."""
    for f in (lambda g: g * g, lambda g: (1 - g) ** 2, lambda g: (g * (1 - g)) ** 2):
        assert gates.gate_mean(f, bias, q) == pytest.approx(integral(f, bias, q), rel=1e-6)


@pytest.mark.parametrize("bias", [-2.0, 0.0, 1.0])
def test_factor_is_the_mean_square_of_sampled_layers(bias: float) -> None:
    """Sampling one layer's gate, branch and slopes gives the factor and the next mean square."""
    import torch

    from sims.protocol import Context

    draw = torch.randn(4, 400_000, generator=Context(1).generator("samples"), dtype=torch.float64)
    q = 0.7
    gate = torch.sigmoid(bias + math.sqrt(q) * draw[0])
    h = math.sqrt(q) * draw[1]
    branch = math.sqrt(theory.mean_square_value("tanh", q)) * draw[2]
    slope = 1 - torch.tanh(math.sqrt(q) * draw[3]).square()
    # Three independent ways back, for a cotangent of mean square 1: carry, branch, gate.
    square = (1 - gate).square() + gate.square() * slope.square()
    square += (gate * (1 - gate) * (branch - h)).square()
    assert gates.gradient_factor(bias, q) == pytest.approx(square.mean().item(), rel=0.01)
    following = (gate * branch + (1 - gate) * h).square().mean().item()
    assert gates.next_square(bias, q) == pytest.approx(following, rel=0.01)


def test_gate_that_is_always_open_is_the_plain_net() -> None:
    """At b = ∞ the profile is that of plain tanh layers; a large b comes close to it."""
    plain = theory.log_gradients("tanh", 1.0, 20)
    assert gates.log_gradients(gates.PLAIN, 20) == pytest.approx(plain, abs=1e-12)
    assert gates.log_gradients(12.0, 20) == pytest.approx(plain, abs=1e-3)


def test_gate_that_is_shut_is_the_identity() -> None:
    """At b = -40 nothing changes."""
    assert gates.log_gradients(-40.0, 20) == pytest.approx([0.0] * 21, abs=1e-12)


def test_carry_alone_is_far_too_low_at_zero_and_too_high_when_nearly_shut() -> None:
    """(1 − σ(b))^L misses by more than seven decades at b = 0 and 50 layers, and by 6 % upwards at b = -6."""
    assert math.exp(gates.carry_alone(0.0, 50)) == pytest.approx(2.0**-50)
    assert gates.log_gradients(0.0, 50)[0] == pytest.approx(-17.41, abs=0.005)
    misses = {
        bias: gates.carry_alone(bias, 50) - gates.log_gradients(bias, 50)[0]
        for bias in (-6.0, -3.0, -2.0, 0.0)
    }
    assert misses[0.0] < -7 * math.log(10)
    assert misses[-2.0] < 0 < misses[-3.0]
    assert math.exp(misses[-6.0]) == pytest.approx(1.06, abs=0.01)
