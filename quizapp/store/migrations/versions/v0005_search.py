"""Cards are found by their words: an index of them, the card's number in it, and the day on which a card came in."""

from datetime import date

from alembic import op

from quizapp.store import search_index
from quizapp.store.database import execute_in

revision = "0005"
down_revision = "0004"

INDICES = (
    "CREATE UNIQUE INDEX card_number ON card (number)",
    "CREATE INDEX card_own_tags ON card (number) WHERE own_tags <> '[]'",
    "CREATE INDEX card_deleted ON card (number) WHERE deleted <> 0",
    "CREATE INDEX ix_session_card_card_id ON session_card (card_id)",
)
SESSION_CARD = """
    CREATE TABLE session_card (
        session_id TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        card_id TEXT NOT NULL,
        PRIMARY KEY (session_id, ordinal),
        FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE CASCADE,
        FOREIGN KEY(card_id) REFERENCES card (id)
    ) WITHOUT ROWID, STRICT
"""
WORDS = "CREATE TABLE search_word (word TEXT NOT NULL, PRIMARY KEY (word)) WITHOUT ROWID, STRICT"
TAGS = "CREATE TABLE search_tag (tag TEXT NOT NULL, PRIMARY KEY (tag)) WITHOUT ROWID, STRICT"
NUMBERS = """
    UPDATE card SET number = place.number
    FROM (SELECT card.id, row_number() OVER (ORDER BY deck.path, topic.ordinal, topic.id, card.ordinal) AS number
          FROM card JOIN topic ON topic.id = card.topic_id JOIN deck ON deck.id = topic.deck_id) AS place
    WHERE place.id = card.id
"""


def upgrade() -> None:
    """Number the cards, index what stands on them, and take their first review, or today, for the day they came in."""
    execute = execute_in(op.get_bind())
    for name in ("number", "added_day"):
        execute(f"ALTER TABLE card ADD COLUMN {name} INTEGER DEFAULT '0' NOT NULL", {})
    execute("ALTER TABLE saved_search ADD COLUMN sorting TEXT DEFAULT 'due' NOT NULL", {})
    execute(NUMBERS, {})
    today = date.today().toordinal()  # noqa: DTZ011 - the learner's own calendar day
    execute(
        "UPDATE card SET added_day = CASE WHEN first_day > 0 THEN first_day ELSE :today END", {"today": today}
    )
    for statement in (SESSION_CARD, WORDS, TAGS, *INDICES):
        execute(statement, {})
    search_index.create(execute)
    search_index.index_everything(execute)
