"""Doing again what was taken back: in turn, across restarts, until something else is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from quizapp.core.change import Change, Changed
from quizapp.core.change_words import redone_words
from quizapp.core.due_days import due_days
from quizapp.core.log import EntryKind
from quizapp.core.memory import Rating
from quizapp.core.saved_search import SavedSearch
from quizapp.core.topic import CardId
from quizapp.services import changes
from quizapp.services.cram import begin_cram
from quizapp.services.redo import redo
from quizapp.services.scripted import answer
from quizapp.services.undo import undo
from quizapp.services.workspace import Workspace
from quizapp.store import entries
from tests.learner import Learner, assert_state_is_fold

ALPHA, WHY, BETA = map(CardId, ("alpha", "alpha/why-so", "beta"))
CARDS = (ALPHA, WHY, BETA)


@pytest.fixture
def workspace(learner: Learner) -> Workspace:
    """Return a library of two topics, of which one card was reviewed."""
    learner.write("Alpha", "Why so?")
    learner.write("Beta")
    learner.add()
    answer(learner.workspace, BETA, Rating.EASY)
    learner.clock.forward(days=1)
    return learner.workspace


def flagged(workspace: Workspace, cards: Sequence[CardId]) -> Changed:
    """Flag cards."""
    return changes.flag(workspace, cards, 3)


def put_due(workspace: Workspace, cards: Sequence[CardId]) -> Changed:
    """Set cards due in some days."""
    return changes.set_due(workspace, cards, "3-7")


def moved(workspace: Workspace, cards: Sequence[CardId]) -> Changed:
    """Move cards to another deck."""
    return changes.move(workspace, cards, "elsewhere")


CHANGES = [
    (changes.suspend, "3 cards are again suspended."),
    (changes.bury, "3 cards are again put off."),
    (flagged, "3 cards are again flagged ● green."),
    (put_due, "3 cards are again due as it was set."),
    (changes.delete, "3 cards are again deleted."),
    (moved, "3 cards are again moved to elsewhere."),
]


@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_a_change_is_done_again_as_one_and_can_be_taken_back_again(
    learner: Learner,
    workspace: Workspace,
    change: Callable[[Workspace, Sequence[CardId]], Changed],
    words: str,
) -> None:
    """Every card is as the change had made it, and as before once more after another undo."""
    before = [learner.card(card) for card in CARDS]
    change(workspace, CARDS)
    after = [learner.card(card) for card in CARDS]
    for _ in range(2):
        undo(workspace)
        assert [learner.card(card) for card in CARDS] == before
        learner.clock.forward(days=2)
        learner.reopen()
        workspace = learner.workspace
        redone = redo(workspace)
        assert redone is not None
        assert redone_words(redone) == words
        assert [learner.card(card) for card in CARDS] == after
        assert_state_is_fold(workspace)
    assert redo(workspace) is None


def test_several_steps_go_back_and_forth_in_turn(learner: Learner, workspace: Workspace) -> None:
    """Undo and redo walk along the same row of states, from whichever place they turn."""
    row = [[learner.card(card) for card in CARDS]]
    for change in (changes.suspend, flagged, put_due, changes.unsuspend):
        change(workspace, CARDS)
        row.append([learner.card(card) for card in CARDS])
    at = len(row) - 1
    for back, forth in ((3, 2), (2, 1), (1, 4), (4, 3)):
        for _ in range(back):
            at -= undo(workspace) is not None
            assert [learner.card(card) for card in CARDS] == row[at]
        for _ in range(forth):
            at += redo(workspace) is not None
            assert [learner.card(card) for card in CARDS] == row[at]
    assert_state_is_fold(workspace)


def test_nothing_is_done_again_after_something_else(learner: Learner, workspace: Workspace) -> None:
    """A change, or a rating, ends it; so does having taken nothing back."""
    assert redo(workspace) is None
    changes.suspend(workspace, [ALPHA])
    changes.flag(workspace, [BETA], 1)
    undo(workspace)
    undo(workspace)
    assert redo(workspace) is not None
    changes.bury(workspace, [BETA])
    assert redo(workspace) is None
    assert learner.card("beta").state.flag == 0


def test_a_rating_is_given_again_for_the_day_on_which_it_was_given(
    learner: Learner, workspace: Workspace
) -> None:
    """Also after days, and after the clock was set back; the log keeps all of it."""
    answer(workspace, BETA, Rating.HARD)
    given = [entry for entry in entries.everything(workspace.database.read) if entry.rating is Rating.HARD]
    after = learner.card("beta")
    undo(workspace)
    learner.clock.now -= timedelta(hours=3)
    redone = redo(workspace)
    assert redone is not None
    assert redone_words(redone) == "Hard on ‘What is Beta?’ was given again."
    assert learner.card("beta") == after
    *_, undone, again = entries.everything(workspace.database.read)
    assert again.id > undone.id
    assert (again.at_ms, again.day, again.rating) == (given[0].at_ms, given[0].day, given[0].rating)
    assert_state_is_fold(workspace)


def test_study_goes_on_as_after_the_rating(learner: Learner, workspace: Workspace) -> None:
    """The card gives way to the follow-up that the rating earns, as it did the first time."""
    study = learner.begin()
    shown: list[object] = []
    for _ in range(2):
        assert study.session.current == ALPHA
        if shown:
            study.redo()
        else:
            study.answer(Rating.GOOD, 1000)
        shown.append((study.session.current, study.session.probes))
        study.undo()
    assert shown[0] == shown[1]
    study.change(Change(EntryKind.SET_DUE, days=due_days("4", workspace.today().day)))
    study.refresh()
    following = study.session.current
    study.undo()
    assert study.session.current == ALPHA != following
    study.redo()
    assert study.session.current == following
    assert study.redo() is None
    assert_state_is_fold(workspace)


def test_a_cram_goes_on_as_after_the_rating(workspace: Workspace) -> None:
    """A forgotten card waits at the end again."""
    study = begin_cram(workspace, SavedSearch("", "topic:alpha or topic:beta"))
    first = study.session.current
    study.answer(Rating.AGAIN, 1000)
    shown = (study.session.current, study.session.filtered and study.session.filtered.again)
    study.undo()
    assert study.session.current == first
    study.redo()
    assert (study.session.current, study.session.filtered and study.session.filtered.again) == shown
