"""Study sessions in the database: the learner's exact place, which every answer writes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from quizapp.core.session import Session, session_from_json
from quizapp.core.topic import CardId
from quizapp.store.database import Execute

_FOUND = """
    FROM session_card s JOIN card c ON c.id = s.card_id
    WHERE s.session_id = :session AND s.ordinal >= :at AND c.queue <> 'out' AND c.buried_until <= :day
"""


def left(execute: Execute, key: str, has_gone: Callable[[str], bool]) -> list[Session]:
    """Return the unfinished sessions of a deck, or of a search, whose owners have gone, the latest first."""
    rows = execute(
        "SELECT id, deck, owner, place FROM session WHERE deck = :key AND finished = 0 ORDER BY id DESC",
        {"key": key},
    )
    return [
        session_from_json(identifier, path, place)
        for identifier, path, owner, place in rows
        if has_gone(owner)
    ]


def keep_found(execute: Execute, session: str, found: Sequence[CardId]) -> None:
    """Write the cards of a filtered session, in their order."""
    execute(
        "INSERT INTO session_card (session_id, ordinal, card_id) SELECT :session, key, value FROM json_each(:cards)",
        {"session": session, "cards": json.dumps(found)},
    )


def next_found(execute: Execute, session: str, at: int, day: int) -> tuple[int, CardId] | None:
    """Return the place and the card of a filtered session's list that comes next, from `at` on; None at its end.

    Cards that have gone or were set aside meanwhile are passed over.
    """
    rows = execute(
        f"SELECT s.ordinal, s.card_id {_FOUND} ORDER BY s.ordinal LIMIT 1",
        {"session": session, "at": at, "day": day},
    )
    return (rows[0][0], CardId(rows[0][1])) if rows else None


def left_of_found(execute: Execute, session: str, at: int, day: int) -> int:
    """Return how many cards of a filtered session's list come, from `at` on."""
    return int(execute(f"SELECT count(*) {_FOUND}", {"session": session, "at": at, "day": day})[0][0])


def may_come(execute: Execute, card: CardId, day: int) -> bool:
    """Return whether a card has neither gone nor been set aside."""
    return bool(
        execute(
            "SELECT 1 FROM card WHERE id = :card AND queue <> 'out' AND buried_until <= :day",
            {"card": card, "day": day},
        )
    )
