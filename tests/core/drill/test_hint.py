"""Hints: where to look and how the first missed point begins, without giving it away."""

from __future__ import annotations

from quizapp.core.drill.hint import hint_for
from tests.drilling import bands, prompt

MODEL = (
    "It adds.\n\n### Degradation\nThe deeper plain net has the higher training error.\n\n### Scale\nIt grows."
)
POINT = "Degradation: the deeper plain net has the higher training error, so it is not overfitting"


def test_a_hint_names_the_section_and_the_points_first_words() -> None:
    """The first missed point in the author's order; the rest of it stays unsaid, and how many more is told."""
    asked = prompt("a", "It adds its input to its output", POINT, "The stream grows with depth", model=MODEL)
    hint = hint_for(asked, frozenset({"It adds its input to its output"}), bands(1, 1, 1, 1))
    assert "Think of “Degradation”" in hint
    assert "“Degradation: the deeper plain net …”" in hint
    assert "1 more was missed" in hint
    assert "overfitting" not in hint


def test_a_short_point_is_not_given_away() -> None:
    """A third of its words at the most, one at the least."""
    asked = prompt("a", "Variances add", model="It adds.")
    assert hint_for(asked, frozenset(), bands(1, 1, 1, 1)) == "One point begins “Variances …”."


def test_with_every_point_ticked_the_weakest_dimension_is_told() -> None:
    """What a strong answer would have in it."""
    hint = hint_for(prompt("a", "one"), frozenset({"one"}), bands(3, 2, 2, 1))
    assert "evidence" in hint
    assert "derivation" in hint
