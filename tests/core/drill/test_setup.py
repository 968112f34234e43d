"""The set-up of a drill: its limits, its words, and its way into the database and back."""

from __future__ import annotations

import pytest

from quizapp.core.drill.setup import Manner, Reach, Setup, difficulty_range, setup_from


def test_a_setup_comes_back_from_plain_values() -> None:
    """Nothing of it is lost."""
    setup = Setup(45, "maths/sets", "proofs", 3, 5, Reach.ONE, Manner.SPOKEN, 7, is_mock=True)
    assert setup_from(setup.plain()) == setup


@pytest.mark.parametrize("minutes", [4, 181])
def test_too_short_and_too_long_drills_are_refused(minutes: int) -> None:
    """From five minutes to three hours."""
    with pytest.raises(ValueError, match=f"not {minutes}"):
        Setup(minutes=minutes)


def test_difficulties_are_a_number_or_a_range() -> None:
    """As they are written on the command line."""
    assert difficulty_range("4") == (4, 4)
    assert difficulty_range(" 3-5 ") == (3, 5)


@pytest.mark.parametrize("text", ["", "x", "5-3", "0-2", "3-6", "3-", "-3"])
def test_other_difficulties_are_refused(text: str) -> None:
    """The words say what is taken."""
    with pytest.raises(ValueError, match="write 4, or a range such as 3-5"):
        difficulty_range(text)


def test_the_topics_are_told_in_words() -> None:
    """Only what narrows them down is named."""
    assert Setup().topics_words == "all decks"
    assert Setup(deck="a", tag="b", easiest=2, hardest=2).topics_words == "a, tag b, difficulty 2"
