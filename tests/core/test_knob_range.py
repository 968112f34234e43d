"""The values that a prediction card may draw for a knob."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.knob_range import values_in
from sims.protocol import Knob, KnobError

DEPTH = Knob("depth", 50, "", 2, 100)
GAIN = Knob("gain", 0.9, "", 0.5, 1.5, step=0.05)
NET = Knob("net", "plain", "", choices=("plain", "residual"))


@pytest.mark.parametrize(
    ("knob", "text", "values"),
    [
        (DEPTH, "50", (50,)),
        (DEPTH, "10..13", (10, 11, 12, 13)),
        (DEPTH, "50,10..12", (50, 10, 11, 12)),
        (DEPTH, "12,10..12", (12, 10, 11)),
        (GAIN, "0.9..1.05", (0.9, 0.95, 1.0, 1.05)),
        (GAIN, "0.9,1.1", (0.9, 1.1)),
        (NET, "plain,residual", ("plain", "residual")),
    ],
)
def test_values_are_single_listed_or_a_range(knob: Knob, text: str, values: tuple[object, ...]) -> None:
    """Each value counts once, ranges go in the knob's own steps, and the first written comes first."""
    assert values_in(knob, text) == values


@pytest.mark.parametrize(
    ("knob", "text", "complaint"),
    [
        (DEPTH, "1..80", "takes 2 to 100"),
        (DEPTH, "80..10", "from the lower value to the higher"),
        (DEPTH, "10..", "takes a whole number"),
        (DEPTH, "10,,20", "takes a whole number"),
        (DEPTH, "10.5", "takes a whole number"),
        (GAIN, "0.9..0.92", "holds one value only"),
        (NET, "plain..residual", "has no range"),
        (NET, "dense", "takes one of"),
        (Knob("x", 0.0, "", 0.0, 1.0, step=1e-6), "0..1", "10000 at most"),
    ],
)
def test_what_the_knob_does_not_take_is_refused(knob: Knob, text: str, complaint: str) -> None:
    """The complaint names the knob and what it takes."""
    with pytest.raises(KnobError, match=complaint):
        values_in(knob, text)


@given(st.integers(2, 100), st.integers(2, 100))
def test_a_range_holds_its_ends(one: int, other: int) -> None:
    """From the lower end to the higher one, nothing left out and nothing outside."""
    low, high = sorted((one, other))
    if low < high:
        assert values_in(DEPTH, f"{low}..{high}") == tuple(range(low, high + 1))
