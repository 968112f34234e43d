"""The ratings that a learner is offered."""

from __future__ import annotations

import pytest

from quizapp.core.memory import Rating
from quizapp.core.rating_scale import FOUR, TWO, RatingScale, rating_scale


def test_four_buttons_are_all_ratings_by_their_own_keys() -> None:
    """And say which of them are passes: Hard is one."""
    assert rating_scale(two_buttons=False) is FOUR
    assert [FOUR.name(rating) for rating in FOUR.ratings] == ["1 Again", "2 Hard", "3 Good", "4 Easy"]
    assert FOUR.caption(Rating.AGAIN, 40) == "forgotten: a failure"
    assert FOUR.caption(Rating.HARD, 40) == "recalled with effort: a pass"
    assert FOUR.caption(Rating.HARD, 20) == "a pass, hard"


def test_on_two_buttons_every_pass_is_good() -> None:
    """What would be Hard or Easy stands as Good; Again stays Again."""
    assert rating_scale(two_buttons=True) is TWO
    assert [TWO.name(rating) for rating in TWO.ratings] == ["1 Again", "2 or 3 Good"]
    assert [TWO.nearest(rating) for rating in Rating] == [Rating.AGAIN, Rating.GOOD, Rating.GOOD, Rating.GOOD]
    assert [FOUR.nearest(rating) for rating in Rating] == list(Rating)


@pytest.mark.parametrize("scale", [FOUR, TWO], ids=["four", "two"])
def test_the_short_words_fit_the_narrowest_button(scale: RatingScale) -> None:
    """A quarter of 60 columns less the blank between two buttons is 14 cells."""
    assert all(len(scale.caption(rating, 0)) <= 14 for rating in scale.ratings)
