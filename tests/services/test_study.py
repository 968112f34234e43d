"""Studying: the order of cards, the daily limits, undo, and the place that survives a restart."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from quizapp.core.log import EntryKind
from quizapp.core.memory import Phase, Rating
from quizapp.core.topic import CardId
from quizapp.errors import UsageError
from quizapp.services import next_card
from quizapp.services.listing import listed_entries
from quizapp.services.scripted import answer
from quizapp.services.study import Study
from tests.learner import Learner, assert_state_is_fold

AGAIN, HARD, GOOD, EASY = Rating


def two_topics(learner: Learner) -> None:
    """Take in two topics with two follow-ups each."""
    learner.write("Alpha", "Why so?", "What then?")
    learner.write("Beta", "Since when?", "How much?")
    learner.add()


# The order of cards.


@pytest.mark.parametrize("rating", [HARD, GOOD, EASY])
def test_probes_come_right_after_their_question(learner: Learner, rating: Rating) -> None:
    """A passed question is followed by its follow-ups, then by the next question and its own."""
    two_topics(learner)
    assert learner.fronts(learner.begin(), [rating] * 5) == [
        "alpha", "alpha/why-so", "alpha/what-then", "beta", "beta/since-when", "beta/how-much",
    ]  # fmt: skip


def test_a_failed_question_is_not_probed(learner: Learner) -> None:
    """Its follow-ups stay locked until it has been passed, here when it comes again."""
    two_topics(learner)
    study = learner.begin()
    assert learner.fronts(study, [AGAIN]) == ["alpha", "beta"]
    learner.clock.forward(minutes=2)
    assert learner.fronts(study, [AGAIN, GOOD]) == ["beta", "alpha", "alpha/why-so"]


def test_decks_are_interleaved(learner: Learner) -> None:
    """New questions come from deck after deck."""
    for number, deck in enumerate(["a", "b", "a", "b"]):
        learner.write(f"T{number}", deck=deck)
    learner.add()
    assert learner.fronts(learner.begin(), [EASY] * 4) == ["t0", "t1", "t2", "t3", None]


def test_a_deck_is_studied_with_all_below_it(learner: Learner) -> None:
    """Cards of other decks stay away."""
    for title, deck in (("A", "maths"), ("B", "maths/sets"), ("C", "mathsy")):
        learner.write(title, deck=deck)
    learner.add()
    assert learner.fronts(learner.begin("maths"), [EASY] * 2) == ["a", "b", None]


def test_siblings_are_buried_until_the_next_study_day(learner: Learner) -> None:
    """Outside the run of probes, no card of a topic comes on the day on which another one was asked."""
    learner.learn("Alpha", "Why so?")
    answer(learner.workspace, "alpha", GOOD)
    assert learner.card("alpha/why-so").queue == "new"
    learner.clock.forward(hours=2)
    assert learner.fronts(learner.begin(), [EASY]) == ["alpha", "alpha/why-so"]

    learner.write("Beta", "Since when?")
    learner.add()
    answer(learner.workspace, "beta", EASY)
    learner.begin().leave()
    learner.clock.now = datetime(2026, 3, 3, 3, 59, tzinfo=UTC)
    assert "beta/since-when" not in learner.fronts(learner.begin(), [EASY])
    learner.clock.forward(minutes=1)
    assert learner.begin().session.current == "beta/since-when"


def test_a_learning_card_comes_early_when_nothing_else_is_left(learner: Learner) -> None:
    """Up to twenty minutes early; what waits longer does not."""
    learner.learn("Alpha")
    study = learner.begin()
    assert learner.fronts(study, [GOOD]) == ["alpha", "alpha"]
    learner.change(learning_steps=(60, 3600))
    learner.learn("Beta")
    study = learner.begin()
    assert study.session.current == "alpha"
    study.answer(EASY, 0)
    assert learner.fronts(study, [GOOD]) == ["beta", None]


def test_time_brings_a_card_back(learner: Learner) -> None:
    """Looking again finds what has fallen due meanwhile."""
    learner.change(learning_steps=(3600,))
    learner.learn("Alpha")
    study = learner.begin()
    assert study.answer(AGAIN, 0) is None
    assert study.refresh() is None
    learner.clock.forward(minutes=59)
    card = study.refresh()
    assert card is not None
    assert card.id == "alpha"


# The daily limits.


def test_the_limit_of_new_cards_is_exact(learner: Learner) -> None:
    """Reached in the middle of a topic it holds back that topic's probes too, until the next study day."""
    learner.change(new_per_day=2)
    two_topics(learner)
    study = learner.begin()
    assert learner.fronts(study, [EASY, EASY]) == ["alpha", "alpha/why-so", None]
    learner.clock.forward(days=1)
    assert learner.fronts(learner.begin(), [EASY, EASY]) == ["alpha/what-then", "beta", None]


def test_a_new_card_counts_once(learner: Learner) -> None:
    """Its learning steps take nothing from the limit, and an undone answer gives its place back."""
    learner.change(new_per_day=1)
    two_topics(learner)
    study = learner.begin()
    assert learner.fronts(study, [AGAIN, AGAIN, EASY]) == ["alpha", "alpha", "alpha", None]
    for _ in range(3):
        study.undo()
    assert study.session.current == "alpha"
    assert learner.fronts(study, [EASY]) == ["alpha", None]


def test_no_new_cards_at_all(learner: Learner) -> None:
    """A limit of nought leaves reviews only."""
    learner.change(new_per_day=0)
    two_topics(learner)
    assert learner.begin().session.current is None


def test_the_limit_of_reviews_is_exact(learner: Learner) -> None:
    """The reviews beyond it wait; new cards go on."""
    learner.change(reviews_per_day=2, new_per_day=3)
    for title in "ABC":
        learner.write(title)
    learner.add()
    learner.fronts(learner.begin(), [EASY] * 3)
    learner.write("D")
    learner.add()
    learner.clock.forward(days=40)
    seen = learner.fronts(learner.begin(), [EASY] * 3)
    assert seen[2:] == ["d", None]
    assert set(seen[:2]) < {"a", "b", "c"}


# Undo.


def taken_back(study: Study) -> tuple[EntryKind, CardId]:
    """Take back the latest, and return what it was and of which card."""
    undone = study.undo()
    assert undone is not None
    return undone.kind, undone.card_id


def test_undo_puts_the_card_back_as_it_was(learner: Learner) -> None:
    """Its state, its place in front, and its probes: as if the answer had not been given."""
    two_topics(learner)
    study = learner.begin()
    before = study.card()
    study.answer(GOOD, 1000)
    assert taken_back(study) == (EntryKind.REVIEW, CardId("alpha"))
    assert study.card() == before
    assert study.session.probes == ()
    assert learner.fronts(study, [AGAIN]) == ["alpha", "beta"]
    assert_state_is_fold(learner.workspace)


def test_probes_come_again_after_an_undo(learner: Learner) -> None:
    """All the way back and forth again, the order is the same."""
    two_topics(learner)
    study = learner.begin()
    order = learner.fronts(study, [EASY] * 4)
    for card in reversed(order[:-1]):
        assert study.undo() is not None
        assert study.session.current == card
    assert learner.fronts(study, [EASY] * 4) == order


def test_undo_reaches_over_a_restart(learner: Learner) -> None:
    """The latest answer can be taken back by the next start, and the one before it too."""
    two_topics(learner)
    learner.fronts(learner.begin(), [GOOD, GOOD])
    learner.reopen()
    study = learner.begin()
    assert study.session.current == "alpha/what-then"
    assert taken_back(study) == (EntryKind.REVIEW, CardId("alpha/why-so"))
    learner.reopen()
    study = learner.begin()
    assert study.session.current == "alpha/why-so"
    assert taken_back(study) == (EntryKind.REVIEW, CardId("alpha"))
    assert study.undo() is None
    assert study.session.current == "alpha"


def test_undo_of_another_topics_answer_keeps_the_probe_in_front(learner: Learner) -> None:
    """The follow-up that was in front comes right after the card that was taken back."""
    two_topics(learner)
    study = learner.begin()
    study.answer(GOOD, 0)
    answer(learner.workspace, "beta", AGAIN)
    assert taken_back(study) == (EntryKind.REVIEW, CardId("beta"))
    assert learner.fronts(study, [AGAIN]) == ["beta", "alpha/why-so"]


@pytest.mark.parametrize(("act", "kind"), [("suspend", EntryKind.SUSPEND), ("bury", EntryKind.BURY)])
def test_setting_aside_is_undone(learner: Learner, act: str, kind: EntryKind) -> None:
    """A suspended or buried card gives way to the next, and comes back by undo."""
    two_topics(learner)
    study = learner.begin()
    following = getattr(study, act)()
    assert following.id == "beta"
    assert taken_back(study) == (kind, CardId("alpha"))
    assert study.session.current == "alpha"
    assert learner.card("alpha").queue == "new"


def test_a_probe_set_aside_gives_way_to_its_sibling(learner: Learner) -> None:
    """And stands before it again after the undo."""
    two_topics(learner)
    study = learner.begin()
    study.answer(GOOD, 0)
    following = study.bury()
    assert following is not None
    assert following.id == "alpha/what-then"
    study.undo()
    assert learner.fronts(study, [GOOD]) == ["alpha/why-so", "alpha/what-then"]


def test_a_buried_card_comes_tomorrow(learner: Learner) -> None:
    """Burying is for the study day; suspending is until it is lifted."""
    learner.learn("Alpha")
    learner.learn("Beta")
    study = learner.begin()
    study.bury()
    study.suspend()
    assert study.session.current is None
    learner.clock.forward(days=1)
    assert learner.fronts(learner.begin(), [EASY]) == ["alpha", None]
    learner.note("beta", EntryKind.UNSUSPEND)
    assert learner.begin().session.current == "beta"


def test_an_undone_card_that_has_gone_stays_away(learner: Learner) -> None:
    """Its answer is taken back, but it is not asked; what was in front still is."""
    two_topics(learner)
    study = learner.begin()
    learner.fronts(study, [GOOD, GOOD])
    learner.learn("Alpha", "What then?")
    assert taken_back(study) == (EntryKind.REVIEW, CardId("alpha/why-so"))
    assert study.session.current == "alpha/what-then"
    assert_state_is_fold(learner.workspace)


# The place.


def test_a_restart_finds_the_same_card(learner: Learner) -> None:
    """In the middle of the probes, and again after them; `peek` knew it before anything was written."""
    two_topics(learner)
    learner.begin()
    for _ in range(5):
        learner.reopen()
        foreseen = next_card.peek(learner.workspace)
        study = learner.begin()
        assert study.card() == foreseen
        front = study.session
        learner.reopen()
        study = learner.begin()
        assert study.session == front
        study.answer(GOOD, 0)


def test_a_session_ends_with_its_study_day(learner: Learner) -> None:
    """The next morning begins anew: yesterday's place and probes are gone, and the file keeps no trace of them."""
    two_topics(learner)
    learner.begin().answer(GOOD, 0)
    learner.clock.forward(days=1)
    study = learner.begin()
    assert study.session.probes == ()
    assert study.session.current == "alpha"
    assert study.session.started_ms > 0
    assert learner.workspace.database.read("SELECT count(*) FROM session WHERE finished = 0", {}) == [(1,)]


def test_each_deck_has_its_own_place(learner: Learner) -> None:
    """Studying one deck leaves the session of another where it is."""
    learner.write("A", "Why so?", deck="a")
    learner.write("B", "Why then?", deck="b")
    learner.add()
    learner.begin("a").answer(GOOD, 0)
    learner.begin("b").answer(GOOD, 0)
    assert learner.begin("a").session.current == "a/why-so"
    assert learner.begin("b").session.current == "b/why-then"


def test_leaving_with_nothing_in_front_ends_the_session(learner: Learner) -> None:
    """With a card in front it stays open."""
    learner.learn("Alpha")
    study = learner.begin()
    study.leave()
    again = learner.begin()
    assert again.session == study.session
    again.answer(EASY, 0)
    again.leave()
    assert learner.begin().session.id != study.session.id


def test_a_living_process_keeps_its_session(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process at the same deck begins a session of its own; of those left, the latest is taken up."""
    two_topics(learner)
    mine = learner.begin()
    mine.answer(GOOD, 0)
    monkeypatch.setattr(os, "getpid", os.getppid)
    learner.clock.forward(seconds=1)
    theirs = learner.begin()
    assert theirs.session.id > mine.session.id
    monkeypatch.undo()
    monkeypatch.setattr(next_card, "has_gone", lambda owner, device: True)  # noqa: ARG005 - all have gone
    assert learner.begin().session.id == theirs.session.id


@pytest.mark.parametrize("what", ["archived", "suspended", "buried", "answered"])
def test_a_card_that_may_not_be_studied_any_more_gives_way(learner: Learner, what: str) -> None:
    """What another process did to the card in front is seen at the next start, and at the next look."""
    two_topics(learner)
    study = learner.begin()
    assert study.session.current == "alpha"
    if what == "archived":
        (learner.decks / "alpha.md").unlink()
        learner.add()
    elif what == "answered":
        answer(learner.workspace, "alpha", EASY)
    else:
        kind = EntryKind.SUSPEND if what == "suspended" else EntryKind.BURY
        learner.note("alpha", kind)
    assert next_card.peek(learner.workspace) == learner.begin().card() == study.refresh()
    assert study.session.current == "beta"


def test_an_answer_needs_a_card_in_front(learner: Learner) -> None:
    """At the end of a session there is nothing to rate or to set aside."""
    study = learner.begin()
    assert study.card() is None
    with pytest.raises(UsageError, match="No card is in front"):
        study.answer(GOOD, 0)
    with pytest.raises(UsageError, match="No card is in front"):
        study.suspend()
    with pytest.raises(UsageError, match="No card is in front"):
        study.bury()
    assert study.undo() is None


# What is recorded.


def test_an_answer_is_recorded_with_its_circumstances(learner: Learner) -> None:
    """The log tells the card, the rating, the phase before it, the time taken, the rules and what was ticked."""
    learner.learn("Alpha")
    learner.begin().answer(GOOD, 4200, {"ticked": [0, 2]})
    (entry,) = listed_entries(learner.workspace)
    assert {
        name: entry[name] for name in ("card", "kind", "rating", "phase", "elapsed_ms", "extra", "day")
    } == {
        "card": "alpha",
        "kind": "review",
        "rating": "good",
        "phase": "new",
        "elapsed_ms": 4200,
        "extra": {"ticked": [0, 2]},
        "day": "2026-03-02",
    }
    assert entry["policy"] == learner.settings.policy.id


@pytest.mark.parametrize(("elapsed_ms", "recorded"), [(299_999, 299_999), (10**9, 300_000), (-5, 0)])
def test_the_time_taken_is_capped(learner: Learner, elapsed_ms: int, recorded: int) -> None:
    """A learner who went for lunch thought for five minutes at most."""
    learner.learn("Alpha")
    learner.begin().answer(GOOD, elapsed_ms)
    (entry,) = listed_entries(learner.workspace)
    assert entry["elapsed_ms"] == recorded


def test_a_review_before_the_last_one_is_refused(learner: Learner) -> None:
    """A clock that was set back is told, and nothing is written."""
    learner.learn("Alpha")
    study = learner.begin()
    study.answer(AGAIN, 0)
    learner.clock.forward(hours=-1)
    with pytest.raises(UsageError, match="was last reviewed at"):
        study.answer(GOOD, 0)
    assert len(list(listed_entries(learner.workspace))) == 1
    learner.clock.forward(hours=1)
    assert study.session.current == "alpha"
    study.answer(GOOD, 0)


def test_a_far_date_is_refused(learner: Learner) -> None:
    """A machine that believes it is 1970 cannot study until its clock is right."""
    learner.learn("Alpha")
    study = learner.begin()
    learner.clock.now = datetime(1970, 1, 1, tzinfo=UTC)
    with pytest.raises(UsageError, match="outside the years 2000 to 2199"):
        study.answer(GOOD, 0)
    with pytest.raises(UsageError, match="outside the years"):
        learner.begin()


def test_an_earlier_entry_is_folded_into_its_place(learner: Learner) -> None:
    """A review dated before a reset comes before it, and is forgotten by it."""
    learner.learn("Alpha")
    learner.note("alpha", EntryKind.RESET)
    learner.clock.forward(hours=-1)
    answer(learner.workspace, "alpha", GOOD)
    assert learner.card("alpha").state.memory.phase is Phase.NEW
    assert learner.card("alpha").state.first_day > 0
    assert_state_is_fold(learner.workspace)


def test_old_answers_keep_their_rules(learner: Learner) -> None:
    """After a change of the settings, an undo replays the earlier answers by the rules of their time."""
    learner.learn("Alpha")
    learner.begin().answer(EASY, 0)
    before = learner.card("alpha")
    learner.change(retention=0.75)
    learner.clock.forward(days=30)
    study = learner.begin()
    study.answer(GOOD, 0)
    study.undo()
    assert learner.card("alpha") == before
