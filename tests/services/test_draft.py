"""What is typed outlives the program until its card is rated."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizapp.core.memory import Rating
from quizapp.services import changes, draft
from quizapp.services.draft import Draft
from quizapp.services.redo import redo
from tests.learner import Learner


def kept(learner: Learner, card: str) -> tuple[str, str]:
    """Return the words and the expected answer that are kept for a card."""
    found = draft.kept(learner.workspace, learner.card(card))
    return found.words, found.given


def keep(learner: Learner, card: str, words: str, given: str = "") -> None:
    """Type for a card's present review."""
    before = draft.kept(learner.workspace, learner.card(card))
    draft.keep(learner.workspace, learner.card(card), replace(before, words=words, given=given))


def test_each_card_has_its_own_after_a_restart(learner: Learner) -> None:
    """The last ones written; what is typed for another card takes nothing away."""
    learner.learn("Alpha", "Why?")
    assert kept(learner, "alpha") == ("", "")
    keep(learner, "alpha", "one")
    keep(learner, "alpha", "zwei\n√2", "left\nright")
    keep(learner, "alpha/why", "because")
    learner.reopen()
    assert kept(learner, "alpha") == ("zwei\n√2", "left\nright")
    assert kept(learner, "alpha/why") == ("because", "")
    keep(learner, "alpha", "")
    assert kept(learner, "alpha") == ("", "")


def test_a_rated_card_begins_without_words(learner: Learner) -> None:
    """They are in the log then; an undo brings them back, for the review is the same again, and a redo puts them away."""
    learner.learn("Alpha")
    keep(learner, "alpha", "one", "2")
    study = learner.begin()
    study.answer(Rating.AGAIN, 0)
    assert kept(learner, "alpha") == ("", "")
    study.undo()
    assert kept(learner, "alpha") == ("one", "2")
    learner.reopen()
    assert kept(learner, "alpha") == ("one", "2")
    assert redo(learner.workspace) is not None
    assert kept(learner, "alpha") == ("", "")


def test_words_outlive_an_undo_of_the_rating_before_them(learner: Learner) -> None:
    """The card goes back by a review, and nothing of what was typed is out of sight."""
    learner.learn("Alpha")
    study = learner.begin()
    study.answer(Rating.AGAIN, 0)
    keep(learner, "alpha", "one")
    study.undo()
    assert kept(learner, "alpha") == ("one", "")
    study.answer(Rating.GOOD, 0)
    assert kept(learner, "alpha") == ("", "")


def test_a_card_made_new_again_begins_without_words(learner: Learner) -> None:
    """It has as many reviews as it had when they were typed, and is not the same."""
    learner.learn("Alpha")
    keep(learner, "alpha", "one")
    learner.begin().answer(Rating.GOOD, 0)
    changes.forget(learner.workspace, [learner.card("alpha").id])
    assert kept(learner, "alpha") == ("", "")


def test_what_comes_late_belongs_to_the_review_that_it_was_typed_for(learner: Learner) -> None:
    """A write that ends after the rating gives the next review no words."""
    learner.learn("Alpha")
    card = learner.card("alpha")
    before = draft.kept(learner.workspace, card)
    learner.begin().answer(Rating.AGAIN, 0)
    draft.keep(learner.workspace, card, replace(before, words="late"))
    assert kept(learner, "alpha") == ("", "")


@pytest.mark.parametrize("mark", ["suspend", "bury"])
def test_what_rates_nothing_leaves_the_words(learner: Learner, mark: str) -> None:
    """A card that was put aside has them when it comes again."""
    learner.learn("Alpha")
    keep(learner, "alpha", "one")
    getattr(learner.begin(), mark)()
    assert kept(learner, "alpha") == ("one", "")


def test_nothing_typed_writes_nothing(learner: Learner) -> None:
    """Cards that are only read leave no line behind."""
    learner.learn("Alpha")
    draft.keep(learner.workspace, learner.card("alpha"), Draft())
    assert not learner.workspace.database.read("SELECT 1 FROM fact WHERE name LIKE 'typed answer%'", {})
