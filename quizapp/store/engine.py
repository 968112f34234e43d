"""The SQLAlchemy engine over SQLite: every transaction takes the write lock at its start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, insert
from sqlalchemy.pool import QueuePool

from quizapp.store import sqlite
from quizapp.store.database import HEAD
from quizapp.store.schema import alembic_version, metadata


def engine(path: Path) -> Engine:
    """Return an engine whose transactions begin with BEGIN IMMEDIATE: two processes queue, none deadlocks."""
    made = create_engine("sqlite://", creator=lambda: sqlite.connect(path), poolclass=QueuePool)

    @event.listens_for(made, "begin")
    def take_write_lock(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return made


def create_schema(made: Engine) -> None:
    """Create every table in one transaction; harmless when another process was first."""
    with made.begin() as connection:
        metadata.create_all(connection)
        if not connection.exec_driver_sql("SELECT 1 FROM alembic_version").fetchone():
            connection.execute(insert(alembic_version).values(version_num=HEAD))
