"""What only SQLite does: connections, the check before anything is written, and its errors in plain words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from quizapp.core.memory import forgetting_curve
from quizapp.errors import StoreError, UsageError
from quizapp.store import sqlite


def test_a_url_names_a_file() -> None:
    """Three slashes are followed by the path, relative or absolute."""
    assert sqlite.path_of("sqlite:///study.db") == Path("study.db").absolute()
    assert sqlite.path_of("sqlite:////srv/study.db") == Path("/srv/study.db")


@pytest.mark.parametrize("url", ["", "study.db", "sqlite://study.db", "sqlite:///", "postgresql://h/d"])
def test_other_urls_are_refused(url: str) -> None:
    """Anything else says what to give instead."""
    with pytest.raises(UsageError, match="does not name a database") as refused:
        sqlite.path_of(url)
    assert "sqlite:///PATH" in refused.value.hint


def test_writing_is_durable_and_checked(tmp_path: Path) -> None:
    """A connection that writes uses the write-ahead log, waits for the disk, and holds foreign keys."""
    connection = sqlite.connect(tmp_path / "a.db")
    values = [
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    ]
    connection.close()
    assert values == ["wal", 2, 1]


@pytest.mark.parametrize("name", ["plain.db", "with blank.db", "50% #1?.db", "ü日.db"])
def test_reading_changes_nothing(tmp_path: Path, name: str) -> None:
    """A connection for reading finds any file name, and refuses to write."""
    path = tmp_path / name
    writer = sqlite.connect(path)
    writer.execute("CREATE TABLE t (n INTEGER)")
    writer.close()
    reader = sqlite.connect_for_reading(path)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("INSERT INTO t VALUES (1)")
    assert reader.execute("SELECT count(*) FROM t").fetchone() == (0,)
    reader.close()


def test_recall_is_the_forgetting_curve(tmp_path: Path) -> None:
    """Reading statements can ask for the probability of recall."""
    sqlite.connect(tmp_path / "a.db").close()
    reader = sqlite.connect_for_reading(tmp_path / "a.db")
    assert reader.execute("SELECT recall(12.5, 40)").fetchone() == (forgetting_curve(12.5, 40),)
    reader.close()


def test_a_missing_or_empty_file_has_no_version(tmp_path: Path) -> None:
    """Neither is anybody's database yet."""
    path = tmp_path / "a.db"
    assert sqlite.version_of(path) is None
    path.touch()
    assert sqlite.version_of(path) is None
    assert path.stat().st_size == 0


@pytest.mark.parametrize("tables", [("notes",), ("alembic_version", "users"), ("log",)])
def test_another_programs_database_is_refused(tmp_path: Path, tables: tuple[str, ...]) -> None:
    """Also one that uses Alembic, or has a log of its own; it stays as it is."""
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    for table in tables:
        connection.execute(f"CREATE TABLE {table} (version_num TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="belongs to another program"):
        sqlite.version_of(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"# Notes\n" * 200, "is not a database"), (b"SQLite format 3\0" + b"\xff" * 4000, "not a database")],
)
def test_something_else_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    """A text file, and one that only begins like a database."""
    path = tmp_path / "notes.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=message):
        sqlite.version_of(path)
    assert path.read_bytes() == content


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """A folder of that name is told as what it is."""
    with pytest.raises(StoreError, match="is a folder"):
        sqlite.version_of(tmp_path)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        ("database is locked", "is locked by another program"),
        ("database table is locked", "is locked by another program"),
        ("attempt to write a readonly database", "cannot be written"),
        ("database or disk is full", "cannot grow: the disk is full"),
        ("disk I/O error", "the disk is full or reports an error"),
        ("database disk image is malformed", "is damaged"),
        ("unable to open database file", "cannot be opened"),
        ("something new", "failed: something new"),
    ],
)
def test_every_error_says_what_to_do(error: str, message: str) -> None:
    """SQLite's own words become what happened and a hint, with the file's name."""
    told = sqlite.store_error(Path("/srv/study.db"), sqlite3.OperationalError(error))
    assert message in told.message
    assert "/srv/study.db" in told.message
    assert told.hint


def test_other_errors_pass() -> None:
    """What is not the database's fault is not blamed on it."""
    with pytest.raises(ZeroDivisionError), sqlite.translated(Path("a.db")):
        raise ZeroDivisionError
