"""The queues: the order of cards, and the plans of the statements that choose them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from quizapp.core.day import milliseconds
from quizapp.core.memory import Rating
from quizapp.store import entries, queue, states, statistics
from quizapp.store.database import Database
from tests.learner import MORNING, Clock, Learner

DAY = 739_677
NOW_MS = milliseconds(MORNING)
AHEAD_MS = 20 * 60_000
PARAMETERS: dict[str, Any] = {
    "deck": "a",
    "now": NOW_MS,
    "ahead": NOW_MS + AHEAD_MS,
    "day": DAY,
    "new_left": 1,
    "reviews_left": 1,
    "besides": "",
}


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """Return a library of six topics in three decks, with all figures that a planner could want."""
    learner = Learner(tmp_path)
    for title, deck in zip("ABCDEF", ["a", "a/x", "b"] * 2, strict=True):
        learner.write(title, "What follows?", deck=deck)
    learner.add()
    with learner.workspace.database.write() as connection:
        connection.exec_driver_sql("ANALYZE")
    return learner.workspace.database


def put(database: Database, card: str, **columns: Any) -> None:
    """Set columns of a card."""
    changes = ", ".join(f"{name} = :{name}" for name in columns)
    with database.write() as connection:
        connection.exec_driver_sql(f"UPDATE card SET {changes} WHERE id = :card", {"card": card, **columns})


def following(
    database: Database, deck: str = "", *, new_left: int = 9, reviews_left: int = 9, besides: str = ""
) -> str | None:
    """Return the next card."""
    return queue.next_card(
        database.read,
        deck=deck,
        now_ms=NOW_MS,
        ahead_ms=AHEAD_MS,
        day=DAY,
        new_left=new_left,
        reviews_left=reviews_left,
        besides=besides,
    )


def plan(database: Database, statement: str, parameters: dict[str, Any]) -> list[str]:
    """Return SQLite's plan of a statement, a line a step."""
    return [row[3] for row in database.read("EXPLAIN QUERY PLAN " + statement, parameters)]


def test_learning_comes_before_reviews_before_new(database: Database) -> None:
    """What cannot wait comes first; a learning card a little early comes when nothing else is left."""
    put(database, "a", queue="learning", due_at=NOW_MS)
    put(database, "b", queue="review", available_day=DAY)
    put(database, "c", queue="learning", due_at=NOW_MS + AHEAD_MS)
    seen = []
    while (card := following(database)) is not None:
        seen.append(card)
        put(database, card, queue="out")
    assert seen == ["a", "b", "d", "e", "f", "c"]


def test_a_learning_card_waits_for_its_time(database: Database) -> None:
    """Beyond the time that it may come early, it does not come at all."""
    for card in "abcdef":
        put(database, card, queue="out")
    put(database, "c", queue="learning", due_at=NOW_MS + AHEAD_MS + 1)
    assert following(database) is None


def test_new_cards_go_round_the_decks(database: Database) -> None:
    """Each deck's first topic comes before any deck's second one."""
    seen = []
    while (card := following(database)) is not None:
        seen.append(card)
        put(database, card, queue="out")
    assert seen == ["a", "b", "c", "d", "e", "f"]


def test_the_oldest_review_comes_first(database: Database) -> None:
    """By the day on which it fell due; within a day in a fixed mixture of the decks."""
    put(database, "a", queue="review", available_day=DAY, rank=1)
    put(database, "b", queue="review", available_day=DAY - 9, rank=7)
    put(database, "c", queue="review", available_day=DAY - 9, rank=3)
    put(database, "d", queue="review", available_day=DAY + 1, rank=0)
    assert following(database) == "c"
    assert following(database, "a") == "b"


def test_limits_close_their_queue(database: Database) -> None:
    """With no new card left the reviews go on, and the other way round."""
    put(database, "b", queue="review", available_day=DAY)
    assert following(database, new_left=0) == "b"
    assert following(database, reviews_left=0) == "a"
    assert following(database, new_left=0, reviews_left=0) is None
    assert following(database, "a", new_left=0, reviews_left=0) is None


def test_a_deck_means_all_below_it(database: Database) -> None:
    """And no deck whose name merely begins alike."""
    assert following(database, "a") == "a"
    put(database, "a", queue="out")
    put(database, "d", queue="out")
    assert following(database, "a") == "b"
    assert following(database, "a/x") == "b"
    assert following(database, "b") == "c"
    assert following(database, "a/") is None


@pytest.mark.parametrize("deck", ["", "a"])
@pytest.mark.parametrize(
    "place",
    [
        {"queue": "learning", "due_at": NOW_MS - 1},
        {"queue": "review", "available_day": DAY - 1},
        {"queue": "new", "position": -1},
        {"queue": "learning", "due_at": NOW_MS + AHEAD_MS},
    ],
    ids=["learning", "review", "new", "early"],
)
def test_a_topic_is_passed_over(database: Database, deck: str, place: dict[str, Any]) -> None:
    """In every queue: the next card is named as if the topic were not there."""
    for card in "abcef":
        put(database, card, queue="out")
    put(database, "d", **place)
    assert following(database, deck) == following(database, deck, besides="a") == "d"
    assert following(database, deck, besides="d") is None


def test_a_deck_knows_its_own_learning_cards(database: Database) -> None:
    """Another deck's learning card does not come between."""
    put(database, "c", queue="learning", due_at=NOW_MS - 1)
    assert following(database, "a") == "a"
    assert following(database, "b") == "c"


def test_the_next_card_is_found_by_indices_alone(database: Database) -> None:
    """Whatever the backlog: nothing is sorted, and only the new cards are walked, in their order and to the first."""
    steps = plan(database, queue._NEXT, PARAMETERS)
    assert [step for step in steps if " card " in step] == [
        "SEARCH card USING INDEX card_learning (due_at<?)",
        "SEARCH card USING INDEX card_review (available_day<?)",
        "SCAN card USING INDEX card_new",
        "SEARCH card USING INDEX card_learning (due_at<?)",
    ]
    assert not any("TEMP B-TREE" in step for step in steps), steps


def test_the_next_card_of_a_deck_is_found_by_indices(database: Database) -> None:
    """Each deck inside answers from its own index: the card table is never scanned."""
    steps = plan(database, queue._NEXT_IN_DECK, PARAMETERS)
    assert not any(step.startswith("SCAN card") for step in steps), steps
    assert sum("INDEX card_deck_review" in step or "INDEX card_deck_new" in step for step in steps) == 2


@pytest.mark.parametrize(
    "statement",
    [queue._TODAY, queue._MOVED_TODAY, queue._STREAK, states._OF_CARD, states._OF_TOPIC],
    ids=["today", "moved-today", "streak", "of-card", "of-topic"],
)
def test_what_an_answer_reads_is_found_by_indices(database: Database, statement: str) -> None:
    """No statement that a learner waits for grows with the log or the library."""
    steps = plan(database, statement, {"day": DAY, "card": "a", "topic": "a"})
    assert not any(step.startswith(("SCAN card", "SCAN log", "SCAN topic")) for step in steps), steps


def test_the_memory_states_are_read_from_an_index(database: Database) -> None:
    """The cards' own rows are ten times as large."""
    assert plan(database, statistics._MEMORIES, {"day": DAY}) == ["SCAN c USING COVERING INDEX card_facts"]


@pytest.mark.parametrize("name", ["of_topic", "of_card", "newest", "latest_undoable"])
def test_the_log_is_read_by_its_indices(database: Database, name: str) -> None:
    """A topic's entries are found without passing over those of others; only the newest end is scanned."""
    asked: list[tuple[str, Any]] = []

    def note(statement: str, parameters: Any) -> list[Any]:
        asked.append((statement, parameters))
        return [(None,)] if name == "newest" else []

    arguments = {"latest_undoable": [], "newest": []}.get(name, ["a"])
    getattr(entries, name)(note, *arguments)
    ((statement, parameters),) = asked
    steps = plan(database, statement, parameters)
    scans = [step for step in steps if step.startswith("SCAN log")]
    assert scans == (["SCAN log"] if name == "latest_undoable" else []), steps
    assert not (name == "latest_undoable" and any("TEMP B-TREE" in step for step in steps)), steps


def test_ranks_are_fixed_and_spread() -> None:
    """A card's draw never changes, and fits SQLite's and PostgreSQL's integers."""
    ranks = [states.rank(f"card-{number}") for number in range(1000)]  # type: ignore[arg-type]  # any text is an id here
    assert ranks == [states.rank(f"card-{number}") for number in range(1000)]  # type: ignore[arg-type]  # the same
    assert 0 <= min(ranks) < max(ranks) < 2**31
    assert len(set(ranks)) > 990


def reviewed_on(learner: Learner, *days: int) -> None:
    """Answer one card on each of these days, counted from the learner's first."""
    start = learner.clock.now
    for day in days:
        learner.clock.now = start
        learner.clock.forward(days=day)
        learner.begin().answer(Rating.GOOD, 1000)


@pytest.mark.parametrize(
    ("days", "today", "streak"),
    [
        ((), 0, 0),
        ((0,), 0, 1),
        ((0,), 1, 1),
        ((0,), 2, 0),
        ((0, 1, 2), 2, 3),
        ((0, 2, 3), 3, 2),
        ((0, 0), 0, 1),
    ],
)
def test_a_streak_is_days_in_a_row(tmp_path: Path, days: tuple[int, ...], today: int, streak: int) -> None:
    """Up to today, or to yesterday while today's session is still to come."""
    learner = Learner(tmp_path, Clock())
    for title in "ABCD":
        learner.write(title)
    learner.add()
    first = learner.workspace.today()[0]
    reviewed_on(learner, *days)
    assert queue.streak(learner.workspace.database.read, first + today) == streak


def test_an_undone_day_is_no_day(tmp_path: Path) -> None:
    """A day whose only answer was taken back breaks the streak."""
    learner = Learner(tmp_path)
    learner.learn("A")
    learner.learn("B")
    reviewed_on(learner, 0, 1)
    learner.begin().undo()
    assert queue.streak(learner.workspace.database.read, learner.workspace.today()[0]) == 1
    assert queue.streak(learner.workspace.database.read, learner.workspace.today()[0] + 1) == 0
