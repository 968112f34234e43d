"""The rubric: what bands come to, as a score, as a rating, and as a good or a poor answer."""

from __future__ import annotations

import pytest

from quizapp.core.drill.rubric import (
    MEANINGS,
    Dimension,
    bands_from,
    is_complete,
    plain_bands,
    rating_of,
    score,
)
from quizapp.core.memory import Rating
from tests.drilling import bands


def test_every_band_of_every_dimension_has_a_meaning_of_its_own() -> None:
    """Sixteen texts, all different."""
    texts = [text for dimension in Dimension for text in MEANINGS[dimension]]
    assert len(set(texts)) == 16


@pytest.mark.parametrize(
    ("given", "rating"),
    [
        ((1, 4, 4, 4), Rating.AGAIN),
        ((2, 4, 4, 4), Rating.HARD),
        ((3, 2, 2, 2), Rating.HARD),
        ((3, 3, 2, 2), Rating.GOOD),
        ((3, 4, 4, 4), Rating.GOOD),
        ((4, 4, 4, 3), Rating.EASY),
        ((4, 4, 3, 3), Rating.GOOD),
        ((4, 1, 1, 1), Rating.HARD),
    ],
)
def test_correctness_has_the_last_word(given: tuple[int, int, int, int], rating: Rating) -> None:
    """The rating follows from correctness first, then from the mean of the bands."""
    assert rating_of(bands(*given)) is rating


@pytest.mark.parametrize(
    ("given", "rating"),
    [((4, 4, 4, 4), Rating.HARD), ((2, 4, 4, 4), Rating.HARD), ((1, 4, 4, 4), Rating.AGAIN)],
)
def test_with_a_hint_the_rating_is_hard_at_best(given: tuple[int, int, int, int], rating: Rating) -> None:
    """What needed help was not recalled."""
    assert rating_of(bands(*given), is_helped=True) is rating


def test_the_score_runs_from_nought_to_one() -> None:
    """Every band counts a third."""
    assert score(bands(1, 1, 1, 1)) == 0
    assert score(bands(4, 4, 4, 4)) == 1
    assert score(bands(2, 1, 1, 1)) == pytest.approx(1 / 12)


def test_bands_come_back_from_plain_values() -> None:
    """Half given ones too, which are not complete."""
    half = {Dimension.DEPTH: bands(1, 2, 3, 4)[Dimension.DEPTH]}
    assert bands_from(plain_bands(half)) == half
    assert not is_complete(half)
    assert is_complete(bands(1, 2, 3, 4))
