"""Cards as they are studied and listed, read from the database."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from quizapp.core.card import Card
from quizapp.core.topic import CardId, CardKind, TopicId
from quizapp.store.database import Execute
from quizapp.store.states import STATE_COLUMNS, state_of

_SELECT = f"""
    SELECT c.id, c.topic_id, c.kind, c.ordinal, deck.path, t.title, t.difficulty, t.tags,
           c.question, c.answer, t.answer, t.cover, t.source, c.archived, c.queue,
           (SELECT count(*) FROM card f WHERE f.topic_id = c.topic_id AND f.kind = 'follow-up' AND NOT f.archived),
           t.claims, t.metadata,
           {STATE_COLUMNS}
    FROM card c JOIN topic t ON t.id = c.topic_id JOIN deck ON deck.id = c.deck_id
"""  # noqa: S608 - fixed column names


def card(execute: Execute, card_id: CardId) -> Card | None:
    """Return one card; None when there is none of that id."""
    rows = execute(_SELECT + " WHERE c.id = :card", {"card": card_id})
    return _card(rows[0]) if rows else None


def cards(execute: Execute, page: int = 1000) -> Iterator[Card]:
    """Yield every card that is not archived, by topic and in the author's order, a page at a time."""
    topic, ordinal = "", -1
    statement = (
        _SELECT
        + """ WHERE NOT c.archived AND (c.topic_id, c.ordinal) > (:topic, :ordinal)
              ORDER BY c.topic_id, c.ordinal LIMIT :page"""
    )
    while rows := execute(statement, {"topic": topic, "ordinal": ordinal, "page": page}):
        yield from map(_card, rows)
        topic, ordinal = rows[-1][1], rows[-1][3]


def _card(row: Sequence[Any]) -> Card:
    return Card(
        id=CardId(row[0]),
        topic_id=TopicId(row[1]),
        kind=CardKind(row[2]),
        number=row[3],
        follow_ups=row[15],
        deck=row[4],
        title=row[5],
        difficulty=row[6],
        tags=tuple(json.loads(row[7])),
        question=row[8],
        own_answer=row[9],
        topic_answer=row[10],
        cover=row[11],
        source=row[12],
        archived=bool(row[13]),
        queue=row[14],
        state=state_of(row[18:]),
        claims_section=row[16],
        synonyms=_synonyms(row[17]),
    )


def _synonyms(metadata: str) -> str:
    """Return the synonyms among a topic's further metadata, which few topics have."""
    if "ynonyms" not in metadata.lower():
        return ""
    return "; ".join(value for name, value in json.loads(metadata) if name.casefold() == "synonyms")
