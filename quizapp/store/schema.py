"""The tables, in SQLAlchemy's terms. What only SQLite does lives in sqlite.py."""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    REAL,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    event,
    text,
)

from quizapp.store.sqlite import STALE_TALLIES

metadata = MetaData()


def _text(name: str, default: str = "") -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


_REAL: Double[float] = Double().with_variant(REAL(), "sqlite")


def _waiting(name: str, queue: str, *columns: str) -> Index:
    where = text(f"queue = '{queue}'")
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


def _whole(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


deck = Table(
    "deck",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", Text, nullable=False, unique=True),
    sqlite_strict=True,
)

topic = Table(
    "topic",
    metadata,
    Column("id", Text, primary_key=True),
    Column("deck_id", Integer, ForeignKey("deck.id"), nullable=False, index=True),
    _text("title"),
    _whole("difficulty"),
    _text("tags", "[]"),
    _text("question"),
    _text("cover"),
    _text("answer"),
    _text("metadata", "[]"),
    _text("source"),
    _whole("ordinal"),
    _whole("archived"),
    _text("claims"),
    sqlite_strict=True,
)

card = Table(
    "card",
    metadata,
    Column("id", Text, primary_key=True),
    Column("topic_id", Text, ForeignKey("topic.id"), nullable=False, index=True),
    Column("deck_id", Integer, ForeignKey("deck.id"), nullable=False),
    _text("kind"),
    _whole("ordinal"),
    _text("question"),
    _text("answer"),
    _whole("archived"),
    # Folded from the log:
    _text("phase", "new"),
    _whole("step"),
    Column("stability", _REAL, nullable=False, server_default="0"),
    Column("difficulty", _REAL, nullable=False, server_default="0"),
    _whole("due_at"),
    _whole("due_day"),
    _whole("last_day"),
    _whole("last_at"),
    _whole("reps"),
    _whole("lapses"),
    _whole("suspended"),
    _whole("buried_until"),
    _whole("first_day"),
    # The place in the queues, which follows from the above:
    _text("queue"),
    _whole("available_day"),
    _whole("position"),
    _whole("rank"),
    # Folded from the log, too:
    _whole("seen_day"),
    _whole("passed"),
    _whole("not_before"),
    _whole("flag"),
    _text("own_tags", "[]"),
    _whole("deleted"),
    # Of this library alone: the card's number in the index of words, and the study day on which it came in.
    _whole("number"),
    _whole("added_day"),
    # One index a queue, holding its own cards alone: an answer that keeps a card in its queue touches no other.
    _waiting("card_review", "review", "available_day", "rank", "deck_id"),
    _waiting("card_new", "new", "position", "rank"),
    _waiting("card_learning", "learning", "due_at"),
    _waiting("card_deck_review", "review", "deck_id", "available_day", "rank"),
    _waiting("card_deck_new", "new", "deck_id", "position", "rank", "available_day"),
    # What a search needs.
    Index("card_number", "number", unique=True),
    Index(
        "card_own_tags",
        "number",
        sqlite_where=text("own_tags <> '[]'"),
        postgresql_where=text("own_tags <> '[]'"),
    ),
    # All that a search or the statistics ask of a card besides its texts, narrow enough to be read as a whole: the rows
    # hold the texts. An answer pays about 0.02 ms for it.
    Index(
        "card_facts", "number", "deck_id", "archived", "deleted", "phase", "queue", "suspended", "buried_until",
        "due_day", "due_at", "last_day", "available_day", "not_before", "first_day", "added_day", "stability",
        "difficulty", "reps", "lapses", "flag",
    ),
    Index("card_deleted", "number", sqlite_where=text("deleted <> 0"), postgresql_where=text("deleted <> 0")),
    sqlite_strict=True,
)  # fmt: skip

policy = Table(
    "policy",
    metadata,
    Column("id", Text, primary_key=True),
    _text("rules"),
    sqlite_strict=True,
)

log = Table(
    "log",
    metadata,
    Column("id", LargeBinary(16), primary_key=True),
    Column("at_ms", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    _text("device"),
    Column("card_id", Text, ForeignKey("card.id"), nullable=False),
    _text("kind"),
    Column("rating", Integer),
    _text("phase"),
    _whole("elapsed_ms"),
    Column("policy_id", Text, ForeignKey("policy.id")),
    Column("target", LargeBinary(16), ForeignKey("log.id")),
    _text("extra", "{}"),
    _whole("value"),
    _text("words"),
    Column("batch", LargeBinary(16)),
    Index("log_card", "card_id", "id"),
    Index("log_day", "day", sqlite_where=text("kind = 'review'")),
    Index("log_moved", "day", sqlite_where=text("kind <> 'review' AND policy_id IS NOT NULL")),
    Index("log_target", "target", sqlite_where=Column("target").is_not(None)),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

prediction = Table(
    "prediction",
    metadata,
    Column("id", LargeBinary(16), primary_key=True),
    Column("at_ms", Integer, nullable=False),
    Column("card_id", Text, ForeignKey("card.id")),
    _text("simulation"),
    _text("knobs", "{}"),
    Column("seed", Integer, nullable=False),
    _text("device"),
    _text("question"),
    _text("answer"),
    Column("truth", Text),
    Column("hit", Integer),
    Column("gap", Text),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# What this machine measured last, not a part of the log: losing both tables loses nothing that a run does not bring back.
measurement = Table(
    "measurement",
    metadata,
    Column("simulation", Text, primary_key=True),
    Column("claim", Text, primary_key=True),
    Column("at_ms", Integer, nullable=False),
    _text("knobs", "{}"),
    Column("seed", Integer, nullable=False),
    _text("device"),
    _text("statement"),
    # SQLite keeps no NaN; NULL stands for it.
    Column("expected", _REAL),
    Column("measured", _REAL),
    Column("tolerance", _REAL),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

last_run = Table(
    "last_run",
    metadata,
    Column("simulation", Text, primary_key=True),
    Column("at_ms", Integer, nullable=False),
    _text("knobs", "{}"),
    Column("seed", Integer, nullable=False),
    _text("device"),
    _text("frame", "{}"),
    sqlite_strict=True,
)

session = Table(
    "session",
    metadata,
    Column("id", Text, primary_key=True),
    _text("deck"),
    _text("owner"),
    _whole("finished"),
    _text("place", "{}"),
    sqlite_strict=True,
)

# The cards of a filtered session in the order in which they come; a session's place says how far it is.
session_card = Table(
    "session_card",
    metadata,
    Column("session_id", Text, ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("card_id", Text, ForeignKey("card.id"), nullable=False, index=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

saved_search = Table(
    "saved_search",
    metadata,
    Column("name", Text, primary_key=True),
    _text("query"),
    _whole("reschedule"),
    _whole("ordinal"),
    _text("sorting", "due"),
    sqlite_strict=True,
)

# Every word, and every tag, that the index of words has met: a part of a word is looked up among them.
search_word = Table(
    "search_word",
    metadata,
    Column("word", Text, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
search_tag = Table(
    "search_tag", metadata, Column("tag", Text, primary_key=True), sqlite_strict=True, sqlite_with_rowid=False
)

drill = Table(
    "drill",
    metadata,
    Column("id", LargeBinary(16), primary_key=True),
    Column("at_ms", Integer, nullable=False),
    _text("owner"),
    _whole("finished"),
    _text("place", "{}"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

drill_answer = Table(
    "drill_answer",
    metadata,
    Column("drill_id", LargeBinary(16), ForeignKey("drill.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("card_id", Text, ForeignKey("card.id"), nullable=False, index=True),
    _text("content", "{}"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# What was counted of each study day that is over, from the first review's to the last one counted without a gap. It
# follows from the log: losing it costs counting again, and triggers drop what an entry or another deck makes untrue.
tally = Table(
    "tally",
    metadata,
    Column("day", Integer, primary_key=True),
    _text("basis"),
    _text("content"),
    _text("so_far"),
    sqlite_strict=True,
)

for _trigger in STALE_TALLIES:
    event.listen(metadata, "after_create", DDL(_trigger).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call] # SQLAlchemy leaves DDL without types

fact = Table(
    "fact",
    metadata,
    Column("name", Text, primary_key=True),
    _text("content"),
    sqlite_strict=True,
)

alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", Text, primary_key=True),
    sqlite_strict=True,
)
