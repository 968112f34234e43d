"""The weakest cards of a drill at the front of tomorrow's queue."""

from __future__ import annotations

from quizapp.core.log import EntryId, EntryKind
from quizapp.core.memory import Rating
from quizapp.core.topic import CardId
from quizapp.services.drill_queue import put_first, standing_batch, take_back
from quizapp.services.home import overview
from quizapp.services.scripted import answer
from tests.learner import Learner, assert_state_is_fold


def known(learner: Learner, *titles: str) -> list[CardId]:
    """Take in topics and review each once, so that they fall due one by one."""
    for title in titles:
        learner.write(title, "Why so?")
    learner.add()
    for title in titles:
        answer(learner.workspace, title.lower(), Rating.EASY)
    return [CardId(title.lower()) for title in titles]


def test_they_come_first_tomorrow_and_not_before(learner: Learner) -> None:
    """In their order, before a backlog and before new cards; today they do not come."""
    cards = known(learner, "Alpha", "Beta", "Gamma", "Delta")
    learner.clock.forward(days=60)
    put_first(learner.workspace, [cards[2], cards[0], CardId("alpha/why-so")])
    today = learner.fronts(learner.begin(), [Rating.EASY] * 2)
    assert not {"gamma", "alpha", "alpha/why-so"} & set(today)
    learner.clock.forward(days=1)
    study = learner.begin()
    assert learner.fronts(study, [Rating.AGAIN] * 3)[:3] == ["gamma", "alpha", "alpha/why-so"]
    assert_state_is_fold(learner.workspace)


def test_home_counts_them_for_tomorrow(learner: Learner) -> None:
    """They wait tomorrow, and are no part of today's work."""
    cards = known(learner, "Alpha", "Beta")
    before = overview(learner.workspace)
    put_first(learner.workspace, cards)
    after = overview(learner.workspace)
    assert after.left == before.left
    assert (before.forecast[1], after.forecast[1]) == (0, 2)


def test_it_is_one_batch_that_is_taken_back_as_one(learner: Learner) -> None:
    """Every card is as it was, and a second time takes nothing back."""
    cards = known(learner, "Alpha", "Beta")
    before = [learner.card(card).state for card in cards]
    batch = put_first(learner.workspace, cards)
    assert batch is not None
    rows = learner.workspace.database.read("SELECT batch FROM log WHERE kind = 'set-due'", {})
    assert rows == [(batch,), (batch,)]
    assert take_back(learner.workspace, batch) == 2
    assert [learner.card(card).state for card in cards] == before
    assert take_back(learner.workspace, batch) == 0
    assert_state_is_fold(learner.workspace)


def test_the_batch_of_a_drill_is_found_again_until_its_day(learner: Learner) -> None:
    """Not that of another drill, not one that was taken back, and not once its day has come."""
    cards = known(learner, "Alpha", "Beta")
    drill, other = EntryId(b"d" * 16), EntryId(b"e" * 16)
    batch = put_first(learner.workspace, cards, drill)
    assert batch is not None
    assert standing_batch(learner.workspace, cards, drill) == batch
    assert standing_batch(learner.workspace, cards, other) is None
    take_back(learner.workspace, batch)
    assert standing_batch(learner.workspace, cards, drill) is None
    put_first(learner.workspace, cards, drill)
    learner.clock.forward(days=1)
    assert standing_batch(learner.workspace, cards, drill) is None


def test_cards_that_have_gone_are_left_out(learner: Learner) -> None:
    """Deleted ones and unknown ones; for nothing at all there is no batch."""
    cards = known(learner, "Alpha")
    learner.note("alpha", EntryKind.DELETE)
    assert put_first(learner.workspace, [*cards, CardId("no-such")]) is None
    assert put_first(learner.workspace, []) is None
