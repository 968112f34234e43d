"""Leeches: when a card is one, and what its answers say about why."""

from __future__ import annotations

import pytest

from quizapp.core.calibration import Tally
from quizapp.core.leech import (
    Diagnosis,
    PastAnswer,
    PointMissed,
    becomes_leech,
    diagnosis_lines,
    is_leech,
    missed_points,
    named_points,
)
from quizapp.core.memory import Rating


@pytest.mark.parametrize(
    ("threshold", "told_at"), [(8, [8, 12, 16, 20]), (5, [5, 8, 11, 14, 17, 20]), (1, list(range(1, 21)))]
)
def test_it_is_said_at_the_threshold_and_each_half_after(threshold: int, told_at: list[int]) -> None:
    """The half is rounded up; below the threshold nothing is said."""
    assert [lapses for lapses in range(1, 21) if becomes_leech(lapses - 1, lapses, threshold)] == told_at


def test_a_rating_that_is_no_lapse_says_nothing() -> None:
    """A card that has been a leech for long is rated Good."""
    assert is_leech(8, 8)
    assert not is_leech(7, 8)
    assert not becomes_leech(8, 8, 8)


def test_the_most_missed_point_comes_first() -> None:
    """Only answers that tell what was named count, and those of equal count keep the author's order."""
    answers = [
        PastAnswer(Rating.AGAIN, frozenset({"a"})),
        PastAnswer(Rating.AGAIN, None),
        PastAnswer(Rating.GOOD, frozenset({"a", "b"})),
    ]
    assert missed_points(["a", "b", "c"], answers) == (
        PointMissed("c", 2, 2),
        PointMissed("b", 1, 2),
        PointMissed("a", 0, 2),
    )
    assert missed_points(["a"], answers[1:2]) == ()


@pytest.mark.parametrize(
    ("extra", "named"), [(None, None), ([0, 2], frozenset()), (["a", "gone"], frozenset({"a"})), ("a", None)]
)
def test_what_the_log_keeps_is_read_with_care(extra: object, named: frozenset[str] | None) -> None:
    """Nothing kept tells nothing; points that an edit took away are left out."""
    assert named_points(extra, ["a", "b"]) == named


def test_the_diagnosis_in_words() -> None:
    """Lapses, missed points with their counts, and the predictions."""
    points = (PointMissed("the skip", 3, 4), PointMissed("the gain", 0, 4))
    lines = diagnosis_lines(Diagnosis(8, 20, points, 4, Tally(2, 1), "scale-explosion"))
    assert lines == [
        "Forgotten 8 times in 20 reviews.",
        "Missed in the 4 answers ticked:",
        "  3 of 4  the skip",
        "Predictions on it: 2 predictions, 1 right.",
    ]
    bare = diagnosis_lines(Diagnosis(1, 3, (), 0, Tally(), ""))
    assert bare[0] == "Forgotten once in 3 reviews."
    assert bare[1].startswith("No key points were ticked")
    assert bare[2] == "Predictions on it: no predictions yet."
