"""A sketch in the making."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.sketch import STEPS, begun
from sims.protocol import Prediction

LOG = Prediction("?", bars=("a", "b", "c"), low=0.01, high=1000.0, log_scale=True)
LINEAR = Prediction("?", bars=("a", "b"), low=0.0, high=1.0)


def test_every_bar_begins_half_way_and_says_nothing_yet() -> None:
    """In the middle of the decades, or of the range."""
    assert begun(LOG).values == pytest.approx((math.sqrt(10),) * 3)
    assert begun(LINEAR).values == (0.5, 0.5)
    assert not begun(LOG).is_touched
    assert begun(LOG).moved(1).is_touched


def test_a_step_is_a_tenth_of_a_decade_or_a_fortieth_of_the_range() -> None:
    """Up and down again comes back exactly."""
    up = begun(LOG).moved(1)
    assert up.values[0] / begun(LOG).values[0] == pytest.approx(10**0.1)
    assert up.moved(-1).values == begun(LOG).values
    assert begun(LINEAR).moved(1).values[0] == pytest.approx(0.5 + 1 / STEPS)


def test_bars_are_chosen_one_by_one_and_the_ends_hold() -> None:
    """Left of the first and right of the last there is none."""
    assert [begun(LOG).chosen(step).place for step in (-1, 1, 2, 5)] == [0, 1, 2, 2]
    moved = begun(LOG).chosen(1).moved(3)
    assert moved.values[0] == moved.values[2] != moved.values[1]


@given(
    st.lists(st.integers(-200, 200), max_size=8),
    st.floats(-300, 300),
    st.floats(0.1, 300),
)
def test_no_key_leads_out_of_the_range(moves: list[int], low: float, decades: float) -> None:
    """Values stay between the ends, and both ends can be reached exactly."""
    bottom = 10.0 ** min(low, 0)
    top = bottom * 10.0 ** min(decades, 300)
    sketch = begun(Prediction("?", bars=("a",), low=bottom, high=top, log_scale=True))
    for move in moves:
        sketch = sketch.moved(move)
        assert bottom <= sketch.values[0] <= top
    assert sketch.moved(10**6).values == (top,)
    assert sketch.moved(-(10**6)).values == (bottom,)


def test_a_logarithmic_range_from_zero_is_drawn_linearly() -> None:
    """Zero has no logarithm."""
    assert not begun(Prediction("?", bars=("a",), low=0.0, high=10.0, log_scale=True)).log
