"""Topics and decks, read from the database."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from quizapp.core.topic import CardId, CardKind, FollowUp, PredictionBlock, Topic, TopicId
from quizapp.store.database import Execute
from quizapp.store.many import in_chunks

if TYPE_CHECKING:
    from quizapp.core.reconcile import KnownTopic

_FENCED_SIM = re.compile(r"[`~]{3}[ \t]*sim\b")
_TOPIC = """
    SELECT t.id, t.title, deck.path, t.difficulty, t.tags, t.question, t.cover, t.answer, t.metadata, t.source, t.claims
    FROM topic t JOIN deck ON deck.id = t.deck_id WHERE NOT t.archived
"""
_PARTS = "SELECT topic_id, kind, question, answer FROM card WHERE kind <> 'question' AND NOT archived"


def known_topics(execute: Execute) -> list[KnownTopic]:
    """Return every topic with its cards, archived ones included."""
    from quizapp.core.reconcile import KnownCard, KnownTopic

    cards: dict[str, list[KnownCard]] = defaultdict(list)
    for topic, card, kind, question, archived, answer in execute(
        "SELECT topic_id, id, kind, question, archived, answer FROM card ORDER BY topic_id, ordinal", {}
    ):
        cards[topic].append(KnownCard(CardId(card), CardKind(kind), question, bool(archived), answer))
    rows = execute("SELECT id, source, title, question, archived FROM topic ORDER BY id", {})
    return [
        KnownTopic(TopicId(identifier), source, title, question, bool(archived), tuple(cards[identifier]))
        for identifier, source, title, question, archived in rows
    ]


def topics(execute: Execute) -> list[tuple[Topic, str]]:
    """Return every topic that is not archived with the source that it came from, by deck and place in it."""
    parts: dict[str, list[Sequence[str]]] = defaultdict(list)
    for row in execute(_PARTS + " ORDER BY topic_id, ordinal", {}):
        parts[row[0]].append(row)
    rows = execute(_TOPIC + " ORDER BY deck.path, t.ordinal, t.id", {})
    return [(_topic(row, parts[row[0]]), row[9]) for row in rows]


def topics_of(execute: Execute, ids: Sequence[TopicId]) -> dict[TopicId, tuple[Topic, str]]:
    """Return those of these topics that the library has and that are not archived, each with its source."""
    parts: dict[str, list[Sequence[str]]] = defaultdict(list)
    for rows in in_chunks(execute, _PARTS + " AND topic_id IN ({chosen}) ORDER BY topic_id, ordinal", ids):
        for row in rows:
            parts[row[0]].append(row)
    return {
        row[0]: (_topic(row, parts[row[0]]), row[9])
        for rows in in_chunks(execute, _TOPIC + " AND t.id IN ({chosen})", ids)
        for row in rows
    }


def studied_topics(execute: Execute) -> list[Topic]:
    """Return the topics of which any card is neither archived nor deleted, without their deleted follow-ups."""
    living = set()
    deleted: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for topic_id, kind, question, answer, is_deleted in execute(
        "SELECT topic_id, kind, question, answer, deleted FROM card WHERE NOT archived", {}
    ):
        if not is_deleted:
            living.add(topic_id)
        elif kind == CardKind.FOLLOW_UP:
            deleted[topic_id].add((question, answer))
    return [
        replace(
            found,
            follow_ups=tuple(
                one for one in found.follow_ups if (one.question, one.answer) not in deleted[found.id]
            ),
        )
        for found, _ in topics(execute)
        if found.id in living
    ]


def topic(execute: Execute, topic_id: TopicId) -> tuple[Topic, str] | None:
    """Return one topic with its source; None when the library has none of that id."""
    rows = execute(_TOPIC + " AND t.id = :topic", {"topic": topic_id})
    if not rows:
        return None
    parts = execute(_PARTS + " AND topic_id = :topic ORDER BY ordinal", {"topic": topic_id})
    return _topic(rows[0], parts), rows[0][9]


def _topic(row: Sequence[Any], parts: Sequence[Sequence[Any]]) -> Topic:
    """Return a topic from its row and those of its further cards: (topic, kind, question, answer)."""
    from quizapp.core.deck_claims import deck_claims
    from quizapp.core.deck_key_points import key_points

    return Topic(
        id=TopicId(row[0]),
        title=row[1],
        deck=row[2],
        difficulty=row[3],
        tags=tuple(json.loads(row[4])),
        question=row[5],
        answer=row[7],
        cover=row[6],
        key_points=key_points(row[6]),
        follow_ups=tuple(FollowUp(*texts) for _, kind, *texts in parts if kind == CardKind.FOLLOW_UP),
        predictions=_predictions(parts),
        metadata=tuple((name, content) for name, content in json.loads(row[8])),
        claims_section=row[10],
        claims=deck_claims(row[10]),
    )


def _predictions(parts: Sequence[Sequence[Any]]) -> tuple[PredictionBlock, ...]:
    """Return the blocks of the prediction cards among a topic's further cards."""
    from quizapp.core.deck_predictions import kept_prediction

    kept = (kept_prediction(*texts) for _, kind, *texts in parts if kind == CardKind.PREDICTION)
    return tuple(block for block in kept if block is not None)


def texts_with_sims(execute: Execute) -> list[tuple[str, str]]:
    """Return (topic's title, text) of each answer that may hold a `sim` block, the topics' own answers first."""
    order = " ORDER BY deck.path, t.ordinal, t.id"
    answers = (
        "SELECT t.title, t.answer FROM topic t JOIN deck ON deck.id = t.deck_id WHERE NOT t.archived"
        " AND EXISTS (SELECT 1 FROM card c WHERE c.topic_id = t.id AND NOT c.archived AND NOT c.deleted)"
    )
    follow_ups = (
        "SELECT t.title, c.answer FROM card c JOIN topic t ON t.id = c.topic_id JOIN deck ON deck.id = t.deck_id"
        " WHERE NOT t.archived AND NOT c.archived AND NOT c.deleted AND c.kind = 'follow-up'"
    )
    texts = [(title, text) for query in (answers, follow_ups) for title, text in execute(query + order, {})]
    return [(title, text) for title, text in texts if _FENCED_SIM.search(text)]


def decks_of(execute: Execute, topics: Sequence[TopicId]) -> dict[TopicId, str]:
    """Return the deck of each of these topics."""
    statement = "SELECT topic.id, deck.path FROM topic JOIN deck ON deck.id = topic.deck_id WHERE topic.id IN ({chosen})"
    return {row[0]: row[1] for rows in in_chunks(execute, statement, topics) for row in rows}


def tags(execute: Execute) -> tuple[str, ...]:
    """Return every tag, of topics and of the learner's own, in order."""
    kept = execute("SELECT DISTINCT tags FROM topic WHERE NOT archived", {})
    own = execute(
        "SELECT DISTINCT own_tags FROM card WHERE own_tags <> '[]' AND NOT archived AND NOT deleted", {}
    )
    return tuple(sorted({tag for (texts,) in (*kept, *own) for tag in json.loads(texts)}))


def fact(execute: Execute, name: str) -> str:
    """Return what the database remembers under a name; empty when nothing."""
    rows = execute("SELECT content FROM fact WHERE name = :name", {"name": name})
    return str(rows[0][0]) if rows else ""
