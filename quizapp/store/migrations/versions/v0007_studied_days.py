"""The days on which a drill's or a cram's ratings moved the schedule are found by an index, as those of reviews are."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the index; of a log without such ratings it holds nothing."""
    op.execute("CREATE INDEX log_moved ON log (day) WHERE kind <> 'review' AND policy_id IS NOT NULL")
