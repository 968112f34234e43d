"""What SQLite itself says of a database, without opening it for writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from quizapp.store import sqlite


@dataclass(frozen=True, slots=True)
class Orphan:
    """A row that names another one which is not there."""

    table: str
    parent: str


def damages(path: Path) -> list[str]:
    """Return what is damaged in a database, in SQLite's words; nothing when it is whole.

    Raises:
        StoreError: It cannot be read at all.
    """
    with sqlite.translated(path), closing(sqlite.connect_for_reading(path)) as connection:
        try:
            found = [str(text) for (text,) in connection.execute("PRAGMA integrity_check(20)")]
        except sqlite3.DatabaseError as error:
            if "malformed" not in str(error):
                raise
            return ["a page of it cannot be read"]
    return [] if found == ["ok"] else found


def orphans(path: Path) -> list[Orphan]:
    """Return the rows whose foreign keys lead nowhere."""
    with sqlite.translated(path), closing(sqlite.connect_for_reading(path)) as connection:
        rows = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [Orphan(str(row[0]), str(row[2])) for row in rows]


def sources(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (topic id, file) of the topics that came from a file and are not archived."""
    statement = "SELECT id, source FROM topic WHERE NOT archived AND source NOT LIKE 'bundled:%' ORDER BY id"
    with sqlite.translated(path), closing(sqlite.connect_for_reading(path)) as connection:
        yield from ((str(topic), str(source)) for topic, source in connection.execute(statement).fetchall())


def journal_bytes(path: Path) -> int:
    """Return how large the write-ahead log is."""
    wal = path.with_name(path.name + "-wal")
    return wal.stat().st_size if wal.exists() else 0


def reindex(path: Path) -> None:
    """Build every index anew: an index that disagrees with its table is the one damage that loses nothing."""
    with sqlite.translated(path), closing(sqlite.connect(path)) as connection:
        connection.execute("REINDEX")


def version() -> str:
    """Return SQLite's version."""
    return sqlite3.sqlite_version
