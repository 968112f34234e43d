"""The closed forms for attention and norms against brute force."""

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
