"""Descent on chains of scalars and the sharpness that limits it, against autograd and finite differences."""

import math

import pytest

from sims.chain_descent import Cliff, begin, comes_nearer
from sims.theory_sharpness import CHAINS, largest_rate, shared_sharpness, sharpness


@pytest.mark.parametrize("chain", CHAINS)
def test_a_step_is_autograd_s(chain: str) -> None:
    """One step on the factors is gradient descent on the weights, as autograd takes it."""
    import torch

    offsets, rate = [0.1, -0.2, 0.05, 0.3], 0.07
    net = begin(chain, offsets)
    weights = torch.tensor(offsets, dtype=torch.float64) / net.scale
    weights.requires_grad_()
    loss = ((1 + net.scale * weights).prod() - 1).square() / 2
    (gradient,) = torch.autograd.grad(loss, weights)
    net.step(rate)
    assert net.factors == pytest.approx((1 + net.scale * (weights - rate * gradient)).tolist(), rel=1e-12)


@pytest.mark.parametrize("depth", [2, 5, 16])
@pytest.mark.parametrize("chain", CHAINS)
def test_sharpness_is_the_hessian_s_largest_eigenvalue(chain: str, depth: int) -> None:
    """The closed form is the top eigenvalue of autograd's Hessian at the minimum."""
    import torch

    scale = 1 / math.sqrt(depth) if chain == "1/√L" else 1.0

    def loss(weights: torch.Tensor) -> torch.Tensor:
        return ((1 + scale * weights).prod() - 1).square() / 2

    hessian = torch.autograd.functional.hessian(loss, torch.zeros(depth, dtype=torch.float64))  # type: ignore[no-untyped-call]
    assert float(torch.linalg.eigvalsh(hessian)[-1]) == pytest.approx(sharpness(chain, depth))


@pytest.mark.parametrize("depth", [3, 10])
def test_a_shared_weight_is_l_times_sharper(depth: int) -> None:
    """w^L has a second derivative of L² at w = 1, by finite differences."""
    e = 1e-4
    losses = [Cliff.begin(depth, 1 + shift, 0.0).losses[0] for shift in (-e, 0, e)]
    assert (losses[0] - 2 * losses[1] + losses[2]) / e**2 == pytest.approx(shared_sharpness(depth), rel=1e-3)


@pytest.mark.parametrize("chain", CHAINS)
def test_the_limit_parts_nearer_from_farther(chain: str) -> None:
    """1 % below 2/λ a chain comes nearer to its minimum, 1 % above it does not."""
    offsets, limit = [0.001, -0.0004, 0.0007, 0.0002], largest_rate(chain, 4)
    assert comes_nearer(chain, offsets, 0.99 * limit, 100)
    assert not comes_nearer(chain, offsets, 1.01 * limit, 100)


def test_straying_and_luck_do_not_count_as_nearer() -> None:
    """A rate 30 times too large is no success, wherever its throws end; nor is a NaN."""
    assert not comes_nearer("plain", [0.01, 0.02], 30.0, 1000)
    assert not comes_nearer("plain", [0.01, math.nan], 0.1, 10)


def test_a_zero_factor_still_has_its_gradient() -> None:
    """Where one factor is 0, only that factor is moved."""
    net = begin("plain", [-1.0, 1.0])
    net.step(0.1)
    assert net.factors == pytest.approx([0.2, 2.0])


def test_cliff_gradient_is_the_slope_of_its_loss() -> None:
    """The gradient agrees with a finite difference, and a clipped step is rate times clip."""
    e = 1e-6
    low, high = (Cliff.begin(6, 1.2 + shift, 0.01).losses[0] for shift in (-e, e))
    cliff = Cliff.begin(6, 1.2, 0.01, clip=2.0)
    assert cliff.gradient == pytest.approx((high - low) / (2 * e), rel=1e-6)
    cliff.step()
    assert cliff.weight == pytest.approx(1.2 - 0.02)


def test_a_dead_cliff_stays_dead() -> None:
    """After an infinite loss come NaN, and the step of the death is kept."""
    cliff = Cliff.begin(20, 1.3, 0.01)
    for _ in range(5):
        cliff.step()
    assert cliff.died_at == 2
    assert cliff.losses[2] == math.inf
    assert all(map(math.isnan, cliff.losses[3:]))
