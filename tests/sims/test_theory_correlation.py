"""The correlation maps of relu nets, against quadrature and against sampling."""

import math

import pytest

from sims import theory_correlation as correlation


def quadrature(rho: float, *, degree: int) -> float:
    """Return 2·E[(u v)^degree; u, v > 0] on a fine midpoint grid, u and v standard normal of correlation ρ."""
    step, total = 0.02, 0.0
    for i in range(350):
        u = (i + 0.5) * step
        for k in range(-350, 350):
            other = (k + 0.5) * step
            v = rho * u + math.sqrt(1 - rho * rho) * other
            if v > 0:
                total += (u * v) ** degree * math.exp(-(u * u + other * other) / 2)
    return 2 * total * step * step / (2 * math.pi)


@pytest.mark.parametrize("rho", [-0.7, 0.0, 0.3, 0.95])
def test_maps_are_the_gaussian_integrals(rho: float) -> None:
    """κ0 and κ1 are what a fine grid gives for the expectations that define them."""
    assert correlation.kappa0(rho) == pytest.approx(quadrature(rho, degree=0), abs=6e-3)
    assert correlation.kappa1(rho) == pytest.approx(quadrature(rho, degree=1), abs=1e-3)


def test_maps_at_their_ends() -> None:
    """Equal inputs stay equal, opposite ones share no active unit, and rounding past 1 is no error."""
    assert (correlation.kappa0(1.0), correlation.kappa1(1.0)) == (1, 1)
    assert (correlation.kappa0(-1.0), correlation.kappa1(-1.0)) == pytest.approx((0, 0))
    assert correlation.kappa0(0.0) == 0.5
    assert correlation.kappa1(0.0) == pytest.approx(1 / math.pi)
    assert correlation.kappa1(1 + 1e-12) == 1


def test_kappa0_is_the_slope_of_kappa1() -> None:
    """The factor that the backward pass sees is the derivative of the forward map."""
    for rho in (-0.5, 0.2, 0.9):
        slope = (correlation.kappa1(rho + 1e-6) - correlation.kappa1(rho - 1e-6)) / 2e-6
        assert correlation.kappa0(rho) == pytest.approx(slope, abs=1e-6)


def test_cosine_falls_with_depth_and_stays_with_scaled_branches() -> None:
    """Plain cosines fall towards 0; with α = 1/√L they hardly depend on depth; with no layer they are 1."""
    plain = [correlation.gradient_cosine(0.99, depth) for depth in (0, 1, 8, 64)]
    assert plain[0] == 1
    assert plain == sorted(plain, reverse=True)
    scaled = [correlation.gradient_cosine(0.99, d, skip=1, branch=d**-0.5) for d in (8, 64, 512)]
    assert max(scaled) - min(scaled) < 0.01
    assert correlation.gradient_cosine(0.99, 64, skip=1) > plain[-1]


def test_affine_correlation_is_the_angle_s() -> None:
    """a·x + b has the correlation of the vectors (x, 1) and (y, 1)."""
    assert correlation.affine_correlation(1.0, -1.0) == 0
    assert correlation.affine_correlation(0.7, 0.7) == pytest.approx(1)
    assert correlation.affine_correlation(0.5, 2.0) == pytest.approx(
        math.cos(math.atan(2.0) - math.atan(0.5))
    )
