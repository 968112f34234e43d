"""Backups: taken when something was learnt, thinned, proved, and put back as a whole or not at all."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from quizapp.core.memory import Rating
from quizapp.errors import StoreError, UsageError
from quizapp.services import backups, doctor
from quizapp.services.workspace import Workspace
from quizapp.store import backup as store
from tests.learner import Learner, assert_state_is_fold


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    """Return a learner with three topics, one of them answered."""
    learner = Learner(tmp_path)
    for title in ("Alpha", "Beta", "Gamma"):
        learner.learn(title)
    answer(learner)
    return learner


def answer(learner: Learner) -> None:
    """Rate the next card Easy, in a session that is left again."""
    study = learner.begin()
    study.answer(Rating.EASY, 1000)
    study.leave()


def entries(learner: Learner) -> int:
    """Return how many entries the log has."""
    return int(learner.workspace.database.read("SELECT count(*) FROM log", {})[0][0])


def reasons(learner: Learner) -> list[str]:
    """Return why each backup was taken, the newest first."""
    return [one.backup.reason for one in backups.listed(learner.workspace)]


def test_the_first_start_of_a_day_takes_one(learner: Learner) -> None:
    """Not the second one, none when nothing was learnt since, and none of an empty log."""
    workspace = learner.workspace
    assert backups.take_daily(workspace) is not None
    assert backups.take_daily(workspace) is None
    learner.clock.forward(days=1)
    assert backups.take_daily(workspace) is None
    answer(learner)
    assert backups.take_daily(workspace) is not None
    learner.clock.forward(hours=20)
    answer(learner)
    assert backups.take_daily(workspace) is not None
    assert reasons(learner) == ["daily"] * 3
    empty = Learner(learner.home / "empty")
    empty.learn("Alpha")
    assert backups.take_daily(empty.workspace) is None


def test_leaving_takes_one_when_something_was_learnt(learner: Learner) -> None:
    """Leaving twice takes one."""
    assert backups.take_on_leaving(learner.workspace) is not None
    assert backups.take_on_leaving(learner.workspace) is None
    learner.clock.forward(minutes=1)
    answer(learner)
    assert backups.take_on_leaving(learner.workspace) is not None


def test_a_large_database_is_backed_up_once_a_day(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaving it shall not take seconds each time, nor fill the disk."""
    monkeypatch.setattr(backups, "LARGE", 1000)
    assert backups.take_on_leaving(learner.workspace) is not None
    learner.clock.forward(minutes=1)
    answer(learner)
    assert backups.take_on_leaving(learner.workspace) is None
    learner.clock.forward(days=1)
    assert backups.take_daily(learner.workspace) is not None


def test_old_ones_are_thinned_and_those_by_hand_stay(learner: Learner) -> None:
    """Within a day of three weeks ago the last of them stands for the others."""
    workspace = learner.workspace
    hand = backups.take(workspace, backups.BY_HAND).path
    for _ in range(4):
        learner.clock.forward(hours=1)
        backups.take(workspace, backups.LEAVING)
    last = next(iter(backups.listed(workspace))).backup.path
    part = workspace.paths.backups / "quizapp-20260101T000000000000Z-daily.db.part"
    part.touch()
    two_days_ago = (workspace.now() - timedelta(days=2)).timestamp()
    os.utime(part, (two_days_ago, two_days_ago))
    learner.clock.forward(days=21)
    newest = backups.take(workspace, backups.DAILY).path
    assert {one.backup.path for one in backups.listed(workspace)} == {hand, last, newest}
    assert not part.exists()


def test_a_backup_restores_and_can_be_taken_back(learner: Learner) -> None:
    """What came after it is gone, and is in the backup that was taken before."""
    copy = backups.take(learner.workspace, backups.BY_HAND)
    learner.clock.forward(minutes=1)
    answer(learner)
    assert entries(learner) == 2
    before = backups.restore(learner.workspace, copy.path)
    assert entries(learner) == 1
    assert_state_is_fold(learner.workspace)
    assert before is not None
    backups.restore(learner.workspace, before)
    assert entries(learner) == 2
    assert_state_is_fold(learner.workspace)
    answer(learner)
    assert entries(learner) == 3


def test_a_database_in_use_is_not_replaced(learner: Learner) -> None:
    """Another process has it open: nothing is changed, and no backup is taken for nothing."""
    copy = backups.take(learner.workspace, backups.BY_HAND)
    answer(learner)
    program = (
        "import sys\nfrom pathlib import Path\nfrom quizapp.store.database import Database\n"
        "base = Database.open('sqlite:///' + sys.argv[1], Path(), create=False)\n"
        "base.read('SELECT count(*) FROM log', {})\nprint('open', flush=True)\nsys.stdin.read()\n"
    )
    path = str(learner.workspace.path)
    with subprocess.Popen(
        [sys.executable, "-c", program, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreError, match="is open in another program"):
            backups.restore(learner.workspace, copy.path)
        assert entries(learner) == 2
        assert reasons(learner) == ["by-hand"]
        other.communicate()


def test_a_damaged_database_is_replaced_and_kept_aside(learner: Learner) -> None:
    """Its file lies beside the database under another name."""
    copy = backups.take(learner.workspace, backups.BY_HAND)
    learner.workspace.close()
    path = learner.workspace.path
    damaged = b"SQLite format 3\0" + b"\xff" * 8000
    path.write_bytes(damaged)
    assert backups.restore(learner.workspace, copy.path) is None
    assert entries(learner) == 1
    (aside,) = path.parent.glob("quizapp-damaged-*.db")
    assert aside.read_bytes() == damaged


def test_a_missing_database_is_made_from_a_backup(learner: Learner, tmp_path: Path) -> None:
    """As on a new machine."""
    copy = backups.take(learner.workspace, backups.BY_HAND)
    other = Learner(tmp_path / "other")
    assert backups.restore(other.workspace, copy.path) is None
    assert entries(other) == 1


def test_another_programs_database_is_left_alone(learner: Learner, tmp_path: Path) -> None:
    """It is told, and nothing of it is changed."""
    copy = backups.take(learner.workspace, backups.BY_HAND)
    other = Learner(tmp_path / "other")
    with closing(sqlite3.connect(other.workspace.path)) as foreign:
        foreign.execute("CREATE TABLE theirs (x)")
        foreign.commit()
    before = other.workspace.path.read_bytes()
    with pytest.raises(StoreError, match="belongs to another program"):
        backups.restore(other.workspace, copy.path)
    assert other.workspace.path.read_bytes() == before


@pytest.mark.parametrize("harm", ["cut", "newer", "empty"])
def test_a_backup_that_does_not_restore_is_refused(learner: Learner, harm: str) -> None:
    """The database stays, and no copy of it is taken for nothing."""
    copy = backups.take(learner.workspace, backups.BY_HAND).path
    if harm == "cut":
        copy.write_bytes(copy.read_bytes()[:20_000])
    elif harm == "empty":
        copy.write_bytes(b"")
    else:
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
            connection.commit()
    answer(learner)
    with pytest.raises(StoreError):
        backups.restore(learner.workspace, copy)
    assert entries(learner) == 2
    assert reasons(learner) == ["by-hand"]


def test_a_damaged_backup_is_named_with_the_newest_whole_one(learner: Learner) -> None:
    """It is the backup that is damaged, not the database, and there is a way on."""
    whole = backups.take(learner.workspace, backups.BY_HAND).path
    answer(learner)
    learner.clock.forward(minutes=1)
    damaged = backups.take(learner.workspace, backups.BY_HAND).path
    content = bytearray(damaged.read_bytes())
    content[8192 : len(content)] = b"\xa5" * (len(content) - 8192)
    damaged.write_bytes(content)
    (look,) = doctor.backups_taken(learner.workspace)
    assert look.state is doctor.State.WRONG
    with pytest.raises(StoreError) as told:
        backups.restore(learner.workspace, damaged)
    assert told.value.message.startswith(f"The backup {damaged} is damaged")
    assert f"quizapp restore {whole.name}" in told.value.hint
    damaged.unlink()
    whole.write_bytes(content)
    with pytest.raises(StoreError, match="There is no other"):
        backups.restore(learner.workspace, whole)


def test_a_copy_that_fails_leaves_no_trace(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk while it is copied: told, no half backup is listed, the database is as it was."""

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(store, "_copied", full)
    with pytest.raises(StoreError, match="the disk is full"):
        backups.take(learner.workspace, backups.DAILY)
    assert list(learner.workspace.paths.backups.iterdir()) == []
    assert entries(learner) == 1


def test_a_copy_with_fewer_entries_is_no_backup(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the database held at the time is what the copy must hold."""
    copied = store._copied

    def cut(path: Path, copy: Path) -> store.Content:
        before = copied(path, copy)
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("DELETE FROM log")
            connection.commit()
        return before

    monkeypatch.setattr(store, "_copied", cut)
    with pytest.raises(StoreError, match="holds 0 log entries of 1"):
        backups.take(learner.workspace, backups.DAILY)
    assert list(learner.workspace.paths.backups.iterdir()) == []


def test_a_backup_is_named_by_file_date_or_latest(learner: Learner) -> None:
    """The last one of a date counts; `latest` is not what a restore has just put away."""
    workspace = learner.workspace
    first = backups.take(workspace, backups.DAILY).path
    learner.clock.forward(hours=1)
    second = backups.take(workspace, backups.LEAVING).path
    learner.clock.forward(days=1)
    third = backups.take(workspace, backups.BEFORE_RESTORE).path
    assert backups.named(workspace, "latest") == second
    assert backups.named(workspace, "2026-03-02") == second
    assert backups.named(workspace, "2026-03-03") == third
    assert backups.named(workspace, str(first)) == first
    assert backups.named(workspace, first.name) == first
    with pytest.raises(UsageError, match="There is no backup 'yesterday'") as told:
        backups.named(workspace, "yesterday")
    assert "2026-03-03, 2026-03-02" in told.value.hint


def test_a_backup_goes_where_it_is_wanted(learner: Learner, tmp_path: Path) -> None:
    """Into a new file or a folder, never over a file."""
    workspace = learner.workspace
    assert backups.take_to(workspace, tmp_path / "mine.db") == tmp_path / "mine.db"
    assert store.prove(tmp_path / "mine.db").entries == 1
    assert backups.take_to(workspace, tmp_path).name == "quizapp-2026-03-02-090000.db"
    with pytest.raises(UsageError, match="is there already"):
        backups.take_to(workspace, tmp_path / "mine.db")


def test_databases_of_one_name_do_not_share_their_backups(learner: Learner, tmp_path: Path) -> None:
    """A database that was named has a folder of its own, so that none is restored from another's."""
    other = Learner(tmp_path / "other")
    other.learn("Alpha")
    other.workspace.close()
    named = Workspace(learner.workspace.paths, learner.settings, url=f"sqlite:///{other.workspace.path}")
    assert named.path.name == learner.workspace.path.name
    backups.take(learner.workspace, backups.BY_HAND)
    assert list(backups.listed(named)) == []
    copy = backups.take(named, backups.BY_HAND)
    assert copy.path.parent.parent == learner.workspace.backups
    assert reasons(learner) == ["by-hand"]
    named.close()


_KILLED = """
import os, sys
from pathlib import Path
from quizapp.store import backup, sqlite

class Dying:
    def __init__(self, connection):
        self.connection = connection
    def backup(self, target):
        target.execute("PRAGMA cache_size=1")  # so that pages reach the disk before the end
        self.connection.backup(
            target, pages=1, progress=lambda _, left, total: os._exit(9) if left < total / 4 else None
        )
    def close(self):
        self.connection.close()

opened = sqlite.connect_for_reading
copy = Path(sys.argv[2])
sqlite.connect_for_reading = lambda path: Dying(opened(path)) if path == copy else opened(path)
backup._overwrite(Path(sys.argv[1]), copy)
"""


def test_a_restore_that_is_killed_leaves_what_was_there(learner: Learner) -> None:
    """In the midst of writing: the next start finds the whole database, and nothing has to be repaired."""
    copy = backups.take(learner.workspace, backups.BY_HAND).path
    answer(learner)
    learner.workspace.close()
    words = [sys.executable, "-c", _KILLED, str(learner.workspace.path), str(copy)]
    assert subprocess.run(words, check=False, timeout=60).returncode == 9
    learner.reopen()
    assert entries(learner) == 2
    assert_state_is_fold(learner.workspace)
    answer(learner)
    backups.restore(learner.workspace, copy)
    assert entries(learner) == 1
