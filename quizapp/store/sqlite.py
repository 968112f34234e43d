"""What only SQLite does: connections, pragmas, the version check before anything is written, error texts."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from quizapp.core.memory import forgetting_curve
from quizapp.errors import StoreError, UsageError

BUSY_TIMEOUT_S = 5.0
WAL_PAGES = 4000
"""When SQLite itself empties the write-ahead log, at 16 MB; `Database.tidy` does it sooner, while nobody waits."""
CACHE_KIB = 64 * 1024
"""What a writing connection keeps of the file: its indexes at 100,000 cards, so that an answer reads no disk."""
_PREFIX = "sqlite:///"
_KEPT = "Every answer given so far is in the file."

_MESSAGES = (
    ("locked", "is locked by another program", f"Close the other program, or try again in a moment. {_KEPT}"),
    ("readonly", "cannot be written", f"Give yourself write permission to the file and its folder. {_KEPT}"),
    ("disk is full", "cannot grow: the disk is full", f"Free some space and try again. {_KEPT}"),
    (
        "disk i/o",
        "cannot be read or written: the disk is full or reports an error",
        f"Free some space and try again; if there is enough, check the disk. {_KEPT}",
    ),
    ("malformed", "is damaged", "Restore a backup; keep the damaged file, much of it can be recovered."),
    (
        "not a database",
        "is not a database, or is damaged",
        "Name another file with --db, or restore a backup. It was not changed.",
    ),
    ("unable to open", "cannot be opened", "Check that the folder exists and that you may write to it."),
)
"""What SQLite's message holds, what to say of the database, and what to do."""

STALE_TALLIES = (
    """
    CREATE TRIGGER IF NOT EXISTS tally_after_entry AFTER INSERT ON log BEGIN
        DELETE FROM tally WHERE day >= coalesce((SELECT day FROM log WHERE id = new.target), new.day);
    END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS tally_after_move AFTER UPDATE OF deck_id, own_tags ON card
    WHEN old.deck_id <> new.deck_id OR old.own_tags <> new.own_tags BEGIN
        DELETE FROM tally;
    END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS tally_after_tags AFTER UPDATE OF tags ON topic WHEN old.tags <> new.tags BEGIN
        DELETE FROM tally;
    END
    """,
)
"""Keep what was counted true whoever writes: an entry of a past day, or an undo of one, makes that day and those after
it untrue, for the next review of the card lies there; another deck or tag moves reviews from one count to another.
Today is never counted ahead, so an answer finds nothing to delete."""


def path_of(url: str) -> Path:
    """Return the file that a database URL names.

    Raises:
        UsageError: It is not a `sqlite:///PATH` URL with a path.
    """
    if not url.startswith(_PREFIX) or url == _PREFIX:
        raise UsageError(
            f"{url!r} does not name a database", "Give sqlite:///PATH, such as sqlite:///study.db."
        )
    return Path(url.removeprefix(_PREFIX)).absolute()


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors, also those inside SQLAlchemy's, into a StoreError that says what to do."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise store_error(path, error) from error
    except Exception as error:  # SQLAlchemy's wrapper is known by its `orig`, without importing SQLAlchemy
        inner = getattr(error, "orig", None)
        if not isinstance(inner, sqlite3.Error):
            raise
        raise store_error(path, inner) from error


def store_error(path: Path, error: Exception) -> StoreError:
    """Return what to tell the user about an error of SQLite."""
    text = str(error)
    for sign, what, hint in _MESSAGES:
        if sign in text.lower():
            return StoreError(f"The database {path} {what}.", hint)
    return StoreError(f"The database {path} failed: {text}.", "Check it, or restore a backup.")


def connect(path: Path) -> sqlite3.Connection:
    """Open a database for reading and writing, in WAL mode with full synchronisation."""
    connection = sqlite3.connect(
        path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"wal_autocheckpoint={WAL_PAGES}",
        f"cache_size=-{CACHE_KIB}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def connect_for_reading(path: Path) -> sqlite3.Connection:
    """Open an existing database so that nothing can be written through this connection."""
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode=ro",
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    connection.execute("PRAGMA query_only=ON")
    # Not every build of SQLite has the powers and logarithms that the curve needs.
    connection.create_function("recall", 2, forgetting_curve, deterministic=True)
    connection.create_function("found_by", 2, _found_by, deterministic=True)
    return connection


@lru_cache(maxsize=16)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE | re.MULTILINE)


def _found_by(expression: str, text: str) -> bool:
    """Return whether a regular expression finds something in a text, in any case of letters."""
    return _compiled(expression).search(text) is not None


def version_of(path: Path) -> str | None:
    """Return the schema version of a database; None when the file is missing or empty.

    Raises:
        StoreError: It is no database, or another program's.
    """
    if path.is_dir():
        raise StoreError(f"{path} is a folder, not a database.", "Name a file in it, such as study.db.")
    if not path.exists() or path.stat().st_size == 0:
        return None
    with translated(path):
        connection = connect_for_reading(path)
        try:
            tables = {
                name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
            }
            if not tables:
                return None
            if "alembic_version" in tables and "log" in tables:
                row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
                if row:
                    return str(row[0])
        finally:
            connection.close()
    raise StoreError(
        f"The database {path} belongs to another program.", "Name another file with --db. It was not changed."
    )
