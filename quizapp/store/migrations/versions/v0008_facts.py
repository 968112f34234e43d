"""Searches by state and figure, and statistics, read an index of all states, and no longer every card with its texts."""

from alembic import op

revision = "0008"
down_revision = "0007"

FACTS = """
    CREATE INDEX card_facts ON card (
        number, deck_id, archived, deleted, phase, queue, suspended, buried_until, due_day, due_at, last_day,
        available_day, not_before, first_day, added_day, stability, difficulty, reps, lapses, flag
    )
"""


def upgrade() -> None:
    """Add the index."""
    op.execute(FACTS)
