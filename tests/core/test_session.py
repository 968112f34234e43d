"""A session as a value: probes earned by a question, and given back by an undo."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.cram import shuffled
from quizapp.core.memory import Rating
from quizapp.core.saved_search import CramOrder, SavedSearch
from quizapp.core.session import Filtered, Session, after_answer, after_found, after_undo, session_from_json
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


FILTERED = Filtered(SavedSearch("hard", "prop:d>7", reschedule=True, order=CramOrder.RANDOM), total=5, at=2)


def test_a_filtered_session_is_read_back_as_it_was_written() -> None:
    """With its search, its place in the list and what comes again; it is found by its search, not by a deck."""
    session = Session("s", "", 1, 2, CardId("a"), (CardId("b"),), replace(FILTERED, again=(CardId("c"),)))
    assert session_from_json("s", session.key, session.to_json()) == session
    assert session.key == "/random/moves/prop:d>7"
    assert session.moves_schedule


def test_searches_that_study_otherwise_have_other_sessions() -> None:
    """Query, effect and order tell them apart; the name does not."""
    search = FILTERED.search
    others = [
        replace(search, query="is:due"),
        replace(search, reschedule=False),
        replace(search, order=CramOrder.DUE),
    ]
    assert len({search.key, *(other.key for other in others)}) == 4
    assert replace(search, name="other").key == search.key


def test_a_forgotten_card_comes_again_once_and_last() -> None:
    """Forgotten twice, it stands in line once; recalled, it leaves the line."""
    session = Session(
        "s", "", 1, 2, CardId("a"), filtered=replace(FILTERED, again=(CardId("a"), CardId("b")))
    )
    forgotten = after_found(session, CardId("a"), Rating.AGAIN).filtered
    recalled = after_found(session, CardId("a"), Rating.HARD).filtered
    assert forgotten is not None
    assert recalled is not None
    assert (forgotten.again, recalled.again) == (("b", "a"), ("b",))


def test_a_mixed_order_belongs_to_its_seed() -> None:
    """The same seed gives the same order of the same cards, another seed another one."""
    cards = [CardId(str(number)) for number in range(20)]
    assert shuffled(cards, "1") == shuffled(reversed(cards), "1")
    assert shuffled(cards, "1") != shuffled(cards, "2")
    assert sorted(shuffled(cards, "1")) == sorted(cards)
