"""The SQLAlchemy engine over SQLite. `Database.write` begins and ends the transactions."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, insert
from sqlalchemy.pool import StaticPool

from quizapp.store import search_index, sqlite
from quizapp.store.database import HEAD, execute_in
from quizapp.store.schema import alembic_version, metadata


def engine(path: Path) -> Engine:
    """Return an engine that connects as `sqlite.connect` does."""
    return create_engine("sqlite://", creator=lambda: sqlite.connect(path), poolclass=StaticPool)


def create_schema(connection: Connection) -> None:
    """Create every table that is missing; harmless when another process was first."""
    metadata.create_all(connection)
    search_index.create(execute_in(connection))
    if not connection.exec_driver_sql("SELECT 1 FROM alembic_version").fetchone():
        connection.execute(insert(alembic_version).values(version_num=HEAD))
