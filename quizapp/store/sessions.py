"""Study sessions in the database: the learner's exact place, which every answer writes."""

from __future__ import annotations

from collections.abc import Callable

from quizapp.core.session import Session, session_from_json
from quizapp.store.database import Execute


def unfinished(execute: Execute, deck: str, is_free: Callable[[str], bool]) -> Session | None:
    """Return the latest unfinished session of a deck whose owner has gone, so that it can be taken up again."""
    rows = execute(
        "SELECT id, deck, owner, place FROM session WHERE deck = :deck AND finished = 0 ORDER BY id DESC",
        {"deck": deck},
    )
    for identifier, path, owner, place in rows:
        if is_free(owner):
            return session_from_json(identifier, path, place)
    return None
