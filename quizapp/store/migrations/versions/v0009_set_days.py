"""A card whose day was set comes on it; what the log says of such cards is read anew once all migrations have run."""

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Leave the tables as they are: `REPLAYED` in migrate.py names what is replayed from here on."""
