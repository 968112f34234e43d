"""Copies of the database, each opened once to prove that it restores."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from quizapp.errors import StoreError
from quizapp.store import sqlite

_UNFINISHED = ".part"
_GIVEN_UP_AFTER_S = 24 * 3600
_NAME = re.compile(r"(?P<stem>.+)-(?P<at>\d{8}T\d{12}Z)-(?P<reason>[a-z0-9-]+)\.db")
_AT = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy on the disk.

    Attributes:
        at: When it was taken, UTC.
        reason: Why: `daily`, `leaving`, `by-hand`, `before-restore` and the like.
        size: In bytes.
    """

    path: Path
    at: datetime
    reason: str
    size: int


@dataclass(frozen=True, slots=True)
class Content:
    """What a database holds: the version of its schema, and how many cards and log entries."""

    schema: str
    cards: int
    entries: int

    @property
    def words(self) -> str:
        """What it holds in words: `3 log entries, 1 card`."""
        entries = "1 log entry" if self.entries == 1 else f"{self.entries} log entries"
        return f"{entries}, {self.cards} {'card' if self.cards == 1 else 'cards'}"


def back_up(path: Path, folder: Path, reason: str, at: datetime | None = None) -> Path:
    """Copy a database while others may use it, prove the copy, and return its path.

    Until it is proved it has another name, so that a copy that was cut short is never taken for a backup.

    Raises:
        StoreError: The copy could not be made, as on a full disk, or does not restore. The database is as it was.
    """
    moment = datetime.now(UTC) if at is None else at
    with sqlite.translated(path):
        folder.mkdir(parents=True, exist_ok=True)
    copy = folder / f"{path.stem}-{moment:{_AT}}-{reason}.db"
    part = copy.with_name(copy.name + _UNFINISHED)
    try:
        with sqlite.translated(part):
            least = _copied(path, part)
        prove(part, least)
        with sqlite.translated(copy):
            part.rename(copy)
    finally:
        part.unlink(missing_ok=True)
        part.with_name(part.name + "-journal").unlink(missing_ok=True)
    return copy


def _copied(path: Path, copy: Path) -> Content:
    """Copy a database, and return what it held at the time."""
    source, target = sqlite.connect_for_reading(path), sqlite3.connect(copy)
    with closing(source), closing(target):
        before = _content(source)
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, with no write-ahead log beside it
    return before


def prove(path: Path, least: Content | None = None) -> Content:
    """Open a backup, read every page of it, and return what it holds.

    Args:
        least: What it must hold at least.

    Raises:
        StoreError: It is damaged, or holds less.
    """
    check(path)
    with sqlite.translated(path), closing(sqlite.connect_for_reading(path)) as connection:
        found = _content(connection)
    if least is not None and (found.schema != least.schema or found.entries < least.entries):
        raise StoreError(
            f"The backup {path} holds {found.entries} log entries of {least.entries}.",
            "Try again; the database itself is as it was.",
        )
    return found


def content(path: Path) -> Content:
    """Return what a database holds, without reading all of it.

    Raises:
        StoreError: It is no database of quizapp's.
    """
    with sqlite.translated(path), closing(sqlite.connect_for_reading(path)) as connection:
        return _content(connection)


def _content(connection: sqlite3.Connection) -> Content:
    (schema,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    (cards,) = connection.execute("SELECT count(*) FROM card").fetchone()
    (entries,) = connection.execute("SELECT count(*) FROM log").fetchone()
    return Content(schema, cards, entries)


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


def backups(path: Path, folder: Path) -> list[Backup]:
    """Return the backups of a database, the newest first."""
    found: list[Backup] = []
    for file in folder.glob("*.db") if folder.is_dir() else ():
        named = _NAME.fullmatch(file.name)
        if named and named["stem"] == path.stem:
            at = datetime.strptime(named["at"], _AT).replace(tzinfo=UTC)
            found.append(Backup(file, at, named["reason"], file.stat().st_size))
    return sorted(found, key=lambda backup: backup.at, reverse=True)


def unfinished(path: Path, folder: Path, now: datetime) -> list[Path]:
    """Return what is left of copies that were cut short more than a day ago."""
    parts = folder.glob(f"{path.stem}-*{_UNFINISHED}*") if folder.is_dir() else ()
    return [part for part in parts if now.timestamp() - part.stat().st_mtime > _GIVEN_UP_AFTER_S]


def restore(path: Path, copy: Path) -> None:
    """Put a backup in a database's place: as a whole, or not at all.

    Raises:
        StoreError: The backup is damaged, another process has the database open, or it cannot be written.
    """
    prove(copy)
    if is_whole(path):
        _overwrite(path, copy)
    else:
        _replace(path, copy)


def is_whole(path: Path) -> bool:
    """Return whether a database is there and undamaged.

    Raises:
        StoreError: The file is another program's.
    """
    try:
        if sqlite.version_of(path) is None:
            return False
        check(path)
    except StoreError as error:
        if error.__cause__ is None and "damaged" not in error.message:  # no error of SQLite's: it is readable
            raise
        return False
    return True


def refuse_if_used(path: Path) -> None:
    """Raise a StoreError when another process has a database open."""
    with (
        contextlib.suppress(sqlite3.DatabaseError),
        closing(_alone(path)),
    ):  # a damaged one is nobody's any more
        pass


def _alone(path: Path) -> sqlite3.Connection:
    """Open a database that nobody else has open: leaving the write-ahead log needs all of it for a moment."""
    connection = sqlite3.connect(path, timeout=0.2, isolation_level=None)
    try:
        (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        if "locked" not in str(error):
            raise
        mode = "wal"
    if mode != "delete":
        connection.close()
        raise StoreError(
            f"The database {path} is open in another program.",
            "Leave every quizapp that uses it, and try again. Nothing was changed.",
        )
    return connection


def _overwrite(path: Path, copy: Path) -> None:
    """Write a backup over a database in one transaction, of which a crash leaves nothing.

    It goes through the write-ahead log: a rollback journal that a crash left behind could not be played back by a
    connection that only reads, and every start begins with one.
    """
    with sqlite.translated(path), closing(_alone(path)) as target:
        target.execute("PRAGMA journal_mode=WAL")
        with closing(sqlite.connect_for_reading(copy)) as source:
            source.backup(target)
    check(path)


def _replace(path: Path, copy: Path) -> None:
    """Put a backup where a database is missing or damaged; what lies there is kept under another name."""
    fresh = path.with_name(f"{path.name}.restored")
    with sqlite.translated(path):
        try:
            with (
                closing(sqlite.connect_for_reading(copy)) as source,
                closing(sqlite3.connect(fresh)) as target,
            ):
                source.backup(target)
            put_in_place(path, fresh)
        finally:
            fresh.unlink(missing_ok=True)


def put_in_place(path: Path, fresh: Path) -> None:
    """Put a whole database where a damaged one lies, which is kept beside it under another name."""
    aside = f"{path.stem}-damaged-{datetime.now(UTC):{_AT}}.db"
    with sqlite.translated(path):
        for ending in ("", "-wal", "-shm"):
            part = path.with_name(path.name + ending)
            if part.exists():
                part.rename(path.with_name(aside + ending))
        fresh.replace(path)
