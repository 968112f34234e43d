"""Counting reviews, and adding tallies up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.statistics.share import Share
from quizapp.core.statistics.sorted_reviews import SortedReviews, joined, sorted_from_json
from quizapp.core.statistics.tally import Age, Tally, age_in_learning, age_in_review, summed, tally_from_json
from quizapp.core.statistics.tallying import Tallying

counted = st.lists(
    st.tuples(
        st.sampled_from(Age), st.integers(1, 4), st.integers(0, 9999), st.integers(0, 23), st.integers(1, 3),
        st.lists(st.sampled_from(["a", "b"]), unique=True).map(tuple),
    )
)  # fmt: skip


def tallied(reviews: list[tuple[Age, int, int, int, int, tuple[str, ...]]]) -> Tallying:
    """Count some reviews."""
    counting = Tallying()
    for review in reviews:
        counting.add(*review)
    return counting


def test_the_age_of_a_card_is_the_time_since_its_last_review() -> None:
    """From 21 study days on it is mature; on the same day again it tells nothing."""
    assert age_in_review(20) is Age.YOUNG
    assert age_in_review(21) is Age.MATURE
    assert age_in_review(0) is Age.REPEATED
    assert age_in_learning("new") is Age.NEW
    assert age_in_learning("learning") is Age.LEARNING
    assert age_in_learning("relearning") is Age.RELEARNING
    assert age_in_learning("") is Age.NEW


def test_true_retention_counts_cards_in_review_once_a_day() -> None:
    """Neither learning steps nor what was asked again on the same day."""
    counting = tallied(
        [(each, rating, 10, 9, 1, ()) for each, rating in zip(Age, (1, 1, 1, 3, 1, 4), strict=True)]
    )
    assert counting.tally.remembered == Share(1, 2)
    assert counting.tally.reviews == 6
    assert counting.sorted_reviews.decks["1"] == [6, 2, 1, 60]


@given(counted, counted)
def test_days_add_up_and_come_apart_again(
    one: list[tuple[Age, int, int, int, int, tuple[str, ...]]],
    other: list[tuple[Age, int, int, int, int, tuple[str, ...]]],
) -> None:
    """Counting in one go is counting in two; what was so far, without the earlier part, is the later one."""
    first, second, both = tallied(one), tallied(other), tallied(one + other)
    assert summed((first.tally, second.tally)).ratings == both.tally.ratings
    together = joined((first.sorted_reviews, second.sorted_reviews))
    assert together == both.sorted_reviews
    assert together.without(first.sorted_reviews) == second.sorted_reviews


@given(counted)
def test_what_is_kept_reads_back(reviews: list[tuple[Age, int, int, int, int, tuple[str, ...]]]) -> None:
    """Through the text that the database keeps."""
    counting = tallied(reviews)
    counting.note("drill", 3)
    counting.note("cram", 1)
    tally = tally_from_json(counting.tally.to_json())
    assert (tally.ratings, tuple(tally.drills), tally.crams) == (counting.tally.ratings, (0, 0, 1, 0), 1)
    assert sorted_from_json(counting.sorted_reviews.to_json()) == counting.sorted_reviews


def test_nothing_is_a_tally_too() -> None:
    """Without reviews there is no rate."""
    assert (Tally().reviews, Tally().milliseconds, Tally().remembered.rate) == (0, 0, None)
    assert joined(()) == SortedReviews()
