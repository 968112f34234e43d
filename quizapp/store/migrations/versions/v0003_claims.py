"""A topic holds its claims; what this machine measured last, and each simulation's last frame, are kept."""

from alembic import op

revision = "0003"
down_revision = "0002"

MEASUREMENT = """
    CREATE TABLE measurement (
        simulation TEXT NOT NULL,
        claim TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        knobs TEXT DEFAULT '{}' NOT NULL,
        seed INTEGER NOT NULL,
        device TEXT DEFAULT '' NOT NULL,
        statement TEXT DEFAULT '' NOT NULL,
        expected REAL,
        measured REAL,
        tolerance REAL,
        PRIMARY KEY (simulation, claim)
    ) WITHOUT ROWID, STRICT
"""
LAST_RUN = """
    CREATE TABLE last_run (
        simulation TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        knobs TEXT DEFAULT '{}' NOT NULL,
        seed INTEGER NOT NULL,
        device TEXT DEFAULT '' NOT NULL,
        frame TEXT DEFAULT '{}' NOT NULL,
        PRIMARY KEY (simulation)
    ) STRICT
"""


def upgrade() -> None:
    """Add the column and make the two tables; topics get their claims when their files are read again."""
    op.execute("ALTER TABLE topic ADD COLUMN claims TEXT DEFAULT '' NOT NULL")
    op.execute(MEASUREMENT)
    op.execute(LAST_RUN)
