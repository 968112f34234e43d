"""A session as a value: probes earned by a question, and given back by an undo."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.memory import Rating
from quizapp.core.session import Session, after_answer, after_undo, session_from_json
from quizapp.core.topic import CardId

Q, F1, F2 = CardId("q"), CardId("q/1"), CardId("q/2")
X, X1 = CardId("x"), CardId("x/1")
IDS = st.text(max_size=12).map(CardId)


def at(current: CardId | None, *probes: CardId) -> Session:
    """Return a session with this card in front and these to come."""
    return Session("s", "", 739_000, 0, current, probes)


@pytest.mark.parametrize("rating", [Rating.HARD, Rating.GOOD, Rating.EASY])
def test_a_passed_question_earns_its_probes(rating: Rating) -> None:
    """The follow-ups come next, in the author's order."""
    assert after_answer(at(Q), Q, rating, is_question=True, follow_ups=(F1, F2)) == at(None, F1, F2)


def test_a_failed_question_earns_none() -> None:
    """Again is followed by something else."""
    assert after_answer(at(Q), Q, Rating.AGAIN, is_question=True, follow_ups=(F1, F2)) == at(None)


def test_a_probe_answered_leaves_the_others() -> None:
    """Whatever its rating, the next probe follows."""
    assert after_answer(at(F1, F2), F1, Rating.AGAIN, is_question=False, follow_ups=(F1,)) == at(None, F2)


def test_new_probes_come_before_those_that_wait() -> None:
    """A question that comes between takes the floor, and no card waits twice."""
    session = after_answer(at(X, F1, F2), X, Rating.GOOD, is_question=True, follow_ups=(X1, F1))
    assert session.probes == (X1, F1, F2)


def test_undoing_a_question_takes_its_probes_back() -> None:
    """The probe in front and those that wait go, until the question is passed again."""
    assert after_undo(at(F1, F2), Q, is_question=True, siblings=(F1, F2)) == at(Q)


def test_undoing_a_probe_puts_it_before_its_siblings() -> None:
    """The one that was in front comes again right after it."""
    assert after_undo(at(F2), F1, is_question=False, siblings=(F1, F2)) == at(F1, F2)


def test_undo_keeps_what_was_in_front() -> None:
    """Another topic's follow-up comes again after the card that was taken back."""
    assert after_undo(at(F1, F2), X, is_question=True, siblings=(X1,)) == at(X, F1, F2)


def test_undo_with_nothing_in_front() -> None:
    """At the end of a session the last card comes back."""
    assert after_undo(at(None), F2, is_question=False, siblings=(F1, F2)) == at(F2)


@given(st.none() | IDS, st.lists(IDS, max_size=4), IDS, st.integers(min_value=0))
def test_a_session_is_read_back_as_it_was(
    current: CardId | None, probes: list[CardId], deck: CardId, started_ms: int
) -> None:
    """What the database keeps is the whole place."""
    session = Session("s", deck, 739_000, started_ms, current, tuple(probes))
    assert session_from_json("s", deck, session.to_json()) == session
