"""An answer writes fewer pages: one index a queue, and what a topic's cards share is kept with the cards.

`topic.unlocked` and `topic.seen_day` made every answer rewrite the row that holds the topic's whole text.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

INDICES = {
    "card_review": ("available_day, rank, deck_id", "review"),
    "card_new": ("position, rank", "new"),
    "card_learning": ("due_at", "learning"),
    "card_deck_review": ("deck_id, available_day, rank", "review"),
    "card_deck_new": ("deck_id, position, rank, available_day", "new"),
}

FROM_LOG = """
    UPDATE card SET seen_day = reviews.seen_day, passed = reviews.passed
    FROM (SELECT card_id, max(day) AS seen_day, max(rating >= 2) AS passed FROM log
          WHERE kind = 'review' AND NOT EXISTS (SELECT 1 FROM log u WHERE u.target = log.id)
          GROUP BY card_id) AS reviews
    WHERE reviews.card_id = card.id
"""


def upgrade() -> None:
    """Make the indices of the queues anew, and move two facts from the topics to the cards."""
    for name in INDICES:
        op.execute(f"DROP INDEX {name}")
    op.execute("ALTER TABLE card ADD COLUMN seen_day INTEGER DEFAULT '0' NOT NULL")
    op.execute("ALTER TABLE card ADD COLUMN passed INTEGER DEFAULT '0' NOT NULL")
    op.execute(FROM_LOG)
    op.execute("ALTER TABLE topic DROP COLUMN unlocked")
    op.execute("ALTER TABLE topic DROP COLUMN seen_day")
    for name, (columns, queue) in INDICES.items():
        op.execute(f"CREATE INDEX {name} ON card ({columns}) WHERE queue = '{queue}'")
