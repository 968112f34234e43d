"""The full-text index, by SQLite's FTS5: a document a card, what stands on it, and the tags of its topic.

A document is folded before it is written (core/search/folding.py), so that searching needs no other comparison than
that of characters. Words are the index's unit, not trigrams: a part of a word is looked up in the table of all words,
which is short, and the words that hold it are then looked up in the index. Measured in docs/decisions/0005.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from quizapp.core.search.folding import FIELD_END, folded, tag_word, vocabulary
from quizapp.core.topic import CardId, TopicId
from quizapp.store.database import Execute

CREATE = """
    CREATE VIRTUAL TABLE IF NOT EXISTS search_text USING fts5(text, tags, tokenize = 'ascii')
"""
"""`rowid` is the card's number. The tokenizer takes all that lies beyond ASCII for letters."""

_CARDS = """
    SELECT c.number, t.title, c.question,
           CASE WHEN c.answer <> '' THEN c.answer ELSE t.answer END,
           CASE WHEN c.answer <> '' THEN '' ELSE t.cover END,
           t.tags
    FROM card c JOIN topic t ON t.id = c.topic_id WHERE NOT c.archived
"""
_PAGE = 1_000


def create(execute: Execute) -> None:
    """Create the index if it is missing."""
    execute(CREATE, {})


def index_topic(execute: Execute, topic: TopicId) -> None:
    """Write the documents of a topic's cards anew."""
    rows = execute(_CARDS + " AND c.topic_id = :topic", {"topic": topic})
    _forget(execute, [row[0] for row in rows])
    _write(execute, rows)


def index_everything(execute: Execute) -> None:
    """Write the whole index anew."""
    execute("DELETE FROM search_text", {})
    execute("DELETE FROM search_word", {})
    execute("DELETE FROM search_tag", {})
    after = 0
    statement = _CARDS + " AND c.number > :after ORDER BY c.number LIMIT :page"
    while rows := execute(statement, {"after": after, "page": _PAGE}):
        _write(execute, rows)
        after = rows[-1][0]


def forget_cards(execute: Execute, cards: Iterable[CardId]) -> None:
    """Take cards out of the index."""
    for card in cards:
        execute(
            "DELETE FROM search_text WHERE rowid = (SELECT number FROM card WHERE id = :id)", {"id": card}
        )


def _forget(execute: Execute, numbers: Sequence[int]) -> None:
    execute(
        "DELETE FROM search_text WHERE rowid IN (SELECT value FROM json_each(:numbers))",
        {"numbers": json.dumps(numbers)},
    )


def _write(execute: Execute, rows: Sequence[Sequence[Any]]) -> None:
    """Write documents, and the words and tags that they hold."""
    words: set[str] = set()
    tags: set[str] = set()
    for number, *fields, tags_text in rows:
        text = FIELD_END.join(map(folded, filter(None, fields)))
        own = {folded(tag) for tag in json.loads(tags_text)}
        execute(
            "INSERT INTO search_text (rowid, text, tags) VALUES (:number, :text, :tags)",
            {"number": number, "text": text, "tags": " ".join(map(tag_word, sorted(own)))},
        )
        words |= vocabulary(text)
        tags |= own
    for table, column, values in (("search_word", "word", words), ("search_tag", "tag", tags)):
        execute(
            f"INSERT OR IGNORE INTO {table} ({column}) SELECT value FROM json_each(:all)",  # noqa: S608 - fixed names
            {"all": json.dumps(sorted(values))},
        )
