"""One rating from a script, and the plain facts that scripts read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quizapp.core.memory import Rating
from quizapp.errors import DeckError, UsageError
from quizapp.services.listing import listed_cards, listed_entries
from quizapp.services.scripted import answer
from tests.learner import MORNING, Learner, assert_state_is_fold


def test_a_card_is_rated_at_a_given_time(learner: Learner) -> None:
    """The log keeps the time given, and the state follows from it."""
    learner.learn("Alpha")
    facts = answer(learner.workspace, "alpha", Rating.AGAIN, MORNING - timedelta(days=3))
    assert (facts["state"], facts["due"]) == ("learning", "2026-02-27T09:01:00+00:00")
    (entry,) = listed_entries(learner.workspace)
    assert entry["at"] == "2026-02-27T09:00:00+00:00"
    facts = answer(learner.workspace, "alpha", Rating.EASY)
    assert facts["state"] == "review"
    assert str(facts["due"]) > "2026-03-02"
    assert_state_is_fold(learner.workspace)


def test_a_time_before_the_last_review_is_refused(learner: Learner) -> None:
    """The card's history cannot be written into."""
    learner.learn("Alpha")
    answer(learner.workspace, "alpha", Rating.GOOD)
    with pytest.raises(UsageError, match="was last reviewed at"):
        answer(learner.workspace, "alpha", Rating.GOOD, MORNING - timedelta(seconds=1))
    assert len(list(listed_entries(learner.workspace))) == 1


def test_unknown_and_archived_cards_are_refused(learner: Learner) -> None:
    """Each in its own words."""
    learner.learn("Alpha", "Why so?")
    learner.learn("Alpha")
    with pytest.raises(DeckError, match="'beta' is not in the library"):
        answer(learner.workspace, "beta", Rating.GOOD)
    with pytest.raises(DeckError, match="'alpha/why-so' is archived"):
        answer(learner.workspace, "alpha/why-so", Rating.GOOD)


def test_cards_are_listed_with_their_state(learner: Learner) -> None:
    """By topic and in the author's order; archived ones are left out."""
    learner.write("Beta", "Why so?", "Gone?")
    learner.write("Alpha")
    learner.add()
    learner.learn("Beta", "Why so?")
    study = learner.begin()
    study.suspend()
    study.answer(Rating.EASY, 0)
    listed = {card["id"]: card for card in listed_cards(learner.workspace)}
    assert list(listed) == ["alpha", "beta", "beta/why-so"]
    assert [card["state"] for card in listed.values()] == ["suspended", "review", "new"]
    assert [card["due"] is None for card in listed.values()] == [True, False, True]
    assert listed["beta"]["retrievability"] == 1.0
    assert listed["beta/why-so"]["stability"] is None
    assert (listed["alpha"]["tags"], listed["alpha"]["difficulty"]) == (["a", "b"], 2)


def test_many_cards_are_listed_page_by_page(learner: Learner) -> None:
    """No card is left out or listed twice where pages meet."""
    from quizapp.store import cards

    for title in "ABCD":
        learner.write(title, "Why so?", "Since when?")
    learner.add()
    read = learner.workspace.database.read
    whole = [card.id for card in cards.cards(read)]
    assert len(whole) == len(set(whole)) == 12
    for page in (1, 2, 3, 5):
        assert [card.id for card in cards.cards(read, page)] == whole


def test_the_log_is_listed_with_undos(learner: Learner) -> None:
    """Everything that happened, in order; an undo names what it takes back."""
    learner.learn("Alpha")
    study = learner.begin()
    study.answer(Rating.HARD, 1500)
    study.undo()
    study.suspend()
    review, undo, suspend = listed_entries(learner.workspace)
    assert [entry["kind"] for entry in (review, undo, suspend)] == ["review", "undo", "suspend"]
    assert (review["rating"], review["elapsed_ms"], undo["rating"]) == ("hard", 1500, None)
    assert undo["target"] == review["id"]
    assert {entry["device"] for entry in (review, undo, suspend)} == {"test"}
