"""A database that cannot be used: exit code 4, one clear message, and not a byte changed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.learner import topic_text

READING = (("cards",), ("due",), ("log",))
RATING = ("answer", "residual-and-plain-layer", "good")
PROGRAM = "from quizapp.cli import main; main()"
IMPATIENT = "from quizapp.store import sqlite; sqlite.BUSY_TIMEOUT_S = 0.1; "
HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("PRAGMA locking_mode = EXCLUSIVE")
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""
# A disk that is full, and a file that may not be written: file permissions do not bind root.
FULL = (
    "from quizapp.store import sqlite; usual = sqlite.connect\n"
    "def connect(path):\n"
    "    made = usual(path)\n"
    "    made.execute('PRAGMA max_page_count = 1')\n"
    "    return made\n"
    "sqlite.connect = connect\n"
)
READ_ONLY = (
    "import sqlite3; from quizapp.store import sqlite\n"
    "sqlite.connect = lambda path: sqlite3.connect(f'file:{path}?immutable=1', uri=True, isolation_level=None)\n"
)


def run(path: Path, *arguments: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command on a database in a process of its own, after some preparation there."""
    return subprocess.run(
        [sys.executable, "-c", before + PROGRAM, "--db", f"sqlite:///{path}", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def content(path: Path) -> dict[str, bytes]:
    """Return what is in the database's folder, less SQLite's own index of the write-ahead log."""
    return {
        found.name: found.read_bytes()
        for found in path.parent.iterdir()
        if found.is_file() and not found.name.endswith("-shm") and found.stat().st_size
    }


def assert_refused(path: Path, arguments: tuple[str, ...], *words: str, before: str = "") -> None:
    """Assert that a command ends with 4, names the file, says all of the words, and leaves everything as it was."""
    held = content(path)
    done = run(path, *arguments, before=before)
    assert (done.returncode, done.stdout) == (4, ""), done.stderr
    assert "Traceback" not in done.stderr
    for word in (str(path), *words):
        assert word in done.stderr
    assert content(path) == held


@pytest.fixture
def library(home: Path) -> Path:
    """Return the library's file, with no write-ahead log beside it."""
    return home / "quizapp.db"


@pytest.fixture
def locked_library(library: Path) -> Iterator[Path]:
    """Return the library's file while another process holds all of it, readers kept out."""
    command = [sys.executable, "-c", HOLD, str(library)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield library
        holder.stdin.close()


@pytest.mark.parametrize("arguments", [*READING, RATING, ("export", "out")], ids=" ".join)
def test_a_missing_database_is_not_created(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """A named one has to be there for whoever reads or rates."""
    path = tmp_path / "typo.db"
    assert_refused(path, arguments, "There is no database at", "--db")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_database_is_an_error_by_the_environment_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """QUIZAPP_DB names a database as --db does."""
    monkeypatch.setenv("QUIZAPP_DB", f"sqlite:///{tmp_path}/typo.db")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "cards"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (4, "")
    assert "QUIZAPP_DB" in done.stderr


def test_add_creates_the_database_that_it_names(tmp_path: Path) -> None:
    """It is how a library begins."""
    (tmp_path / "decks").mkdir()
    path = tmp_path / "new.db"
    assert run(path, "add", str(tmp_path / "decks")).returncode == 0
    assert run(path, "cards").returncode == 0


def test_a_missing_folder_is_always_an_error(tmp_path: Path) -> None:
    """Not even `add` makes folders for a database that was named."""
    path = tmp_path / "typo" / "new.db"
    (tmp_path / "decks").mkdir()
    for arguments in (("add", str(tmp_path / "decks")), ("cards",)):
        done = run(path, *arguments)
        assert done.returncode == 4
        assert str(path.parent) in done.stderr
    assert not path.parent.exists()


@pytest.mark.parametrize("arguments", [("cards",), RATING], ids=" ".join)
def test_a_locked_database_is_told(locked_library: Path, arguments: tuple[str, ...]) -> None:
    """Reading and writing, while another program holds it."""
    assert_refused(locked_library, arguments, "is locked by another program", before=IMPATIENT)


def test_reading_goes_on_while_another_writes(library: Path) -> None:
    """A writer alone locks out writers only."""
    other = sqlite3.connect(library, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert run(library, "cards").returncode == 0
    assert_refused(library, RATING, "is locked by another program", before=IMPATIENT)
    other.execute("ROLLBACK")
    other.close()
    assert run(library, *RATING).returncode == 0


def test_a_full_disk_is_told(library: Path, tmp_path: Path) -> None:
    """What does not fit is refused as a whole; reading goes on."""
    (tmp_path / "long.md").write_text(topic_text("Long", answer="Because. " * 50_000), encoding="utf-8")
    arguments = ("add", str(tmp_path / "long.md"))
    assert_refused(library, arguments, "the disk is full", "Free some space", before=FULL)
    assert '"long"' not in run(library, "cards", "--json").stdout
    assert run(library, *arguments).returncode == 0


def test_a_database_that_may_not_be_written_is_told(library: Path) -> None:
    """Rating is refused; reading goes on."""
    assert_refused(library, RATING, "cannot be written", "permission", before=READ_ONLY)
    assert run(library, "cards", before=READ_ONLY).returncode == 0


@pytest.mark.parametrize("arguments", [("cards",), RATING], ids=" ".join)
@pytest.mark.parametrize("damage", ["text", "garbled", "truncated", "inside"])
def test_a_damaged_database_is_told(library: Path, damage: str, arguments: tuple[str, ...]) -> None:
    """At its beginning, at its end, or in every page but the first."""
    whole = library.read_bytes()
    library.write_bytes(
        {
            "text": b"dear diary\n" * 1000,
            "garbled": b"\xa5" * 100 + whole[100:],
            "truncated": whole[: len(whole) // 3],
            "inside": whole[:4096] + b"\xa5" * (len(whole) - 4096),
        }[damage]
    )
    assert_refused(
        library, arguments, "damaged", "restore a backup" if damage in {"text", "garbled"} else "Restore"
    )


@pytest.mark.parametrize("arguments", [("cards",), RATING, ("add", ".")], ids=" ".join)
def test_another_programs_database_is_left_alone(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Whoever names a photo library by mistake loses no photo."""
    path = tmp_path / "photos.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE photo (name TEXT)")
    other.close()
    assert_refused(path, arguments, "belongs to another program", "It was not changed")


@pytest.mark.parametrize("arguments", [("cards",), RATING, ("add", ".")], ids=" ".join)
def test_a_newer_database_is_left_alone(library: Path, arguments: tuple[str, ...]) -> None:
    """An older program does not touch what it cannot know."""
    connection = sqlite3.connect(library)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    assert_refused(library, arguments, "schema 9999", "Update quizapp")
    assert not (library.parent / "backups").exists()


def test_a_url_of_another_database_is_a_usage_error(library: Path) -> None:
    """Exit code 2: nothing was opened."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "--db", str(library), "cards"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "sqlite:///PATH" in done.stderr
