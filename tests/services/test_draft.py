"""Typed words outlive the program until their card is rated."""

from __future__ import annotations

from quizapp.core.memory import Rating
from quizapp.services import draft
from tests.learner import Learner


def test_words_are_there_after_a_restart(learner: Learner) -> None:
    """For their own card alone, the last ones written."""
    learner.learn("Alpha", "Why?")
    assert draft.kept(learner.workspace, learner.card("alpha")) == ""
    draft.keep(learner.workspace, learner.card("alpha"), "one")
    draft.keep(learner.workspace, learner.card("alpha"), "zwei\n√2")
    learner.reopen()
    assert draft.kept(learner.workspace, learner.card("alpha")) == "zwei\n√2"
    assert draft.kept(learner.workspace, learner.card("alpha/why")) == ""


def test_a_rated_card_begins_without_words(learner: Learner) -> None:
    """They are in the log then; an undo brings them back, for the review is the same again."""
    learner.learn("Alpha")
    draft.keep(learner.workspace, learner.card("alpha"), "one")
    study = learner.begin()
    study.answer(Rating.AGAIN, 0)
    assert draft.kept(learner.workspace, learner.card("alpha")) == ""
    study.undo()
    assert draft.kept(learner.workspace, learner.card("alpha")) == "one"
