"""Cards take flags, own tags, deletion and a chosen day; entries are made in batches; drills and searches are kept."""

from alembic import op

revision = "0004"
down_revision = "0003"

CARD = (
    "not_before INTEGER DEFAULT '0'",
    "flag INTEGER DEFAULT '0'",
    "own_tags TEXT DEFAULT '[]'",
    "deleted INTEGER DEFAULT '0'",
)
LOG = ("value INTEGER DEFAULT '0'", "words TEXT DEFAULT ''")
SAVED_SEARCH = """
    CREATE TABLE saved_search (
        name TEXT NOT NULL,
        "query" TEXT DEFAULT '' NOT NULL,
        reschedule INTEGER DEFAULT '0' NOT NULL,
        ordinal INTEGER DEFAULT '0' NOT NULL,
        PRIMARY KEY (name)
    ) STRICT
"""
DRILL = """
    CREATE TABLE drill (
        id BLOB NOT NULL,
        at_ms INTEGER NOT NULL,
        owner TEXT DEFAULT '' NOT NULL,
        finished INTEGER DEFAULT '0' NOT NULL,
        place TEXT DEFAULT '{}' NOT NULL,
        PRIMARY KEY (id)
    ) WITHOUT ROWID, STRICT
"""
DRILL_ANSWER = """
    CREATE TABLE drill_answer (
        drill_id BLOB NOT NULL,
        ordinal INTEGER NOT NULL,
        card_id TEXT NOT NULL,
        content TEXT DEFAULT '{}' NOT NULL,
        PRIMARY KEY (drill_id, ordinal),
        FOREIGN KEY(drill_id) REFERENCES drill (id),
        FOREIGN KEY(card_id) REFERENCES card (id)
    ) WITHOUT ROWID, STRICT
"""


def upgrade() -> None:
    """Add the columns, whose defaults are what every card and entry had so far, and the tables."""
    for column in CARD:
        op.execute(f"ALTER TABLE card ADD COLUMN {column} NOT NULL")
    for column in LOG:
        op.execute(f"ALTER TABLE log ADD COLUMN {column} NOT NULL")
    op.execute("ALTER TABLE log ADD COLUMN batch BLOB")
    for table in (SAVED_SEARCH, DRILL, DRILL_ANSWER):
        op.execute(table)
    op.execute("CREATE INDEX ix_drill_answer_card_id ON drill_answer (card_id)")
