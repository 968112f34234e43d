"""The queues: the next card by one indexed query, and the counts that Home and `due` show."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizapp.core.topic import CardId
from quizapp.store.database import Execute

_NEXT = """
    SELECT coalesce(
        (SELECT id FROM card WHERE queue = 'learning' AND due_at <= :now AND available_day <= :day
         AND topic_id <> :besides ORDER BY due_at LIMIT 1),
        (SELECT id FROM card WHERE queue = 'review' AND available_day <= :day AND :reviews_left > 0
         AND topic_id <> :besides ORDER BY available_day, rank LIMIT 1),
        (SELECT id FROM card WHERE queue = 'new' AND +available_day <= :day AND :new_left > 0
         AND topic_id <> :besides ORDER BY position, rank LIMIT 1),
        (SELECT id FROM card WHERE queue = 'learning' AND due_at <= :ahead AND available_day <= :day
         AND topic_id <> :besides ORDER BY due_at LIMIT 1))
"""

# In a deck and all below it, each deck answers from its own index and the best of the answers is taken.
_WITHIN = "deck.path = :deck OR (deck.path > :deck || '/' AND deck.path < :deck || '0')"
_NEXT_IN_DECK = f"""
    WITH inside AS (SELECT id FROM deck WHERE {_WITHIN}),
    review AS (SELECT (SELECT card.id FROM card WHERE card.deck_id = inside.id AND queue = 'review'
        AND available_day <= :day AND topic_id <> :besides ORDER BY available_day, rank LIMIT 1) AS id FROM inside),
    fresh AS (SELECT (SELECT card.id FROM card WHERE card.deck_id = inside.id AND queue = 'new'
        AND +available_day <= :day AND topic_id <> :besides ORDER BY position, rank LIMIT 1) AS id FROM inside)
    SELECT coalesce(
        (SELECT id FROM card WHERE queue = 'learning' AND due_at <= :now AND available_day <= :day
         AND topic_id <> :besides AND deck_id IN inside ORDER BY due_at LIMIT 1),
        (SELECT card.id FROM card JOIN review ON review.id = card.id WHERE :reviews_left > 0
         ORDER BY available_day, rank LIMIT 1),
        (SELECT card.id FROM card JOIN fresh ON fresh.id = card.id WHERE :new_left > 0
         ORDER BY position, rank LIMIT 1),
        (SELECT id FROM card WHERE queue = 'learning' AND due_at <= :ahead AND available_day <= :day
         AND topic_id <> :besides AND deck_id IN inside ORDER BY due_at LIMIT 1))
"""  # noqa: S608 - fixed text

# With decks whose limit is reached, or that ask no follow-ups: the same, the decks named one by one.
_ASKED = "NOT (kind = 'follow-up' AND deck_id IN (SELECT value FROM json_each(:quiet)))"
_NEXT_IN_SCOPE = f"""
    WITH inside AS (SELECT value AS id FROM json_each(:all)),
    review AS (SELECT (SELECT card.id FROM card WHERE card.deck_id = value AND queue = 'review'
        AND available_day <= :day AND topic_id <> :besides AND {_ASKED} ORDER BY available_day, rank LIMIT 1) AS id
        FROM json_each(:review)),
    fresh AS (SELECT (SELECT card.id FROM card WHERE card.deck_id = value AND queue = 'new'
        AND +available_day <= :day AND topic_id <> :besides AND {_ASKED} ORDER BY position, rank LIMIT 1) AS id
        FROM json_each(:new))
    SELECT coalesce(
        (SELECT id FROM card WHERE queue = 'learning' AND due_at <= :now AND available_day <= :day
         AND topic_id <> :besides AND deck_id IN inside AND {_ASKED} ORDER BY due_at LIMIT 1),
        (SELECT card.id FROM card JOIN review ON review.id = card.id ORDER BY available_day, rank LIMIT 1),
        (SELECT card.id FROM card JOIN fresh ON fresh.id = card.id ORDER BY position, rank LIMIT 1),
        (SELECT id FROM card WHERE queue = 'learning' AND due_at <= :ahead AND available_day <= :day
         AND topic_id <> :besides AND deck_id IN inside AND {_ASKED} ORDER BY due_at LIMIT 1))
"""  # noqa: S608 - fixed text

_COUNTS = """
    SELECT deck.path, sum(fresh), sum(learning), sum(due)
    FROM (SELECT deck_id, count(*) AS fresh, 0 AS learning, 0 AS due
          FROM card WHERE queue = 'new' AND available_day <= :day {asked} GROUP BY deck_id
          UNION ALL SELECT deck_id, 0, count(*), 0
          FROM card WHERE queue = 'learning' AND available_day <= :day {asked} GROUP BY deck_id
          UNION ALL SELECT deck_id, 0, 0, count(*)
          FROM card WHERE queue = 'review' AND available_day <= :day {asked} GROUP BY deck_id)
    JOIN deck ON deck.id = deck_id
    GROUP BY deck_id
"""

# Of the learning ones those count that wait for a day: what the learner has put first on it.
_FORECAST = """
    SELECT due, sum(cards) FROM (
        SELECT max(available_day, :day) AS due, count(*) AS cards FROM card
        WHERE queue = 'review' AND available_day < :day + :days {asked} GROUP BY due
        UNION ALL SELECT available_day, count(*) FROM card
        WHERE queue = 'learning' AND available_day > :day AND available_day < :day + :days {asked}
        GROUP BY available_day)
    GROUP BY due
"""

_TODAY_BY_DECK = """
    SELECT deck.path, log.phase, count(*) FROM log
    JOIN card ON card.id = log.card_id JOIN deck ON deck.id = card.deck_id
    WHERE log.day = :day AND log.kind = 'review' AND NOT EXISTS (SELECT 1 FROM log u WHERE u.target = log.id)
    GROUP BY deck.id, log.phase
"""

_TODAY = """
    SELECT phase, count(*), sum(elapsed_ms) FROM log
    WHERE day = :day AND kind = 'review' AND NOT EXISTS (SELECT 1 FROM log u WHERE u.target = log.id)
    GROUP BY phase
"""

# A drill's or a cram's rating that moved the schedule is study too, but takes nothing of the day's limits.
_MOVED = "log.kind <> 'review' AND log.policy_id IS NOT NULL"
_MOVED_TODAY = f"""
    SELECT deck.path, count(*), sum(elapsed_ms) FROM log
    JOIN card ON card.id = log.card_id JOIN deck ON deck.id = card.deck_id
    WHERE log.day = :day AND {_MOVED} AND NOT EXISTS (SELECT 1 FROM log u WHERE u.target = log.id)
    GROUP BY deck.id
"""  # noqa: S608 - fixed text


def _latest_day(ratings: str, low: str, high: str) -> str:
    """Return the query for the latest day of a span on which one of these ratings was given and stands."""
    return f"""(SELECT log.day FROM log WHERE {ratings} AND log.day BETWEEN {low} AND {high}
                AND NOT EXISTS (SELECT 1 FROM log u WHERE u.target = log.id) ORDER BY log.day DESC LIMIT 1)"""  # noqa: S608 - fixed text


def _studied(low: str, high: str) -> str:
    """Return the latest day of a span on which anything was studied, 0 for none; each kind answers from its index."""
    reviewed, moved = (_latest_day(ratings, low, high) for ratings in ("kind = 'review'", _MOVED))
    return f"max(coalesce({reviewed}, 0), coalesce({moved}, 0))"


_STREAK = f"""
    WITH RECURSIVE days(day) AS (
        SELECT {_studied(":day - 1", ":day")}
        UNION ALL
        SELECT {_studied("days.day - 1", "days.day - 1")} FROM days WHERE days.day > 0
    )
    SELECT count(*) FROM days WHERE day > 0
"""  # noqa: S608 - fixed text


_RECALL = """
    SELECT deck.path, sum(CASE WHEN reps > 0 THEN recall(stability, max(0, :day - last_day)) ELSE 0.0 END), count(*)
    FROM card JOIN deck ON deck.id = card.deck_id WHERE NOT card.archived AND NOT card.deleted GROUP BY card.deck_id
"""


@dataclass(frozen=True, slots=True)
class Scope:
    """The decks, by id, that may give a card at all, a new one, a review; and those whose follow-ups are not asked."""

    all: tuple[int, ...]
    new: tuple[int, ...]
    review: tuple[int, ...]
    quiet: tuple[int, ...]


def deck_ids(execute: Execute) -> dict[str, int]:
    """Return every deck's id by its path."""
    return {path: identifier for identifier, path in execute("SELECT id, path FROM deck", {})}


def deck_of(execute: Execute, card: CardId) -> str:
    """Return the path of a card's deck; empty when there is no such card."""
    statement = "SELECT path FROM deck JOIN card ON card.deck_id = deck.id WHERE card.id = :card"
    rows = execute(statement, {"card": card})
    return str(rows[0][0]) if rows else ""


def decks(execute: Execute) -> list[str]:
    """Return the paths of the decks that hold a card which is neither archived nor deleted."""
    rows = execute(
        "SELECT path FROM deck WHERE EXISTS"
        " (SELECT 1 FROM topic JOIN card ON card.topic_id = topic.id"
        " WHERE topic.deck_id = deck.id AND NOT card.archived AND NOT card.deleted) ORDER BY path",
        {},
    )
    return [path for (path,) in rows]


def recall(execute: Execute, day: int) -> list[tuple[str, float, int]]:
    """Return (deck, sum of the probabilities of recall, cards); new cards count as 0."""
    return [tuple(row) for row in execute(_RECALL, {"day": day})]


def next_card(
    execute: Execute,
    *,
    deck: str,
    now_ms: int,
    ahead_ms: int,
    day: int,
    new_left: int,
    reviews_left: int,
    besides: str = "",
    scope: Scope | None = None,
) -> CardId | None:
    """Return the card to show next: due learning, then due reviews, then new, then learning a little early.

    Args:
        besides: A topic whose cards are passed over.
        scope: Which decks may give which cards, in place of `deck` and of what is left; None for all alike.
    """
    named = (
        {name: json.dumps(getattr(scope, name)) for name in ("all", "new", "review", "quiet")}
        if scope
        else {}
    )
    rows = execute(
        _NEXT_IN_SCOPE if scope else _NEXT_IN_DECK if deck else _NEXT,
        {
            **named,
            "deck": deck,
            "now": now_ms,
            "ahead": now_ms + ahead_ms,
            "day": day,
            "new_left": new_left,
            "reviews_left": reviews_left,
            "besides": besides,
        },
    )
    return CardId(rows[0][0]) if rows[0][0] is not None else None


def put_off(execute: Execute, cards: Iterable[CardId | None], day: int) -> int:
    """Return how many of these cards wait for a later study day."""
    statement = "SELECT count(*) FROM card WHERE id = :card AND available_day > :day"
    return sum(execute(statement, {"card": card, "day": day})[0][0] for card in cards)


def counts(execute: Execute, day: int, quiet: Sequence[int] = ()) -> list[tuple[str, int, int, int]]:
    """Return (deck, new, learning, due) of each deck that has any, not counting those below it.

    Args:
        quiet: The decks, by id, whose follow-ups are not asked and not counted.
    """
    return [tuple(row) for row in execute(_asked(_COUNTS, quiet), {"day": day, "quiet": json.dumps(quiet)})]


def forecast(execute: Execute, day: int, days: int, quiet: Sequence[int] = ()) -> tuple[int, ...]:
    """Return how many reviews fall due on each of the coming days; today's backlog counts for today."""
    parameters = {"day": day, "days": days, "quiet": json.dumps(quiet)}
    due = dict(execute(_asked(_FORECAST, quiet), parameters))
    return tuple(due.get(day + ahead, 0) for ahead in range(days))


def _asked(statement: str, quiet: Sequence[int]) -> str:
    return statement.replace("{asked}", f"AND {_ASKED}" if quiet else "")


def today_by_deck(execute: Execute, day: int) -> list[tuple[str, str, int]]:
    """Return (deck, phase, count) of the reviews of a study day."""
    return [tuple(row) for row in execute(_TODAY_BY_DECK, {"day": day})]


def today(execute: Execute, day: int) -> Mapping[str, tuple[int, int]]:
    """Return the reviews of a study day by the phase that the card was in: how many, and how long in ms."""
    return {phase: (count, elapsed) for phase, count, elapsed in execute(_TODAY, {"day": day})}


def moved_today(execute: Execute, day: int) -> list[tuple[str, int, int]]:
    """Return (deck, how many, how long in ms) of the ratings that moved the schedule without being reviews."""
    return [tuple(row) for row in execute(_MOVED_TODAY, {"day": day})]


def streak(execute: Execute, day: int) -> int:
    """Return for how many study days in a row, up to today or yesterday, a rating moved the schedule."""
    return int(execute(_STREAK, {"day": day})[0][0])
