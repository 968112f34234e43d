"""One database file: created where it may be, read and written, and its failures told."""

from __future__ import annotations

import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from quizapp.errors import StoreError
from quizapp.store import sqlite
from quizapp.store.database import HEAD, Database, execute_in

INSERT = "INSERT INTO fact (name, content) VALUES (:name, :content)"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """Return a new database."""
    return opened(tmp_path / "library.db", create=True)


def opened(path: Path, *, create: bool = False) -> Database:
    """Open a database with its backups beside it."""
    return Database.open(f"sqlite:///{path}", path.parent / "backups", create=create)


def facts(database: Database) -> list[str]:
    """Return the names of all facts."""
    return [name for (name,) in database.read("SELECT name FROM fact ORDER BY name", {})]


def remember(database: Database, name: str) -> None:
    """Write one fact."""
    with database.write() as connection:
        connection.exec_driver_sql(INSERT, {"name": name, "content": ""})


def test_a_new_database_is_at_head(database: Database) -> None:
    """It is created whole, and needs no migration."""
    assert database.read("SELECT version_num FROM alembic_version", {}) == [(HEAD,)]
    assert not database.backups.exists()


def test_a_missing_database_is_created_only_where_it_may_be(tmp_path: Path) -> None:
    """A name that was mistyped does not become an empty library."""
    path = tmp_path / "library.db"
    with pytest.raises(StoreError, match="There is no database at"):
        opened(path)
    assert list(tmp_path.iterdir()) == []
    opened(path, create=True).close()
    opened(path).close()


def test_a_missing_folder_is_never_created(tmp_path: Path) -> None:
    """The folder of a named database has to be there."""
    with pytest.raises(StoreError, match=r"The folder .* does not exist"):
        opened(tmp_path / "typo" / "library.db", create=True)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    """A start that was killed before its first write has left one."""
    (tmp_path / "library.db").touch()
    assert facts(opened(tmp_path / "library.db")) == []


def test_an_error_takes_the_transaction_back(database: Database) -> None:
    """Nothing of a block that failed is kept."""

    def fail_after_writing() -> None:
        with database.write() as connection:
            execute_in(connection)("INSERT INTO deck (path) VALUES ('a') RETURNING id", {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_writing()
    assert database.read("SELECT * FROM deck", {}) == []


def test_reading_sees_what_was_written(database: Database) -> None:
    """The reading connection follows the writing one."""
    assert facts(database) == []
    remember(database, "a")
    assert facts(database) == ["a"]


def test_threads_share_a_database(database: Database) -> None:
    """Reads and writes from many threads all arrive."""
    names = [f"{number:02}" for number in range(20)]
    with ThreadPoolExecutor(4) as pool:
        writing = [pool.submit(remember, database, name) for name in names]
        reading = [pool.submit(facts, database) for _ in names]
        assert all(set(seen.result()) <= set(names) for seen in reading)
        assert all(done.exception() is None for done in writing)
    assert facts(database) == names


def test_a_closed_database_is_one_file(database: Database) -> None:
    """Whoever copies it then has everything: no write-ahead log is left beside it."""
    remember(database, "a")
    assert facts(database) == ["a"]
    database.close()
    assert [path.name for path in database.path.parent.iterdir()] == ["library.db"]


def test_foreign_keys_hold(database: Database) -> None:
    """No entry is written for a card that is not there; the broken rule is named for what it is."""
    with pytest.raises((StoreError, IntegrityError), match="FOREIGN KEY"), database.write() as connection:
        connection.exec_driver_sql("INSERT INTO log (id, at_ms, day, card_id) VALUES (x'00', 0, 0, 'nobody')")


def test_tables_are_strict(database: Database) -> None:
    """A text cannot stand where a number belongs."""
    with pytest.raises(StoreError, match="cannot store TEXT"), database.write() as connection:
        connection.exec_driver_sql("INSERT INTO session (id, finished) VALUES ('s', 'no')")


def test_a_locked_database_is_told(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits in vain for another program learns that, and can try again afterwards."""
    database.close()
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_S", 0.05)
    database = opened(database.path)
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked by another program"):
        remember(database, "a")
    other.execute("ROLLBACK")
    other.close()
    remember(database, "a")
    assert facts(database) == ["a"]


def test_a_full_disk_is_told(database: Database) -> None:
    """What does not fit is not half written, and what was there stays."""
    remember(database, "a")
    with database.write() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(StoreError, match="the disk is full"), database.write() as connection:
        connection.exec_driver_sql(INSERT, {"name": "b", "content": "x" * 100_000})
    assert facts(database) == ["a"]
    assert database.read("PRAGMA integrity_check", {}) == [("ok",)]


def test_a_database_that_may_only_be_read_is_told(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading goes on where writing is refused."""
    remember(database, "a")
    path = database.path
    monkeypatch.setattr(
        sqlite,
        "connect",
        lambda path: sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None),
    )
    again = opened(path)
    with pytest.raises(StoreError, match="cannot be written"):
        remember(again, "b")
    assert facts(again) == ["a"]


def test_damage_inside_is_told(database: Database) -> None:
    """A page that was overwritten is met when it is read, and the message says to restore a backup."""
    path = database.path
    for number in range(200):
        remember(database, f"{number:0100}")
    database.close()
    content = bytearray(path.read_bytes())
    page = int.from_bytes(content[16:18])
    content[page * 2 :] = b"\xa5" * (len(content) - page * 2)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="is damaged") as told:
        facts(opened(path))
    assert "Restore a backup" in told.value.hint


def test_reading_needs_no_sqlalchemy(database: Database) -> None:
    """The first frame is read before SQLAlchemy is loaded."""
    import subprocess

    remember(database, "a")
    program = (
        "import sys; from pathlib import Path; from quizapp.store.database import Database;"
        f"d = Database.open('sqlite:///{database.path}', Path('b'), create=False);"
        "print(d.read('SELECT name FROM fact', {}), {'sqlalchemy', 'alembic'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[('a',)] set()\n"
