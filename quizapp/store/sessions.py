"""Study sessions in the database: the learner's exact place, which every answer writes."""

from __future__ import annotations

from collections.abc import Callable

from quizapp.core.session import Session, session_from_json
from quizapp.store.database import Execute


def left(execute: Execute, deck: str, has_gone: Callable[[str], bool]) -> list[Session]:
    """Return the unfinished sessions of a deck whose owners have gone, the latest first."""
    rows = execute(
        "SELECT id, deck, owner, place FROM session WHERE deck = :deck AND finished = 0 ORDER BY id DESC",
        {"deck": deck},
    )
    return [
        session_from_json(identifier, path, place)
        for identifier, path, owner, place in rows
        if has_gone(owner)
    ]
