"""How each topic stands: its cards counted, its texts that name simulations, and the key points that were ticked."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from quizapp.store.database import Execute

_STANDINGS = """
    SELECT t.id, t.title, deck.path, t.cover, sum(c.reps > 0), count(c.id),
           sum(CASE WHEN c.reps > 0 THEN recall(c.stability, max(0, :day - c.last_day)) ELSE 0.0 END),
           sum(c.queue IN ('review', 'learning') AND c.available_day <= :day),
           sum(c.queue = 'new' AND c.available_day <= :day), sum(c.queue = 'locked'),
           coalesce(min(CASE WHEN c.queue IN ('review', 'learning', 'new') AND c.available_day > :day
                        THEN c.available_day END), 0)
    FROM topic t JOIN deck ON deck.id = t.deck_id JOIN card c ON c.topic_id = t.id AND NOT c.archived AND NOT c.deleted
    WHERE NOT t.archived GROUP BY t.id ORDER BY deck.path, t.ordinal, t.id
"""
_TICKED = """
    SELECT c.topic_id, log.extra FROM log JOIN card c ON c.id = log.card_id
    WHERE log.extra <> '{}' AND log.extra LIKE '%"ticked"%'
    AND NOT EXISTS (SELECT 1 FROM log u WHERE u.target = log.id)
"""
_TEXTS = """
    SELECT id, answer FROM topic WHERE NOT archived AND answer LIKE '%sim%'
    UNION ALL
    SELECT topic_id, answer FROM card WHERE NOT archived AND kind = 'follow-up' AND answer LIKE '%sim%'
"""
_RUN = "SELECT simulation FROM last_run UNION SELECT simulation FROM prediction WHERE truth IS NOT NULL"


def standings(execute: Execute, day: int) -> Sequence[Any]:
    """Return (id, title, deck, cover, seen, cards, recall, due, new, locked, next day) of each topic, in its place."""
    return execute(_STANDINGS, {"day": day})


def ticked(execute: Execute, since: bytes = b"") -> Mapping[str, frozenset[str]]:
    """Return the texts of the key points that were ever ticked, by topic.

    Args:
        since: Only entries from this id on.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for topic, extra in execute(_TICKED + " AND log.id >= :since", {"since": since}):
        points = json.loads(extra).get("ticked")
        if isinstance(points, list):
            found[topic].update(point for point in points if isinstance(point, str))
    return {topic: frozenset(points) for topic, points in found.items()}


def texts(execute: Execute) -> Sequence[tuple[str, str]]:
    """Return (topic, text) of each answer that may launch a simulation or ask for a prediction."""
    return [(topic, text) for topic, text in execute(_TEXTS, {})]


def run_simulations(execute: Execute) -> frozenset[str]:
    """Return the names of the simulations that were ever run to their end here."""
    return frozenset(name for (name,) in execute(_RUN, {}))
