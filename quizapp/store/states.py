"""Memory states in the card table: a cache of the fold, and the queues that follow from it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.core.fold import CardState, TopicState, place
from quizapp.core.memory import Memory, Phase
from quizapp.core.topic import CardId, CardKind, TopicId
from quizapp.store.database import Execute

_TOPIC = """
    SELECT c.id, c.kind, c.archived, c.phase, c.step, c.stability, c.difficulty, c.due_at, c.due_day,
           c.last_day, c.last_at, c.reps, c.lapses, c.suspended, c.buried_until, c.first_day,
           t.id, t.unlocked, t.seen_day
    FROM card c JOIN topic t ON t.id = c.topic_id
    WHERE c.topic_id = {topic}
    ORDER BY c.ordinal
"""
_OF_CARD = _TOPIC.format(topic="(SELECT topic_id FROM card WHERE id = :card)")
_OF_TOPIC = _TOPIC.format(topic=":topic")


@dataclass(frozen=True, slots=True)
class CardShape:
    """What the fold needs to know of a card besides its log."""

    id: CardId
    kind: CardKind
    archived: bool


@dataclass(frozen=True, slots=True)
class TopicStanding:
    """A topic's cards, in the author's order, and their states as the cache holds them."""

    id: TopicId
    shapes: tuple[CardShape, ...]
    state: TopicState

    @property
    def question(self) -> CardId:
        """The card that unlocks the others."""
        return next(shape.id for shape in self.shapes if shape.kind is CardKind.QUESTION)

    def is_archived(self, card_id: CardId) -> bool:
        """Return whether a card of the topic has gone from its deck."""
        return any(shape.id == card_id and shape.archived for shape in self.shapes)

    @property
    def follow_ups(self) -> tuple[CardId, ...]:
        """The follow-ups that are not archived, in order."""
        return tuple(
            shape.id for shape in self.shapes if shape.kind is CardKind.FOLLOW_UP and not shape.archived
        )


def standing(execute: Execute, card_id: CardId) -> TopicStanding | None:
    """Return the standing of the topic that a card belongs to; None when there is no such card."""
    return _standing(execute(_OF_CARD, {"card": card_id}))


def standing_of_topic(execute: Execute, topic: TopicId) -> TopicStanding | None:
    """Return the standing of a topic; None when there is no such topic."""
    return _standing(execute(_OF_TOPIC, {"topic": topic}))


def _standing(rows: Sequence[Any]) -> TopicStanding | None:
    if not rows:
        return None
    shapes = tuple(CardShape(row[0], CardKind(row[1]), bool(row[2])) for row in rows)
    states = {row[0]: _state(row) for row in rows}
    topic, unlocked, seen_day = rows[0][16:19]
    return TopicStanding(topic, shapes, TopicState(states, bool(unlocked), seen_day))


def _state(row: tuple[object, ...]) -> CardState:
    memory = Memory(Phase(str(row[3])), *row[4:13])  # type: ignore[arg-type]  # the columns are STRICT
    suspended, buried_until, first_day = row[13:16]
    return CardState(memory, bool(suspended), int(str(buried_until)), int(str(first_day)))


def columns(state: TopicState, shape: CardShape) -> dict[str, object]:
    """Return the column values that a card's row takes from its topic's state, as bound parameters."""
    card = state.card(shape.id)
    memory = card.memory
    where = place(state, shape.id, shape.kind, archived=shape.archived)
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
        "new_queue": where.queue.value,
        "new_available_day": where.available_day,
    }


def rank(card_id: CardId) -> int:
    """Return a fixed draw for a card: cards due on one day come in its order, which mixes the decks."""
    return int.from_bytes(hashlib.blake2b(card_id.encode(), digest_size=4).digest()) >> 1
