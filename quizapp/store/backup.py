"""Copies of the database, each opened once to prove that it restores."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from quizapp.errors import StoreError
from quizapp.store import sqlite


def back_up(path: Path, folder: Path, reason: str) -> Path:
    """Copy a database while others may use it, and return the copy's path.

    Raises:
        StoreError: The copy could not be made, or does not pass SQLite's own check.
    """
    with sqlite.translated(path):
        folder.mkdir(parents=True, exist_ok=True)
        copy = folder / f"{path.stem}-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}-{reason}.db"
        source, target = sqlite.connect_for_reading(path), sqlite3.connect(copy)
        try:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, with no write-ahead log beside it
        finally:
            source.close()
            target.close()
    check(copy)
    return copy


def check(path: Path) -> None:
    """Raise a StoreError unless SQLite finds a database whole, foreign keys included."""
    with sqlite.translated(path):
        connection = sqlite.connect_for_reading(path)
        try:
            found = [text for (text,) in connection.execute("PRAGMA integrity_check")]
            orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
        finally:
            connection.close()
    if found != ["ok"] or orphans:
        raise StoreError(
            f"The database {path} is damaged: {found[0]}, {len(orphans)} orphans.", "Restore a backup."
        )
