"""The memory states of all reviewed cards are read from an index, a fifth of the pages of the cards themselves."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the index; a card that was never reviewed is not in it."""
    op.execute(
        "CREATE INDEX card_memory ON card (last_day, due_day, phase, stability, difficulty)"
        " WHERE reps > 0 AND NOT archived AND NOT deleted"
    )
