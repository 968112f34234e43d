"""One database file: a reading connection that starts at once, and writing transactions through SQLAlchemy."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizapp.errors import StoreError
from quizapp.store import sqlite

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

HEAD = "0009"
"""The schema version that this program reads and writes."""

_TIDY_AFTER = 50
"""Transactions; an answer writes about 15 pages."""

Version = tuple[int, int]
"""Of the database as a whole: what others have committed, as SQLite counts it, and what this process has."""

Execute = Callable[[str, Mapping[str, Any]], Sequence[Any]]
"""Run one SQL statement with named parameters and return its rows."""


class Database:
    """A checked database. Reading needs the standard library alone, so the first frame waits for nothing else."""

    def __init__(self, path: Path, backups: Path) -> None:
        self.path = path
        self.backups = backups
        self._reading = threading.Lock()
        self._writing = threading.Lock()
        self._transactions = 0
        self._tidied_at = 0

    @classmethod
    def open(cls, url: str, backups: Path, *, create: bool) -> Database:
        """Open the database of a URL, creating or migrating it where needed.

        Args:
            backups: The folder for the copy taken before a migration.
            create: Whether a missing database may be created.

        Raises:
            StoreError: It is missing and may not be created, locked, unwritable, damaged, foreign or newer.
        """
        database = cls(sqlite.path_of(url), backups)
        version = sqlite.version_of(database.path)
        if version is None:
            database._create(allowed=create or database.path.exists())
        elif version != HEAD:
            database._migrate(version)
        return database

    @cached_property
    def _reader(self) -> sqlite3.Connection:
        return sqlite.connect_for_reading(self.path)

    @cached_property
    def _engine(self) -> Engine:
        from quizapp.store.engine import engine

        return engine(self.path)

    def read(self, statement: str, parameters: Mapping[str, Any]) -> Sequence[Any]:
        """Run one reading statement; safe to call from any thread."""
        with sqlite.translated(self.path), self._reading:
            return self._reader.execute(statement, parameters).fetchall()

    @cached_property
    def _writer(self) -> Connection:
        """The one connection that writes; it is kept, for what it has read stays in its cache."""
        return self._engine.connect()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a transaction that holds the write lock; it is on disk when the block ends without an error."""
        with sqlite.translated(self.path), self._writing:
            writer = self._writer
            driver = driver_in(writer)  # SQLAlchemy's own begin and commit cost an answer 0.04 ms
            driver.execute("BEGIN IMMEDIATE")
            try:
                yield writer
                driver.execute("COMMIT")
            except BaseException:
                driver.rollback()
                raise
            finally:
                writer.rollback()  # of SQLAlchemy's account of it alone: it is over
            self._transactions += 1

    @contextmanager
    def look(self) -> Iterator[Execute]:
        """Read on the connection that writes, so that the next transaction finds it in its cache; locks nobody out."""
        with sqlite.translated(self.path), self._writing:
            yield execute_in(self._writer)

    def version(self, execute: Execute) -> Version:
        """Return what changes with every commit, whoever makes it. Only inside `write` or `look`, and theirs."""
        return int(execute("PRAGMA data_version", {})[0][0]), self._transactions

    def warm(self) -> None:
        """Import what writing needs, so that the first answer does not wait for it."""
        with self.look():
            pass

    def tidy(self) -> None:
        """Take the write-ahead log into the file when much has been written: for a moment when nobody waits.

        It takes as long as several answers, and would otherwise fall on one of them. It holds up no writer.
        """
        if self._transactions - self._tidied_at < _TIDY_AFTER:
            return
        self._tidied_at = self._transactions
        with sqlite.translated(self.path), closing(sqlite.connect(self.path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Close every connection; the one that may write goes last and takes the write-ahead log into the file."""
        if "_reader" in self.__dict__:
            self._reader.close()
        with self._writing:
            if "_writer" in self.__dict__:
                self._writer.close()
            if "_engine" in self.__dict__:
                self._engine.dispose()

    def _create(self, *, allowed: bool) -> None:
        if not allowed:
            raise StoreError(
                f"There is no database at {self.path}.",
                "Check the name after --db or in QUIZAPP_DB; `quizapp add PATH` or the app creates a new one.",
            )
        if not self.path.parent.is_dir():
            raise StoreError(
                f"The folder {self.path.parent} does not exist.", "Create it, or name another with --db."
            )
        from quizapp.store.engine import create_schema

        with self.write() as connection:
            create_schema(connection)

    def _migrate(self, version: str) -> None:
        from quizapp.store.migrate import migrate

        migrate(self, version)


def execute_in(connection: Connection) -> Execute:
    """Return a way to run plain statements inside a writing transaction.

    They go to the driver's connection: SQLAlchemy's part costs 0.2 ms a statement, and an answer takes a dozen.
    """
    driver = driver_in(connection)

    def execute(statement: str, parameters: Mapping[str, Any]) -> Sequence[Any]:
        rows: Sequence[Any] = driver.execute(statement, parameters).fetchall()
        return rows

    return execute


def driver_in(connection: Connection) -> sqlite3.Connection:
    """Return the driver's connection under SQLAlchemy's."""
    driver: Any = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver
