"""The closed forms for attention and norms against brute force."""

import math
import sys

import pytest

from sims import theory_attention as theory


def test_rounding_floor_is_the_formats_own() -> None:
    """fp64's unit roundoff is half of Python's epsilon: 1 plus it is 1 again, 1 plus a little more is not."""
    assert theory.UNIT_ROUNDOFF["fp64"] == sys.float_info.epsilon / 2
    assert 1.0 + theory.UNIT_ROUNDOFF["fp64"] == 1.0
    assert 1.0 + theory.UNIT_ROUNDOFF["fp64"] * 1.01 != 1.0
    assert theory.rounding_floor("fp64") == pytest.approx(-15.95, abs=0.01)
    assert theory.rounding_floor("fp32") == pytest.approx(-7.22, abs=0.01)


def test_pre_norm_profile_is_the_product_of_the_blocks_factors() -> None:
    """The closed form equals a gradient carried back block by block, each factor 1 + 1/q, for branches of variance 1."""
    blocks = 12
    squares = theory.unit_branch_squares(blocks)
    gradient, carried = 1.0, [1.0]
    for square in reversed(squares[:-1]):
        gradient *= 1 + 1 / square
        carried.append(math.sqrt(gradient))
    assert theory.pre_norm_profile(squares) == pytest.approx(tuple(reversed(carried)))
    assert theory.pre_norm_profile(squares)[0] == pytest.approx(math.sqrt((1 + blocks) / 2))


def test_power_fit_finds_the_exponent() -> None:
    """A power law's exponent comes back exactly, and noise that is even in the logarithm leaves it."""
    places = (3.0, 6.0, 12.0, 24.0, 48.0)
    assert theory.power_fit(places, [7 * x**-0.5 for x in places]) == pytest.approx(-0.5)
    assert theory.power_fit(places, [5.0] * 5) == pytest.approx(0)
    assert theory.power_fit(
        places, [x * f for x, f in zip(places, (2, 1, 3, 1, 2), strict=True)]
    ) == pytest.approx(1)
