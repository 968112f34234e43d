"""Predictions tallied."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.calibration import Settled, Tally, calibrated, tally, tally_words

MONDAY = date(2026, 3, 2).toordinal()
KEPT = (
    Settled(MONDAY, "scale-explosion", hit=True, error_decades=0.1),
    Settled(MONDAY + 6, "scale-explosion", hit=False, error_decades=-2.0),
    Settled(MONDAY + 7, "vanishing-gradients", hit=True, error_decades=None),
    Settled(MONDAY + 30, "scale-explosion", hit=False, error_decades=-1.1),
)


def test_hits_and_decades_are_counted_in_all() -> None:
    """The error counts on either side; the bias keeps the side; choices have neither."""
    shown = calibrated(KEPT).everything
    assert (shown.count, shown.hits, shown.sized) == (4, 2, 3)
    assert shown.hit_rate == 0.5
    assert shown.error_decades == pytest.approx(3.2 / 3)
    assert shown.bias_decades == pytest.approx(-1.0)


def test_by_simulation_the_most_predicted_comes_first() -> None:
    """One without sizes has no decades."""
    shown = calibrated(KEPT).by_simulation
    assert list(shown) == ["scale-explosion", "vanishing-gradients"]
    assert shown["vanishing-gradients"] == Tally(count=1, hits=1)


def test_weeks_begin_on_monday_and_months_on_their_first() -> None:
    """In order, without those that have none."""
    shown = calibrated(KEPT)
    assert {day: one.count for day, one in shown.by_week.items()} == {
        date(2026, 3, 2): 2,
        date(2026, 3, 9): 1,
        date(2026, 3, 30): 1,
    }
    assert {day: one.count for day, one in shown.by_month.items()} == {
        date(2026, 3, 1): 3,
        date(2026, 4, 1): 1,
    }


def test_the_words_say_how_many_how_right_and_how_far_off() -> None:
    """Of nothing, of one choice, and of sizes."""
    assert tally_words(Tally()) == "no predictions yet"
    assert tally_words(tally(KEPT[2:3])) == "1 prediction, 1 right"
    assert tally_words(tally(KEPT)) == "4 predictions, 2 right, sizes off by 1.1 decades, mostly too low"


@given(
    st.lists(
        st.builds(
            Settled,
            st.integers(730_000, 740_000),
            st.sampled_from(["a", "b", "c"]),
            st.booleans(),
            st.none() | st.floats(-20, 20),
        )
    )
)
def test_every_prediction_counts_once_in_every_table(kept: list[Settled]) -> None:
    """The parts add up to the whole, and the bias is never larger than the error."""
    shown = calibrated(kept)
    for part in (shown.by_simulation, shown.by_week, shown.by_month):
        assert sum(one.count for one in part.values()) == shown.everything.count == len(kept)
        assert sum(one.hits for one in part.values()) == shown.everything.hits
    for one in (shown.everything, *shown.by_simulation.values()):
        if one.error_decades is not None and one.bias_decades is not None:
            assert abs(one.bias_decades) <= one.error_decades + 1e-9
