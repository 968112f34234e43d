"""Taking back: whole changes, several in a row, across restarts, in study and outside of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from quizapp.core.change import Change, Changed
from quizapp.core.change_words import undone_words
from quizapp.core.log import Entry, EntryKind
from quizapp.core.memory import Rating
from quizapp.core.topic import CardId
from quizapp.services import changes
from quizapp.services.drill_queue import put_first
from quizapp.services.redo import redo
from quizapp.services.scripted import answer
from quizapp.services.study import begin
from quizapp.services.undo import undo
from quizapp.services.workspace import Workspace
from quizapp.store import entries
from quizapp.store.database import Execute
from tests.learner import Learner, assert_state_is_fold

ALPHA, WHY, BETA, GAMMA = map(CardId, ("alpha", "alpha/why-so", "beta", "gamma"))
CARDS = (ALPHA, WHY, BETA)


@pytest.fixture
def workspace(learner: Learner) -> Workspace:
    """Return a library of three topics, of which one card was reviewed."""
    learner.write("Alpha", "Why so?")
    learner.write("Beta")
    learner.write("Gamma")
    learner.add()
    answer(learner.workspace, BETA, Rating.EASY)
    learner.clock.forward(days=1)
    return learner.workspace


def tagged(workspace: Workspace, cards: Sequence[CardId]) -> Changed:
    """Tag cards."""
    return changes.tag(workspace, cards, "hard")


def flagged(workspace: Workspace, cards: Sequence[CardId]) -> Changed:
    """Flag cards."""
    return changes.flag(workspace, cards, 3)


def put_due(workspace: Workspace, cards: Sequence[CardId]) -> Changed:
    """Set cards due in some days."""
    return changes.set_due(workspace, cards, "3-7")


CHANGES = [
    (changes.suspend, "3 cards are no longer suspended."),
    (changes.bury, "3 cards are no longer put off."),
    (tagged, "3 cards are no longer tagged hard."),
    (flagged, "3 cards are no longer flagged ● green."),
    (put_due, "3 cards are due as before."),
    (changes.delete, "3 cards are back in the library."),
]


@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_a_change_is_taken_back_as_one(
    learner: Learner,
    workspace: Workspace,
    change: Callable[[Workspace, Sequence[CardId]], Changed],
    words: str,
) -> None:
    """Every card is as it was, and the sentence tells how many and what."""
    before = [learner.card(card) for card in CARDS]
    assert len(change(workspace, CARDS).cards) == 3
    undone = undo(workspace)
    assert undone is not None
    assert undone_words(undone) == words
    assert [learner.card(card) for card in CARDS] == before
    assert_state_is_fold(workspace)


def test_what_a_drill_put_first_is_named_when_taken_back(workspace: Workspace) -> None:
    """The sentence tells it from a due date that was set by hand."""
    put_first(workspace, [ALPHA, BETA])
    undone = undo(workspace)
    assert undone is not None
    assert undone_words(undone) == "2 cards are no longer first tomorrow, but due as before."
    assert_state_is_fold(workspace)


def test_several_changes_are_taken_back_in_turn_after_a_restart(
    learner: Learner, workspace: Workspace
) -> None:
    """The latest first, each once, down to the review before them; then there is nothing."""
    before = [learner.card(card) for card in CARDS]
    changes.suspend(workspace, CARDS)
    changes.tag(workspace, CARDS, "hard")
    changes.unsuspend(workspace, [ALPHA])
    kinds = []
    for _ in range(4):
        learner.reopen()
        undone = undo(learner.workspace)
        assert undone is not None
        kinds.append((undone.kind, undone.count))
        assert_state_is_fold(learner.workspace)
        if len(kinds) == 3:
            assert [learner.card(card) for card in CARDS] == before
    assert kinds == [
        (EntryKind.UNSUSPEND, 1),
        (EntryKind.TAG, 3),
        (EntryKind.SUSPEND, 3),
        (EntryKind.REVIEW, 1),
    ]
    assert undo(learner.workspace) is None


def test_a_change_after_an_undo_is_the_next_to_go(learner: Learner, workspace: Workspace) -> None:
    """What was taken back stays taken back."""
    changes.suspend(workspace, CARDS)
    undo(workspace)
    changes.bury(workspace, [ALPHA])
    undone = undo(workspace)
    assert undone is not None
    assert undone.kind is EntryKind.BURY
    assert not learner.card(ALPHA).state.suspended


def test_a_flag_that_was_replaced_comes_back(learner: Learner, workspace: Workspace) -> None:
    """Undo gives the former flag, not none."""
    changes.flag(workspace, [ALPHA], 2)
    changes.flag(workspace, [ALPHA], 5)
    undo(workspace)
    assert learner.card(ALPHA).state.flag == 2


# In study.


def test_study_leaves_its_card_in_front_when_a_list_is_taken_back(
    learner: Learner, workspace: Workspace
) -> None:
    """What was done elsewhere to other cards moves nothing here."""
    study = learner.begin()
    assert study.session.current == ALPHA
    changes.suspend(workspace, [BETA, GAMMA])
    undone = study.undo()
    assert undone is not None
    assert undone_words(undone) == "2 cards are no longer suspended."
    assert study.session.current == ALPHA
    changes.suspend(workspace, [GAMMA])
    assert study.undo() is not None
    assert study.session.current == ALPHA


@pytest.mark.parametrize(
    "change", [Change(EntryKind.SUSPEND), Change(EntryKind.DELETE), Change(EntryKind.RESET)]
)
def test_what_study_did_to_its_card_brings_it_back(learner: Learner, change: Change) -> None:
    """The next card comes after the change; undo puts the first one in front again, also after a restart."""
    learner.write("Alpha", "Why so?")
    learner.write("Beta")
    learner.add()
    answer(learner.workspace, ALPHA, Rating.AGAIN)
    learner.clock.forward(minutes=30)
    study = learner.begin()
    front = study.session.current
    assert front == ALPHA
    study.change(change)
    study.refresh()
    assert study.session.current == BETA
    learner.reopen()
    study = learner.begin()
    undone = study.undo()
    assert undone is not None
    assert undone.card_id == front
    assert study.session.current == front
    assert_state_is_fold(learner.workspace)


@pytest.mark.usefixtures("workspace")
def test_a_mark_moves_nothing(learner: Learner) -> None:
    """A flag set in study and taken back leaves the card in front where it is."""
    study = learner.begin()
    study.change(Change(EntryKind.FLAG, flag=1))
    front = study.refresh()
    assert front is not None
    assert (front.id, front.state.flag) == (ALPHA, 1)
    study.bury()
    study.undo()
    undone = study.undo()
    assert undone is not None
    assert undone_words(undone) == "‘What is Alpha?’ is no longer flagged ▲ red."
    assert study.session.current == ALPHA


def test_a_card_in_front_that_a_list_suspended_gives_way(learner: Learner, workspace: Workspace) -> None:
    """Taking back a restoration takes the card away, though it was in front."""
    changes.delete(workspace, [ALPHA])
    changes.restore(workspace, [ALPHA])
    study = learner.begin()
    assert study.session.current == ALPHA
    study.undo()
    assert study.session.current == GAMMA


@pytest.mark.parametrize("deck", ["", "deck"])
def test_the_card_of_a_rating_taken_back_outside_of_study_is_in_front_again(
    workspace: Workspace, deck: str
) -> None:
    """Before the follow-ups that its rating had brought, which wait for it again."""
    study = begin(workspace, deck)
    first = study.card()
    assert first is not None
    assert first.id == ALPHA
    study.answer(Rating.GOOD, 1000)
    assert study.session.current == WHY
    study.leave()
    undo(workspace)
    again = begin(workspace, deck)
    assert again.session.current == ALPHA
    assert WHY not in again.session.probes
    again.answer(Rating.GOOD, 1000)
    assert again.session.current == WHY
    assert_state_is_fold(workspace)


def test_a_session_of_another_deck_or_in_use_stays_as_it_is(workspace: Workspace, learner: Learner) -> None:
    """Only one that was left, and that could have asked the card, goes back to it."""
    learner.write("Other", deck="elsewhere")
    learner.add()
    other, used = begin(workspace, "elsewhere"), begin(workspace)
    other.leave()
    used.answer(Rating.GOOD, 1000)
    place = used.session
    undo(workspace)
    assert begin(workspace, "elsewhere").session.current == other.session.current
    assert used.session == place


@pytest.mark.parametrize("change", [put_due, changes.forget])
def test_a_schedule_that_was_changed_comes_back_without_a_replay(
    workspace: Workspace,
    change: Callable[[Workspace, Sequence[CardId]], Changed],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The entries keep what the cards were before, also when they are made again after an undo."""
    before = workspace.database.read("SELECT * FROM card ORDER BY id", {})
    replayed: list[CardId] = []
    of_cards = entries.of_cards

    def noted(execute: Execute, cards: Sequence[CardId]) -> dict[CardId, list[Entry]]:
        replayed.extend(cards)
        return of_cards(execute, cards)

    monkeypatch.setattr(entries, "of_cards", noted)
    change(workspace, CARDS)
    for step in (undo, redo, undo):
        step(workspace)
    assert workspace.database.read("SELECT * FROM card ORDER BY id", {}) == before
    assert replayed == []
    assert_state_is_fold(workspace)


@pytest.mark.parametrize("change", [put_due, changes.forget])
def test_a_clock_that_went_back_brings_no_old_schedule_back(
    learner: Learner, workspace: Workspace, change: Callable[[Workspace, Sequence[CardId]], Changed]
) -> None:
    """An entry that took its place before the change, or an undo of one, is replayed as ever."""
    change(workspace, [BETA])
    learner.clock.forward(hours=-3)
    answer(workspace, BETA, Rating.AGAIN)
    undo(workspace)
    assert_state_is_fold(workspace)
    undo(workspace)
    assert_state_is_fold(workspace)
