"""Filtered study: the cards of a search whatever their due dates, with or without effect on the schedule."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.config import Settings
from quizapp.core.log import EntryKind
from quizapp.core.memory import Rating
from quizapp.core.saved_search import CramOrder, SavedSearch
from quizapp.errors import QueryError, UsageError
from quizapp.services import saved_searches
from quizapp.services.cram import begin_cram
from quizapp.services.find import studied_count
from quizapp.services.home import overview
from quizapp.services.progress import progress
from quizapp.services.study import Study
from quizapp.store import entries
from tests.learner import Learner, assert_state_is_fold

AGAIN, GOOD, EASY = Rating.AGAIN, Rating.GOOD, Rating.EASY
CRAM = SavedSearch("", "deck:one")
MOVING = SavedSearch("mine", "deck:one", reschedule=True)


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    """Return a learner with three topics in one deck, each with a follow-up, and one in another."""
    learner = Learner(tmp_path, settings=Settings(fuzz=False, new_per_day=1))
    for title in ("Alpha", "Beta", "Gamma"):
        learner.write(title, "And then?", deck="one")
    learner.write("Omega", deck="two")
    learner.add()
    yield learner
    learner.workspace.close()


def crammed(learner: Learner, study: Study, ratings: list[Rating]) -> list[str | None]:
    """Answer with these ratings; return the cards in front, a follow-up's as its topic's with a sign."""
    return [card and card.replace("/and-then", "+") for card in learner.fronts(study, ratings)]


def test_every_found_card_comes_once_and_a_forgotten_one_again_at_the_end(learner: Learner) -> None:
    """Neither due dates, nor locks, nor the daily limit keep a card away, and no other card comes."""
    study = begin_cram(learner.workspace, CRAM)
    shown = crammed(learner, study, [GOOD, AGAIN, GOOD, EASY, AGAIN, GOOD, AGAIN, GOOD, GOOD])
    assert shown == ["alpha", "alpha+", "beta", "beta+", "gamma", "gamma+", "alpha+", "gamma", "alpha+", None]


def test_without_effect_the_schedule_stays_as_it_is(learner: Learner) -> None:
    """Ratings are in the log as a cram's, states and figures of the day do not move, and replaying agrees."""
    before = learner.card("alpha").state
    crammed(learner, begin_cram(learner.workspace, CRAM), [GOOD, AGAIN])
    logged = list(entries.everything(learner.workspace.database.read))
    assert [(entry.kind, entry.rating, entry.policy_id) for entry in logged] == [
        (EntryKind.CRAM, GOOD, ""), (EntryKind.CRAM, AGAIN, ""),
    ]  # fmt: skip
    assert learner.card("alpha").state == before
    assert overview(learner.workspace).done == 0
    assert_state_is_fold(learner.workspace)


def test_with_effect_a_rating_is_a_review_like_any_other(learner: Learner) -> None:
    """A new card gets its first interval, and a follow-up that was locked is studied too."""
    study = begin_cram(learner.workspace, MOVING)
    crammed(learner, study, [EASY, EASY])
    assert learner.card("alpha").state.memory.reps == 1
    assert learner.card("alpha/and-then").state.memory.reps == 1
    assert overview(learner.workspace).done == 2
    assert_state_is_fold(learner.workspace)


def test_an_undone_rating_brings_its_card_back_and_loses_no_other(learner: Learner) -> None:
    """The card that was in front comes after it, and what was forgotten is not asked twice for it."""
    for search in (CRAM, MOVING):
        study = begin_cram(learner.workspace, search)
        assert crammed(learner, study, [GOOD, AGAIN])[-1] == "beta"
        undone = study.undo()
        assert undone is not None
        assert undone.card_id == study.session.current == "alpha/and-then"
        study.undo()
        assert crammed(learner, study, [GOOD] * 6) == [
            "alpha", "alpha+", "beta", "beta+", "gamma", "gamma+", None,
        ]  # fmt: skip
        assert_state_is_fold(learner.workspace)
        study.leave()


def test_a_question_taken_back_keeps_its_follow_up_in_the_list(learner: Learner) -> None:
    """In other study a question's follow-ups wait for it; here they are cards of the list."""
    study = begin_cram(learner.workspace, CRAM)
    crammed(learner, study, [GOOD])
    study.undo()
    assert crammed(learner, study, [GOOD, GOOD]) == ["alpha", "alpha+", "beta"]


def test_an_interrupted_session_goes_on_where_it_was(learner: Learner) -> None:
    """After a kill the same card is in front, with the same list, though the search would find others now."""
    study = begin_cram(learner.workspace, SavedSearch("", "deck:one is:new", reschedule=True))
    crammed(learner, study, [AGAIN, EASY])
    learner.reopen()
    study = begin_cram(learner.workspace, SavedSearch("", "deck:one is:new", reschedule=True))
    assert crammed(learner, study, [EASY] * 5) == ["beta", "beta+", "gamma", "gamma+", "alpha", None]
    study.leave()
    with pytest.raises(UsageError, match="finds no card"):
        begin_cram(learner.workspace, SavedSearch("", "deck:one is:new", reschedule=True))


def test_sessions_of_other_searches_and_of_decks_are_apart(learner: Learner) -> None:
    """Another effect or query begins anew, and so does the next study day; study as usual knows nothing of them."""
    crammed(learner, begin_cram(learner.workspace, CRAM), [GOOD])
    assert begin_cram(learner.workspace, MOVING).session.current == "alpha"
    assert learner.begin("one").session.current == "alpha"
    assert begin_cram(learner.workspace, CRAM).session.current == "alpha/and-then"
    learner.clock.forward(days=1)
    assert begin_cram(learner.workspace, CRAM).session.current == "alpha"


def test_a_finished_session_leaves_no_list_behind(learner: Learner) -> None:
    """Its cards are forgotten with it when the next session begins."""
    study = begin_cram(learner.workspace, CRAM)
    crammed(learner, study, [GOOD] * 6)
    study.leave()
    begin_cram(learner.workspace, SavedSearch("", "id:omega"))
    rows = learner.workspace.database.read("SELECT card_id FROM session_card", {})
    assert rows == [("omega",)]


def test_what_was_set_aside_meanwhile_is_passed_over(learner: Learner) -> None:
    """A card suspended or deleted elsewhere does not come; one suspended here is left, and can be taken back."""
    study = begin_cram(learner.workspace, CRAM)
    learner.note("alpha/and-then", EntryKind.SUSPEND)
    learner.note("gamma", EntryKind.DELETE)
    assert crammed(learner, study, [GOOD]) == ["alpha", "beta"]
    study.bury()
    assert study.session.current == "beta/and-then"
    study.undo()
    assert crammed(learner, study, [GOOD, GOOD, GOOD]) == ["beta", "beta+", "gamma+", None]
    assert studied_count(learner.workspace, "deck:one") == 4


def test_the_order_is_the_one_chosen(learner: Learner) -> None:
    """Due first; weakest memory first; mixed, and mixed in the same way while the session lasts."""
    learner.fronts(learner.begin("one"), [AGAIN])
    learner.clock.forward(days=1)
    learner.fronts(begin_cram(learner.workspace, SavedSearch("", "id:gamma", reschedule=True)), [EASY])
    due = begin_cram(learner.workspace, SavedSearch("", "deck:one", order=CramOrder.DUE))
    assert crammed(learner, due, [GOOD] * 2)[:3] == ["alpha", "gamma", "alpha+"]
    weakest = begin_cram(learner.workspace, SavedSearch("", "deck:one", order=CramOrder.WEAKEST))
    assert crammed(learner, weakest, [GOOD] * 2)[:3] == ["alpha", "gamma", "alpha+"]
    orders = set()
    for _ in range(4):
        learner.clock.forward(days=1)
        mixed = begin_cram(learner.workspace, SavedSearch("", "deck:one", order=CramOrder.RANDOM))
        shown = crammed(learner, mixed, [GOOD] * 6)
        assert sorted(map(str, shown)) == ["None", "alpha", "alpha+", "beta", "beta+", "gamma", "gamma+"]
        orders.add(tuple(shown))
        mixed.leave()
    assert len(orders) > 1


def test_the_session_says_what_it_does_and_how_far_it_is(learner: Learner) -> None:
    """Its progress counts its own ratings alone, in whatever deck, and tells of the schedule."""
    study = begin_cram(learner.workspace, SavedSearch("hard ones", ""))
    crammed(learner, study, [GOOD, AGAIN])
    stands = progress(learner.workspace, study.session)
    assert (stands.done, stands.left.total) == (2, 6)
    assert stands.note == "Search “hard ones” · the schedule stays as it is"
    moving = begin_cram(learner.workspace, MOVING)
    assert "ratings move the schedule" in progress(learner.workspace, moving.session).note


def test_searches_are_kept_in_order_and_counted(learner: Learner) -> None:
    """A name that is taken is replaced, one whose query cannot be understood any more says so, and all can go."""
    first, second = (
        SavedSearch("b", "is:new"),
        SavedSearch("a", "deck:two", reschedule=True, order=CramOrder.RANDOM),
    )
    saved_searches.save(learner.workspace, first)
    saved_searches.save(learner.workspace, second)
    saved_searches.save(learner.workspace, SavedSearch("b", "deck:one"))
    assert [(each.search, each.cards) for each in saved_searches.counted(learner.workspace)] == [
        (SavedSearch("b", "deck:one"), 6),
        (second, 1),
    ]
    with learner.workspace.database.write() as connection:
        connection.exec_driver_sql("UPDATE saved_search SET query = 'is:odd' WHERE name = 'b'")
    assert saved_searches.counted(learner.workspace)[0].cards is None
    assert "is:odd" in saved_searches.counted(learner.workspace)[0].problem
    saved_searches.forget(learner.workspace, "b")
    assert saved_searches.listed(learner.workspace) == [second]


@pytest.mark.parametrize(
    ("search", "error"),
    [
        (SavedSearch("x", "is:odd"), QueryError),
        (SavedSearch(" ", ""), UsageError),
        (SavedSearch("x" * 61, ""), UsageError),
    ],
)
def test_a_search_that_would_not_work_is_not_kept(
    learner: Learner, search: SavedSearch, error: type[Exception]
) -> None:
    """A query that cannot be understood, no name, a name longer than a line."""
    with pytest.raises(error):
        saved_searches.save(learner.workspace, search)
    assert saved_searches.listed(learner.workspace) == []
