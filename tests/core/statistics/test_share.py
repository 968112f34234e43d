"""Shares and what may be concluded from them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.per_cent import per_cent
from quizapp.core.statistics.share import Share, fields


def test_the_interval_is_wilsons() -> None:
    """Against the value that Wilson's formula gives for 8 of 10: 0.4902 to 0.9433."""
    assert Share(8, 10).interval() == pytest.approx((0.4902, 0.9433), abs=1e-4)


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_interval_holds_the_rate_and_stays_within_bounds(passed: int, failed: int) -> None:
    """Also for none, all, and nothing at all."""
    share = Share(passed, passed + failed)
    low, high = share.interval()
    assert 0.0 <= low <= high <= 1.0
    if share.rate is not None:
        assert low - 1e-12 <= share.rate <= high + 1e-12


def test_shares_differ_when_their_intervals_do_not_overlap() -> None:
    """Enough cases on both sides, and a difference that is worth acting upon."""
    assert Share(90, 100).differs(Share(60, 100))
    assert not Share(90, 100).differs(Share(85, 100))
    assert not Share(20, 20).differs(Share(60, 100))
    assert not Share(900_000, 1_000_000).differs(Share(910_000, 1_000_000))


def test_several_comparisons_ask_for_more() -> None:
    """What differs by itself need not differ as the most extreme one of fifty."""
    one, rest = Share(80, 100), Share(9_000, 10_000)
    assert one.differs(rest)
    assert not one.differs(rest, comparisons=50)


def test_a_rate_near_enough_holds() -> None:
    """One point off is nothing to act upon, however many cases say so."""
    assert Share(890_000, 1_000_000).holds(0.9)
    assert not Share(860_000, 1_000_000).holds(0.9)
    assert Share(42, 50).holds(0.9)


def test_figures_for_scripts() -> None:
    """Nothing counted has no rate."""
    assert fields(Share()) == {"passed": 0, "count": 0, "rate": None, "interval": None}
    assert per_cent(None) == "·"
    assert per_cent(0.844) == "84 %"
