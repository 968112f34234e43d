"""Names for a shell's completion, by short statements."""

from __future__ import annotations

from quizapp.store.database import Execute

_CARDS = """
    SELECT c.id, t.title FROM card c JOIN topic t ON t.id = c.topic_id
    WHERE c.id >= :low AND c.id < :high AND NOT c.archived ORDER BY c.id LIMIT :most
"""


def cards(execute: Execute, beginning: str, most: int) -> list[tuple[str, str]]:
    """Return (id, topic's title) of the first cards whose id begins so."""
    parameters = {"low": beginning, "high": beginning + "\U0010ffff", "most": most}
    return [tuple(row) for row in execute(_CARDS, parameters)]


def topics(execute: Execute, most: int) -> list[tuple[str, str]]:
    """Return (id, title) of the first topics."""
    statement = "SELECT id, title FROM topic WHERE NOT archived ORDER BY id LIMIT :most"
    return [tuple(row) for row in execute(statement, {"most": most})]
