"""Repairs that lose no row: parts that the schema lacks are put back, a file whose rows can be read is written anew."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from quizapp.errors import StoreError
from quizapp.store import backup, search_index, sqlite
from quizapp.store.database import Database

_FOLLOWS = ("search_text", "search_word", "search_tag", "tally")
"""Tables whose rows follow from the others'."""
_PARTS = """
    SELECT type, name, sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT LIKE 'search~_text~_%' ESCAPE '~' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'
"""


@dataclass(frozen=True, slots=True)
class Part:
    """A table, an index or a trigger of the schema, with the statement that makes it."""

    kind: str
    name: str
    sql: str

    @property
    def can_be_made(self) -> bool:
        """Whether nothing is lost with it: an index, a trigger, or a table whose rows follow from others'."""
        return self.kind != "table" or self.name in _FOLLOWS


def missing(path: Path) -> list[Part]:
    """Return the parts of the present schema that a database of it lacks.

    Raises:
        StoreError: It cannot be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        whole = _parts(_made(Path(folder) / "whole.db"))
    there = {(part.kind, part.name) for part in _parts(path)}
    return [part for part in whole if (part.kind, part.name) not in there]


def unsearchable(path: Path) -> str:
    """Return what is wrong with the index of words: cards that it lacks, or an error; empty where it is whole."""
    with sqlite.translated(path), closing(sqlite.connect_for_reading(path)) as connection:
        try:
            (lacking,) = connection.execute(
                "SELECT count(*) FROM card WHERE NOT archived AND number NOT IN (SELECT rowid FROM search_text)"
            ).fetchone()
            connection.execute("SELECT count(*) FROM search_text WHERE search_text MATCH 'a*'").fetchone()
        except sqlite3.DatabaseError as error:
            return str(error)
    return f"{lacking} cards are not in it" if lacking else ""


def put_back(path: Path, parts: list[Part]) -> None:
    """Make parts anew, in one transaction, and what follows from others with them."""
    with sqlite.translated(path), closing(sqlite.connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for part in sorted(parts, key=lambda part: part.kind != "table"):
            connection.execute(part.sql)
        if any(part.kind == "trigger" for part in parts):
            connection.execute("DELETE FROM tally")  # it was not kept true meanwhile; it is counted again
        connection.execute("COMMIT")


def index_words(path: Path) -> None:
    """Write the index of words anew."""
    with sqlite.translated(path), closing(sqlite.connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DROP TABLE IF EXISTS search_text")
        connection.execute(search_index.CREATE)
        search_index.index_everything(lambda sql, values: connection.execute(sql, values).fetchall())
        connection.execute("COMMIT")


def rebuild(path: Path, least: int) -> int:
    """Write a database anew from the rows of its tables, put it in the file's place, and return its log entries.

    The file as it was stays beside it, under another name.

    Args:
        least: How many log entries it must come to.

    Raises:
        StoreError: A table cannot be read to its end, or holds fewer entries. The file is as it was then.
    """
    backup.refuse_if_used(path)
    fresh = path.with_name(f"{path.name}.rebuilt")
    try:
        _made(fresh)
        with sqlite.translated(path), closing(sqlite.connect(fresh)) as target:
            with closing(sqlite.connect_for_reading(path)) as source:
                _copy(source, target)
            (entries,) = target.execute("SELECT count(*) FROM log").fetchone()
        if entries < least:
            raise StoreError(
                f"Only {entries} of {least} log entries can be read.",
                "`quizapp restore` puts a backup in its place.",
            )
        index_words(fresh)
        backup.prove(fresh)
        with closing(sqlite3.connect(fresh)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
        backup.put_in_place(path, fresh)
    finally:
        for ending in ("", "-wal", "-shm"):
            fresh.with_name(fresh.name + ending).unlink(missing_ok=True)
    return int(entries)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy every table's rows by its own tree, not by an index."""
    target.execute("PRAGMA foreign_keys=OFF")
    target.execute("BEGIN")
    tables = [name for (name,) in target.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        if table.startswith("search_") or table == "tally":
            continue
        there = {row[1] for row in source.execute(f"PRAGMA table_info({table})")}
        columns = [row[1] for row in target.execute(f"PRAGMA table_info({table})") if row[1] in there]
        if not columns:
            continue
        named, places = ", ".join(columns), ", ".join("?" * len(columns))
        rows = source.execute(f"SELECT {named} FROM {table} NOT INDEXED")  # noqa: S608 - names of the schema
        target.executemany(f"INSERT OR REPLACE INTO {table} ({named}) VALUES ({places})", rows)  # noqa: S608
    target.execute("COMMIT")


def _made(path: Path) -> Path:
    """Make an empty database of the present schema."""
    Database.open(f"sqlite:///{path}", path.parent, create=True).close()
    return path


def _parts(path: Path) -> list[Part]:
    with sqlite.translated(path), closing(sqlite.connect_for_reading(path)) as connection:
        return [Part(*row) for row in connection.execute(_PARTS)]
