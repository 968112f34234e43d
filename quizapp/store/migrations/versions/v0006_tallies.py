"""What was counted of the days that are over is kept, so that statistics need not read the whole log each time."""

from alembic import op

from quizapp.store.sqlite import STALE_TALLIES

revision = "0006"
down_revision = "0005"

TALLY = """
    CREATE TABLE tally (
        day INTEGER NOT NULL,
        basis TEXT DEFAULT '' NOT NULL,
        content TEXT DEFAULT '' NOT NULL,
        so_far TEXT DEFAULT '' NOT NULL,
        PRIMARY KEY (day)
    ) STRICT
"""


def upgrade() -> None:
    """Add the table and its triggers; the first look at the statistics fills it."""
    op.execute(TALLY)
    for trigger in STALE_TALLIES:
        op.execute(trigger)
