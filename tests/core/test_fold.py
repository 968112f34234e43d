"""The fold of a topic's log, and the queue that each of its cards waits in."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.fold import CardState, Place, Queue, TopicState, fold, place, step
from quizapp.core.log import Entry, EntryId, EntryKind, entry_id
from quizapp.core.memory import Memory, Phase, Rating
from quizapp.core.policy import Policy
from quizapp.core.topic import CardId, CardKind

QUESTION, PROBE, OTHER = CardId("topic"), CardId("topic/probe"), CardId("topic/other")
POLICY = Policy()
POLICIES = {POLICY.id: POLICY}
DAY = 739_000
MINUTE_MS = 60_000


def entries() -> Iterator[Entry]:
    """Yield blank entries, one a minute."""
    for number in count(1):
        at_ms = number * MINUTE_MS
        yield Entry(entry_id(at_ms, 0, None), at_ms, DAY, "test", QUESTION, EntryKind.REVIEW)


def reviewed(blank: Entry, card: CardId, rating: Rating, day: int = DAY) -> Entry:
    """Return a review at an entry's place in the log."""
    return replace(blank, card_id=card, rating=rating, day=day, policy_id=POLICY.id)


def folded(*log: Entry) -> TopicState:
    """Return the fold of a log."""
    return fold(log, QUESTION, POLICIES)


def where(state: TopicState, card: CardId, *, archived: bool = False) -> Place:
    """Return where a card of the topic waits."""
    kind = CardKind.QUESTION if card == QUESTION else CardKind.FOLLOW_UP
    return place(state, card, kind, archived=archived)


def test_an_untouched_topic_asks_its_question_first() -> None:
    """Before any answer the question is new and its follow-ups are locked."""
    assert where(folded(), QUESTION) == Place(Queue.NEW)
    assert where(folded(), PROBE) == Place(Queue.LOCKED)


@pytest.mark.parametrize("rating", [Rating.HARD, Rating.GOOD, Rating.EASY])
def test_a_passed_question_unlocks_its_follow_ups(rating: Rating) -> None:
    """Hard or better unlocks the follow-ups, from the next study day on as far as the queues go."""
    state = folded(reviewed(next(entries()), QUESTION, rating))
    assert state.unlocked
    assert where(state, PROBE) == Place(Queue.NEW, DAY + 1)


def test_a_failed_question_unlocks_nothing() -> None:
    """Again leaves the follow-ups locked, and puts the question into the learning queue."""
    blank = next(entries())
    state = folded(reviewed(blank, QUESTION, Rating.AGAIN))
    assert where(state, PROBE).queue is Queue.LOCKED
    assert where(state, QUESTION) == Place(Queue.LEARNING, 0, blank.at_ms + MINUTE_MS)


def test_unlocked_stays_unlocked() -> None:
    """One pass is enough: a later Again locks nothing."""
    log = entries()
    state = folded(reviewed(next(log), QUESTION, Rating.GOOD), reviewed(next(log), QUESTION, Rating.AGAIN))
    assert where(state, PROBE).queue is Queue.NEW


def test_a_passed_follow_up_unlocks_nothing() -> None:
    """Only the question unlocks."""
    assert not folded(reviewed(next(entries()), PROBE, Rating.EASY)).unlocked


def test_siblings_wait_until_the_next_study_day() -> None:
    """A review of one card buries those that would come today, and shortens nothing."""
    log = entries()
    state = folded(
        reviewed(next(log), QUESTION, Rating.GOOD, DAY - 90),
        reviewed(next(log), PROBE, Rating.EASY, DAY - 90),
        reviewed(next(log), QUESTION, Rating.GOOD, DAY),
    )
    assert state.card(PROBE).memory.due_day < DAY
    assert where(state, PROBE) == Place(Queue.REVIEW, DAY + 1)
    assert where(state, OTHER) == Place(Queue.NEW, DAY + 1)


def test_a_sibling_due_later_keeps_its_day() -> None:
    """Burying never brings a review forward."""
    log = entries()
    state = folded(reviewed(next(log), PROBE, Rating.EASY), reviewed(next(log), QUESTION, Rating.GOOD))
    assert where(state, PROBE).available_day == state.card(PROBE).memory.due_day > DAY + 1


def test_suspended_and_archived_cards_are_out() -> None:
    """Neither waits anywhere, whatever its memory."""
    log = entries()
    suspended = folded(replace(next(log), kind=EntryKind.SUSPEND))
    assert where(suspended, QUESTION) == Place(Queue.OUT)
    assert where(folded(), QUESTION, archived=True) == Place(Queue.OUT)
    lifted = step(suspended, replace(next(log), kind=EntryKind.UNSUSPEND), {})
    assert where(lifted, QUESTION) == Place(Queue.NEW)


@pytest.mark.parametrize("rating", [None, Rating.AGAIN, Rating.EASY])
def test_a_buried_card_waits_until_tomorrow(rating: Rating | None) -> None:
    """Burying puts a new, a learning and a reviewed card off until the next study day at least."""
    log = entries()
    before = [] if rating is None else [reviewed(next(log), QUESTION, rating)]
    state = folded(*before, replace(next(log), kind=EntryKind.BURY))
    assert where(state, QUESTION).available_day >= DAY + 1


def test_a_reset_forgets_the_memory_only() -> None:
    """After a reset the card is new again; that it is suspended, has been passed, and when it was seen stays."""
    log = entries()
    state = folded(
        reviewed(next(log), QUESTION, Rating.GOOD),
        replace(next(log), kind=EntryKind.SUSPEND),
        replace(next(log), kind=EntryKind.RESET),
    )
    assert state.card(QUESTION) == CardState(
        Memory(), suspended=True, first_day=DAY, seen_day=DAY, passed=True
    )
    assert state.card(QUESTION).memory.phase is Phase.NEW
    assert state.unlocked


@pytest.mark.parametrize("kind", [EntryKind.DRILL, EntryKind.CRAM])
def test_a_rating_beside_study_moves_the_schedule_only_with_rules(kind: EntryKind) -> None:
    """A drill's rating that names a policy counts as a review, one that names none leaves no trace in the state."""
    review = reviewed(next(entries()), QUESTION, Rating.GOOD)
    assert folded(replace(review, kind=kind)) == folded(review)
    assert folded(replace(review, kind=kind, policy_id="")) == TopicState(QUESTION)


def test_a_chosen_day_holds_for_every_phase() -> None:
    """A new card waits until that day, any other is due for review then; a reset forgets it."""
    log = entries()
    new = folded(replace(next(log), kind=EntryKind.SET_DUE, value=DAY + 7))
    assert where(new, QUESTION) == Place(Queue.NEW, DAY + 7)
    learning = folded(
        reviewed(next(log), QUESTION, Rating.AGAIN), replace(next(log), kind=EntryKind.SET_DUE, value=DAY + 9)
    )
    assert where(learning, QUESTION) == Place(Queue.REVIEW, DAY + 9)
    again = step(
        learning, reviewed(replace(next(log), day=DAY + 9), QUESTION, Rating.GOOD, DAY + 9), POLICIES
    )
    assert again.card(QUESTION).memory.phase is Phase.REVIEW
    assert where(again, QUESTION).available_day > DAY + 9
    forgotten = step(new, replace(next(log), kind=EntryKind.RESET), {})
    assert where(forgotten, QUESTION) == Place(Queue.NEW)


def test_a_card_put_first_waits_before_all_others_of_its_day() -> None:
    """Among the learning ones, by its place, whatever its phase and whatever of its topic was seen; a review ends that."""
    log = entries()
    first = replace(next(log), kind=EntryKind.SET_DUE, value=DAY + 1, words="2")
    assert where(folded(first), QUESTION) == Place(Queue.LEARNING, DAY + 1, 2)
    learnt = folded(reviewed(next(log), QUESTION, Rating.EASY), replace(next(log), **_first(first, "1")))
    assert where(learnt, QUESTION) == Place(Queue.LEARNING, DAY + 1, 1)
    after = step(learnt, reviewed(replace(next(log), day=DAY + 1), QUESTION, Rating.GOOD, DAY + 1), POLICIES)
    assert where(after, QUESTION).queue is Queue.REVIEW
    usual = step(learnt, replace(next(log), kind=EntryKind.SET_DUE, value=DAY + 1), {})
    assert where(usual, QUESTION) == Place(Queue.REVIEW, DAY + 1)


def _first(entry: Entry, words: str) -> dict[str, Any]:
    """Return what makes another entry put its card first, at another place."""
    return {"kind": entry.kind, "value": entry.value, "words": words}


def test_flags_tags_and_deletion_follow_the_log() -> None:
    """The last flag counts, a tag stands once, and a deleted card is out until it is restored."""
    log = entries()
    state = folded(
        replace(next(log), kind=EntryKind.FLAG, value=2),
        replace(next(log), kind=EntryKind.FLAG, value=5),
        *(replace(next(log), kind=EntryKind.TAG, words=words) for words in ("b", "a", "b", "c")),
        replace(next(log), kind=EntryKind.UNTAG, words="c"),
        replace(next(log), kind=EntryKind.DELETE),
    )
    assert (state.card(QUESTION).flag, state.card(QUESTION).tags) == (5, ("a", "b"))
    assert where(state, QUESTION) == Place(Queue.OUT)
    assert where(step(state, replace(next(log), kind=EntryKind.RESTORE), {}), QUESTION) == Place(Queue.NEW)


def test_what_was_undone_never_happened() -> None:
    """An undone review leaves no trace in any card, nor in what the topic's cards share."""
    log = entries()
    review = reviewed(next(log), QUESTION, Rating.GOOD)
    assert folded(review, replace(next(log), kind=EntryKind.UNDO, target=review.id)) == TopicState(QUESTION)


def test_undo_reaches_any_entry() -> None:
    """Undoing an entry in the middle gives the log without it."""
    log = entries()
    first, second, third, undo = (next(log) for _ in range(4))
    kept = (
        reviewed(first, QUESTION, Rating.GOOD),
        reviewed(third, QUESTION, Rating.GOOD, DAY + 9),
    )
    undone = reviewed(second, QUESTION, Rating.AGAIN)
    assert folded(*kept, undone, replace(undo, kind=EntryKind.UNDO, target=undone.id)) == folded(*kept)


def test_the_first_day_stays() -> None:
    """A card began on the study day of its first review."""
    log = entries()
    state = folded(reviewed(next(log), PROBE, Rating.GOOD), reviewed(next(log), PROBE, Rating.GOOD, DAY + 3))
    assert state.card(PROBE).first_day == DAY
    assert state.seen_day == DAY + 3


RATED = (EntryKind.REVIEW, EntryKind.DRILL, EntryKind.CRAM)
KINDS = st.sampled_from([kind for kind in EntryKind if kind is not EntryKind.UNDO])
EVENTS = st.tuples(
    st.sampled_from([QUESTION, PROBE, OTHER]),
    KINDS,
    st.sampled_from(Rating),
    st.integers(min_value=0, max_value=30),
)


def a_log(events: list[tuple[CardId, EntryKind, Rating, int]]) -> list[Entry]:
    """Return the log of some events, each so many days after the one before."""
    log, day = [], DAY
    for blank, (card, kind, rating, later) in zip(entries(), events, strict=False):
        day += later
        entry = reviewed(blank, card, rating, day)
        log.append(entry if kind in RATED else replace(entry, kind=kind, rating=None))
    return log


@given(st.lists(EVENTS, max_size=12))
def test_folding_is_stepping(events: list[tuple[CardId, EntryKind, Rating, int]]) -> None:
    """Entry after entry gives what replaying them all gives."""
    log, state = a_log(events), TopicState(QUESTION)
    for entry in log:
        state = step(state, entry, POLICIES)
    assert state == folded(*log)


@given(st.lists(EVENTS, max_size=12), st.data())
def test_the_order_of_arrival_does_not_matter(
    events: list[tuple[CardId, EntryKind, Rating, int]], data: st.DataObject
) -> None:
    """Two devices' entries give one state in whatever order they came in, with undos among them."""
    log = a_log(events)
    undone = (
        data.draw(st.lists(st.sampled_from(log), max_size=3, unique_by=lambda entry: entry.id)) if log else []
    )
    last = len(log) * MINUTE_MS
    undos = [
        replace(target, id=entry_id(last + number, 0, None), kind=EntryKind.UNDO, target=target.id)
        for number, target in enumerate(undone, start=1)
    ]
    mixed = [*log, *undos]
    random.Random(data.draw(st.integers())).shuffle(mixed)
    assert folded(*mixed) == folded(*(entry for entry in log if entry not in undone))


def test_an_unknown_policy_is_an_error() -> None:
    """A review cannot be replayed without its rules; nothing is guessed."""
    with pytest.raises(KeyError):
        fold([reviewed(next(entries()), QUESTION, Rating.GOOD)], QUESTION, {})


def test_ids_decide_the_order() -> None:
    """Of two entries the one with the lower id came first, whatever the clock says."""
    log = entries()
    early, late = next(log), next(log)
    suspend = replace(early, kind=EntryKind.SUSPEND, at_ms=10**12)
    lift = replace(late, kind=EntryKind.UNSUSPEND, at_ms=0)
    assert not folded(lift, suspend).card(QUESTION).suspended
    assert folded(replace(lift, id=EntryId(b"\0" * 16)), suspend).card(QUESTION).suspended
