"""Hints: where to look and how the first missed point begins, without giving it away."""

from __future__ import annotations

import pytest

from quizapp.core.drill.hint import hint_for
from quizapp.core.drill.proposed import is_poor
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
    assert "1 more is missing" in hint
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


def test_before_the_judgement_a_whole_answer_is_told_to_go_deeper() -> None:
    """No point is missing, and no band is given yet."""
    assert "depth" in hint_for(prompt("a", "one"), frozenset({"one"}), {})


@pytest.mark.parametrize(
    ("text", "poor"),
    [
        ("", True),
        ("  \n", True),
        ("It depends on many things.", True),
        ("The variances add at every block.", False),
        ("Variances add, the branch is scaled by 1/√L, and the identity is kept.", False),
    ],
)
def test_an_answer_that_says_less_than_a_third_is_poor(text: str, poor: bool) -> None:
    """By the key points that its words cover."""
    points = ("Variances add at every block", "The branch is scaled by 1/√L", "The identity path is kept")
    assert is_poor(text, prompt("a", *points)) is poor
