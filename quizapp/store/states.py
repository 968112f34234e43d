"""Memory states in the card table: a cache of the fold, and the queues that follow from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.core.fold import CardState, Place, TopicState, place
from quizapp.core.log import EntryId
from quizapp.core.memory import Memory, Phase
from quizapp.core.topic import CardId, CardKind, TopicId
from quizapp.errors import DeckError
from quizapp.store.database import Execute
from quizapp.store.many import in_chunks

STATE_COLUMNS = """
    c.phase, c.step, c.stability, c.difficulty, c.due_at, c.due_day, c.last_day, c.last_at, c.reps, c.lapses,
    c.suspended, c.buried_until, c.first_day, c.seen_day, c.passed, c.not_before, c.flag, c.own_tags, c.deleted
"""
"""Of the table card, called c; `state_of` takes their values."""

NO_TAGS = "[]"

_TOPIC = f"""
    SELECT c.id, c.kind, c.archived, c.topic_id, (SELECT max(id) FROM log WHERE card_id = c.id), {STATE_COLUMNS}
    FROM card c
    WHERE c.topic_id = {{topic}}
    ORDER BY c.ordinal
"""  # noqa: S608 - fixed column names
_OF_CARD = _TOPIC.format(topic="(SELECT topic_id FROM card WHERE id = :card)")
_OF_TOPIC = _TOPIC.format(topic=":topic")
_OF_CARDS = f"""
    SELECT c.id, c.kind, c.archived, c.topic_id, (SELECT max(id) FROM log WHERE card_id = c.id), {STATE_COLUMNS}
    FROM card c
    WHERE c.topic_id IN (SELECT topic_id FROM card WHERE id IN ({{chosen}}))
    ORDER BY c.topic_id, c.ordinal
"""  # noqa: S608 - fixed column names


@dataclass(frozen=True, slots=True)
class CardShape:
    """What the fold needs to know of a card besides its log."""

    id: CardId
    kind: CardKind
    archived: bool


@dataclass(frozen=True, slots=True)
class TopicStanding:
    """A topic's cards, in the author's order, and their states as the cache holds them.

    Attributes:
        latest: The last entry of any of its cards; empty when there is none.
    """

    id: TopicId
    shapes: tuple[CardShape, ...]
    state: TopicState
    latest: EntryId

    def is_archived(self, card_id: CardId) -> bool:
        """Return whether a card of the topic has gone from its deck."""
        return any(shape.id == card_id and shape.archived for shape in self.shapes)

    @property
    def there(self) -> tuple[CardId, ...]:
        """The cards that are not archived, in order."""
        return tuple(shape.id for shape in self.shapes if not shape.archived)

    @property
    def follow_ups(self) -> tuple[CardId, ...]:
        """The follow-ups that are not archived, in order."""
        return tuple(
            shape.id for shape in self.shapes if shape.kind is CardKind.FOLLOW_UP and not shape.archived
        )


def standing(execute: Execute, card_id: CardId) -> TopicStanding | None:
    """Return the standing of the topic that a card belongs to; None when there is no such card."""
    return _standing(execute(_OF_CARD, {"card": card_id}))


def known_standing(execute: Execute, card_id: CardId) -> TopicStanding:
    """Return the standing of the topic that a card belongs to.

    Raises:
        DeckError: There is no such card.
    """
    found = standing(execute, card_id)
    if found is None:
        raise DeckError(f"There is no card {card_id!r}.", "`quizapp cards` lists them.")
    return found


def standing_of_topic(execute: Execute, topic: TopicId) -> TopicStanding | None:
    """Return the standing of a topic; None when there is no such topic."""
    return _standing(execute(_OF_TOPIC, {"topic": topic}))


def standings(execute: Execute, card_ids: Sequence[CardId]) -> list[TopicStanding]:
    """Return the standings of the topics that these cards belong to, in the order of the topics' ids."""
    topics: dict[TopicId, list[Any]] = {}
    for rows in in_chunks(execute, _OF_CARDS, card_ids):
        found: dict[TopicId, list[Any]] = {}
        for row in rows:
            found.setdefault(row[3], []).append(row)
        topics |= found
    known = (_standing(topics[topic]) for topic in sorted(topics))
    return [standing for standing in known if standing is not None]


def by_topic(execute: Execute, cards: Sequence[CardId]) -> list[list[CardId]]:
    """Return cards grouped by their topics, in the order of the topics' ids; unknown ones stand together."""
    rows = execute(
        "SELECT id, topic_id FROM card WHERE id IN (SELECT value FROM json_each(:cards))",
        {"cards": json.dumps(cards)},
    )
    topic_of = dict(rows)
    groups: dict[str, list[CardId]] = {}
    for card in cards:
        groups.setdefault(topic_of.get(card, ""), []).append(card)
    return [groups[topic] for topic in sorted(groups)]


def _standing(rows: Sequence[Any]) -> TopicStanding | None:
    if not rows:
        return None
    shapes = tuple(CardShape(row[0], CardKind(row[1]), bool(row[2])) for row in rows)
    question = next(shape.id for shape in shapes if shape.kind is CardKind.QUESTION)
    states = TopicState(question, {row[0]: state_of(row[5:]) for row in rows})
    latest = EntryId(max(row[4] or b"" for row in rows))
    return TopicStanding(rows[0][3], shapes, states, latest)


def state_of(values: Sequence[Any]) -> CardState:
    """Return a card's state from the values of its `STATE_COLUMNS`."""
    memory = Memory(Phase(values[0]), *values[1:10])
    suspended, buried_until, first_day, seen_day, passed, not_before, flag, tags, deleted = values[10:]
    return CardState(
        memory,
        bool(suspended),
        buried_until,
        first_day,
        seen_day,
        bool(passed),
        not_before,
        flag,
        tuple(json.loads(tags)) if tags != NO_TAGS else (),
        bool(deleted),
    )


def place_of(state: TopicState, shape: CardShape) -> Place:
    """Return where a card waits, by its topic's state."""
    return place(state, shape.id, shape.kind, archived=shape.archived)


def columns(state: TopicState, shape: CardShape) -> dict[str, object]:
    """Return the column values that a card's row takes from its topic's state, as bound parameters."""
    card = state.card(shape.id)
    memory = card.memory
    where = place_of(state, shape)
    return {
        "card": shape.id,
        "new_phase": memory.phase.value,
        "new_step": memory.step,
        "new_stability": memory.stability,
        "new_difficulty": memory.difficulty,
        "new_due_at": memory.due_at,
        "new_due_day": memory.due_day,
        "new_last_day": memory.last_day,
        "new_last_at": memory.last_at,
        "new_reps": memory.reps,
        "new_lapses": memory.lapses,
        "new_suspended": int(card.suspended),
        "new_buried_until": card.buried_until,
        "new_first_day": card.first_day,
        "new_seen_day": card.seen_day,
        "new_passed": int(card.passed),
        "new_not_before": card.not_before,
        "new_flag": card.flag,
        "new_own_tags": json.dumps(card.tags, ensure_ascii=False) if card.tags else NO_TAGS,
        "new_deleted": int(card.deleted),
        "new_queue": where.queue.value,
        "new_available_day": where.available_day,
    }


def rank(card_id: CardId) -> int:
    """Return a fixed draw for a card: cards due on one day come in its order, which mixes the decks."""
    return int.from_bytes(hashlib.blake2b(card_id.encode(), digest_size=4).digest()) >> 1
