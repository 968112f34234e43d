"""The ratings of a session, and what is needed of their topics to say what they taught."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quizapp.core.log import EntryId, id_range
from quizapp.core.topic import TopicId
from quizapp.store.database import Execute

_RATINGS = """
    SELECT log.id, log.card_id, c.topic_id, log.rating, log.phase, log.extra, deck.path
    FROM log JOIN card c ON c.id = log.card_id JOIN deck ON deck.id = c.deck_id
    WHERE log.id >= :first AND log.at_ms >= :since AND log.rating IS NOT NULL
    AND (log.kind = 'review' OR log.policy_id IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM log u WHERE u.target = log.id) ORDER BY log.id
"""


def first_id(since_ms: int) -> EntryId:
    """Return the lowest id that an entry of a moment may have."""
    return id_range(since_ms)[0]


def ratings(execute: Execute, since_ms: int) -> Sequence[Any]:
    """Return (id, card, topic, rating, phase, extra, deck) of what was rated since a moment and not taken back."""
    return execute(_RATINGS, {"first": first_id(since_ms), "since": since_ms})


def title_and_cover(execute: Execute, topic: TopicId) -> tuple[str, str]:
    """Return a topic's title and its "What to Cover" section."""
    ((title, cover),) = execute("SELECT title, cover FROM topic WHERE id = :topic", {"topic": topic})
    return str(title), str(cover)
