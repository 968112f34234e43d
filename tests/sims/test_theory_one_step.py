"""The closed forms of a one-step change, against the limits and ratios that they must have."""

import math

import pytest

from sims import theory_one_step as one_step


def exponent(small: float, large: float, factor: float) -> float:
    """Return the power of L that leads from one value to the other when L grows by this factor."""
    return math.log(large / small) / math.log(factor)


@pytest.mark.parametrize("power", [0.5, 0.75, 1.0])
def test_exponents_of_large_depth(power: float) -> None:
    """From 2¹⁰ to 2¹⁶ blocks init-scale grows as L and the multiplier goes as L^(1−2p)."""
    small, large = 2**10, 2**16
    initial = exponent(one_step.init_scale(small, 64, power), one_step.init_scale(large, 64, power), 64)
    multiplied = exponent(one_step.multiplier(small, 64, power), one_step.multiplier(large, 64, power), 64)
    assert initial == pytest.approx(1, abs=0.01)
    assert multiplied == pytest.approx(1 - 2 * power, abs=0.01)


def test_multiplier_tends_to_three_halves_e_n() -> None:
    """At p = ½ the multiplier's limit is (3/2)·e·N."""
    assert one_step.multiplier(10**6, 64) == pytest.approx(1.5 * math.e * 64, rel=1e-5)


def test_one_block_needs_no_scheme() -> None:
    """At one block 1/√L is 1: init-scale, multiplier and naive are one net."""
    assert one_step.multiplier(1, 32) == one_step.init_scale(1, 32) == one_step.naive(1, 32) == 48


def test_starts_at_zero() -> None:
    """Fixup depends on the width alone and ReZero on the depth alone."""
    assert one_step.fixup(64) == 64
    assert one_step.rezero(12) == 12
