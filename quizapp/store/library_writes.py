"""Topics taken into the database: their words, their cards and the order of decks. The log is never touched."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from quizapp.core.fold import fold
from quizapp.core.reconcile import KeptTopic
from quizapp.core.topic import CardId, CardKind, TopicId
from quizapp.store import entries, search_index, states, writes
from quizapp.store.database import execute_in

if TYPE_CHECKING:
    from sqlalchemy import Connection

_DECK = "INSERT INTO deck (path) VALUES (:path) ON CONFLICT (path) DO NOTHING"
_TOPIC = """
    INSERT INTO topic (id, deck_id, title, difficulty, tags, question, cover, answer, metadata, source, claims,
                       archived)
    VALUES (:id, (SELECT id FROM deck WHERE path = :deck), :title, :difficulty, :tags, :question, :cover, :answer,
            :metadata, :source, :claims, 0)
    ON CONFLICT (id) DO UPDATE SET deck_id = excluded.deck_id, title = excluded.title,
        difficulty = excluded.difficulty, tags = excluded.tags, question = excluded.question,
        cover = excluded.cover, answer = excluded.answer, metadata = excluded.metadata,
        source = excluded.source, claims = excluded.claims, archived = 0
"""
_CARD = """
    INSERT INTO card (id, topic_id, deck_id, kind, ordinal, question, answer, archived, rank, number, added_day)
    VALUES (:id, :topic, (SELECT id FROM deck WHERE path = :deck), :kind, :ordinal, :question, :answer, 0, :rank,
            (SELECT coalesce(max(number), 0) + 1 FROM card), :day)
    ON CONFLICT (id) DO UPDATE SET deck_id = excluded.deck_id, ordinal = excluded.ordinal,
        question = excluded.question, answer = excluded.answer, archived = 0
"""
_MOVE_TOPIC = (
    "UPDATE topic SET deck_id = (SELECT id FROM deck WHERE path = :deck), source = :source WHERE id = :topic"
)
_MOVE_CARDS = """
    UPDATE card SET deck_id = (SELECT id FROM deck WHERE path = :deck) WHERE topic_id = :topic AND NOT archived
"""
_ORDER_TOPICS = """
    UPDATE topic SET ordinal = place.number
    FROM (SELECT id, row_number() OVER (PARTITION BY deck_id, archived ORDER BY source, id) - 1 AS number
          FROM topic) AS place
    WHERE place.id = topic.id AND topic.ordinal <> place.number
"""
# New cards go round the decks, the higher deck first: first every deck's first topic, then the second ones.
_ORDER_CARDS = """
    UPDATE card SET position = place.number + card.ordinal
    FROM (SELECT topic.id, 1000000 * topic.ordinal + 100 * decks.number AS number
          FROM topic JOIN (SELECT id, row_number() OVER (ORDER BY path) - 1 AS number FROM deck) AS decks
          ON decks.id = topic.deck_id) AS place
    WHERE place.id = card.topic_id AND card.position <> place.number + card.ordinal
"""


def keep_topic(connection: Connection, kept: KeptTopic, day: int) -> None:
    """Write a topic and its cards under the ids that reconciliation gave them.

    Args:
        day: The study day, on which new cards came in.
    """
    topic = kept.topic
    connection.exec_driver_sql(_DECK, {"path": topic.deck})
    connection.exec_driver_sql(
        _TOPIC,
        {
            "id": topic.id,
            "deck": topic.deck,
            "title": topic.title,
            "difficulty": topic.difficulty,
            "tags": json.dumps(topic.tags, ensure_ascii=False),
            "question": topic.question,
            "cover": topic.cover,
            "answer": topic.answer,
            "metadata": json.dumps(topic.metadata, ensure_ascii=False),
            "source": kept.path,
            "claims": topic.claims_section,
        },
    )
    _keep_card(connection, kept, (kept.question_card, CardKind.QUESTION, topic.question, ""), 0, day)
    for number, card in enumerate(_further_cards(kept), start=1):
        _keep_card(connection, kept, card, number, day)
    search_index.index_topic(execute_in(connection), topic.id)


def _further_cards(kept: KeptTopic) -> Iterator[tuple[CardId, CardKind, str, str]]:
    """Yield (id, kind, question, own answer) of a topic's follow-ups, then of its prediction cards."""
    for card, follow_up in zip(kept.follow_up_cards, kept.topic.follow_ups, strict=True):
        yield card, CardKind.FOLLOW_UP, follow_up.question, follow_up.answer
    for card, block in zip(kept.prediction_cards, kept.topic.predictions, strict=True):
        yield card, CardKind.PREDICTION, block.markdown, block.answer


def _keep_card(
    connection: Connection, kept: KeptTopic, card: tuple[CardId, CardKind, str, str], number: int, day: int
) -> None:
    identifier, kind, question, answer = card
    connection.exec_driver_sql(
        _CARD,
        {
            "id": identifier,
            "topic": kept.topic.id,
            "deck": kept.topic.deck,
            "kind": kind.value,
            "ordinal": number,
            "question": question,
            "answer": answer,
            "rank": states.rank(identifier),
            "day": day,
        },
    )


def archive(connection: Connection, topics: Iterable[TopicId], cards: Iterable[CardId]) -> None:
    """Take topics and cards out of study; their history stays."""
    for topic in topics:
        connection.exec_driver_sql("UPDATE topic SET archived = 1 WHERE id = :id", {"id": topic})
    gone = list(cards)
    for card in gone:
        connection.exec_driver_sql("UPDATE card SET archived = 1 WHERE id = :id", {"id": card})
    search_index.forget_cards(execute_in(connection), gone)


def move_topics(connection: Connection, moved: Sequence[tuple[TopicId, str, str]]) -> None:
    """Put topics, whose words stay as they are, into other decks.

    Args:
        moved: For each topic the path of its deck and that of its file.
    """
    for topic, deck, source in moved:
        values = {"topic": topic, "deck": deck, "source": source}
        connection.exec_driver_sql(_DECK, {"path": deck})
        connection.exec_driver_sql(_MOVE_TOPIC, values)
        connection.exec_driver_sql(_MOVE_CARDS, values)
    if moved:
        _order(connection)


def settle(connection: Connection, topics: Iterable[TopicId]) -> None:
    """Give every card its place again after topics changed: states by the fold, then the order in the decks."""
    execute = execute_in(connection)
    policies = entries.policies(execute)
    for topic in topics:
        before = states.standing_of_topic(execute, topic)
        if before is not None:
            folded = fold(entries.of_topic(execute, topic), before.state.question, policies)
            writes.rewrite_states(connection, before, folded)
    _order(connection)


def _order(connection: Connection) -> None:
    connection.exec_driver_sql(_ORDER_TOPICS)
    connection.exec_driver_sql(_ORDER_CARDS)


def remember(connection: Connection, name: str, content: str) -> None:
    """Write a fact about the library as a whole."""
    connection.exec_driver_sql(
        "INSERT INTO fact (name, content) VALUES (:name, :content)"
        " ON CONFLICT (name) DO UPDATE SET content = excluded.content",
        {"name": name, "content": content},
    )
