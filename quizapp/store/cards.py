"""Cards as they are studied and listed, read from the database."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from quizapp.core.card import Card
from quizapp.core.topic import CardId, CardKind, TopicId
from quizapp.store.database import Execute
from quizapp.store.many import in_chunks
from quizapp.store.states import NO_TAGS, STATE_COLUMNS, state_of

_FOLLOW_UPS = """
    FROM card f WHERE f.topic_id = c.topic_id AND f.kind = 'follow-up' AND NOT f.archived AND NOT f.deleted
"""
_NUMBER = f"""
    CASE WHEN c.kind = 'follow-up' THEN (SELECT count(*) {_FOLLOW_UPS} AND f.ordinal <= c.ordinal) ELSE c.ordinal END
"""
_COLUMNS = f"""
    c.id, c.topic_id, c.kind, {_NUMBER}, deck.path, t.title, t.difficulty, t.tags,
           c.question, c.answer, t.answer, t.cover, t.source, c.archived, c.queue,
           (SELECT count(*) {_FOLLOW_UPS}), t.claims, t.metadata, c.ordinal,
           {STATE_COLUMNS}
"""
_FROM = " FROM card c JOIN topic t ON t.id = c.topic_id JOIN deck ON deck.id = c.deck_id"
_SELECT = f"SELECT {_COLUMNS} {_FROM}"


def card(execute: Execute, card_id: CardId) -> Card | None:
    """Return one card; None when there is none of that id."""
    rows = execute(_SELECT + " WHERE c.id = :card", {"card": card_id})
    return _card(rows[0]) if rows else None


def cards(execute: Execute, page: int = 1000) -> Iterator[Card]:
    """Yield every card that is neither archived nor deleted, by topic and in the author's order, a page at a time."""
    yield from _pages(execute, "NOT c.archived AND NOT c.deleted", page)


def deleted(execute: Execute) -> Iterator[Card]:
    """Yield every card that the learner deleted and whose text is still there."""
    yield from _pages(execute, "NOT c.archived AND c.deleted", 1000)


def lapsed(execute: Execute, lapses: int) -> list[Card]:
    """Return the cards in the library that were forgotten so often or more, the most forgotten first."""
    where = " WHERE NOT c.archived AND NOT c.deleted AND c.lapses >= :lapses ORDER BY c.lapses DESC, c.id"
    return [_card(row) for row in execute(_SELECT + where, {"lapses": lapses})]


def chosen(execute: Execute, ids: Sequence[CardId]) -> list[Card]:
    """Return these cards, in the order of their ids as given; those that there are not are left out."""
    found = {
        row[0]: _card(row)
        for rows in in_chunks(execute, _SELECT + " WHERE c.id IN ({chosen})", ids)
        for row in rows
    }
    return [found[card_id] for card_id in ids if card_id in found]


class Marks(NamedTuple):
    """What a card is marked as, without its texts."""

    id: CardId
    deck: str
    suspended: bool
    buried_until: int
    flag: int
    deleted: bool
    reps: int
    lapses: int
    own_tags: tuple[str, ...]


_MARKS = """
    SELECT c.id, deck.path, c.suspended, c.buried_until, c.flag, c.deleted, c.reps, c.lapses, c.own_tags
    FROM card c JOIN deck ON deck.id = c.deck_id WHERE c.id IN (SELECT value FROM json_each(:cards))
"""


def marks(execute: Execute, ids: Sequence[CardId]) -> list[Marks]:
    """Return how these cards are marked, in the order of their ids as given; those that there are not are left out."""
    found = {
        row[0]: Marks._make((*row[:8], tuple(json.loads(row[8])) if row[8] != NO_TAGS else ()))
        for row in execute(_MARKS, {"cards": json.dumps(ids)})
    }
    return [found[card] for card in ids if card in found]


def _pages(execute: Execute, which: str, page: int) -> Iterator[Card]:
    topic, ordinal = "", -1
    statement = (
        _SELECT
        + f""" WHERE {which} AND (c.topic_id, c.ordinal) > (:topic, :ordinal)
              ORDER BY c.topic_id, c.ordinal LIMIT :page"""
    )
    while rows := execute(statement, {"topic": topic, "ordinal": ordinal, "page": page}):
        yield from map(_card, rows)
        topic, ordinal = rows[-1][1], rows[-1][18]


def numbered(execute: Execute, numbers: Sequence[int]) -> Iterator[tuple[int, int, Card]]:
    """Yield (number in the index, study day on which it came in, card) of these numbers, in no order."""
    statement = f"SELECT c.number, c.added_day, {_COLUMNS} {_FROM}"
    statement += " WHERE c.number IN (SELECT value FROM json_each(:numbers))"
    for row in execute(statement, {"numbers": json.dumps(numbers)}):
        yield row[0], row[1], _card(row[2:])


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
        state=state_of(row[19:]),
        claims_section=row[16],
        synonyms=_synonyms(row[17]),
    )


def _synonyms(metadata: str) -> str:
    """Return the synonyms among a topic's further metadata, which few topics have."""
    if "ynonyms" not in metadata.lower():
        return ""
    return "; ".join(value for name, value in json.loads(metadata) if name.casefold() == "synonyms")
