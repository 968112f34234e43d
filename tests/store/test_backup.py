"""Backups: taken beside other users of the database, and opened once to prove them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from quizapp.errors import StoreError
from quizapp.store.backup import back_up, check
from tests.learner import Learner


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    """Return a learner with one topic."""
    learner = Learner(tmp_path)
    learner.learn("Alpha", "And then?")
    return learner


def test_a_backup_holds_everything(learner: Learner, tmp_path: Path) -> None:
    """Also what stands in the write-ahead log only, while another connection writes."""
    database = learner.workspace.database
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO fact (name) VALUES ('uncommitted')")
        copy = back_up(database.path, tmp_path / "backups", "test")
    found = sqlite3.connect(copy)
    assert found.execute("SELECT id FROM card ORDER BY id").fetchall() == [("alpha",), ("alpha/and-then",)]
    assert found.execute("SELECT * FROM fact WHERE name = 'uncommitted'").fetchall() == []
    found.close()


def test_two_backups_in_a_row_are_two_files(learner: Learner, tmp_path: Path) -> None:
    """No backup replaces another."""
    path = learner.workspace.database.path
    assert len({back_up(path, tmp_path / "backups", "test") for _ in range(3)}) == 3


def test_a_copy_that_is_damaged_is_found(learner: Learner, tmp_path: Path) -> None:
    """The check reads every page, and every foreign key."""
    copy = back_up(learner.workspace.database.path, tmp_path, "test")
    check(copy)
    connection = sqlite3.connect(copy)
    connection.execute("DELETE FROM topic")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match=r"is damaged: ok, \d+ orphans"):
        check(copy)
    content = copy.read_bytes()
    copy.write_bytes(content[: len(content) // 2])
    with pytest.raises(StoreError, match="damaged"):
        check(copy)


def test_a_folder_that_cannot_be_made_is_told(learner: Learner, tmp_path: Path) -> None:
    """A file stands where the folder of backups should."""
    (tmp_path / "file").touch()
    with pytest.raises(StoreError):
        back_up(learner.workspace.database.path, tmp_path / "file", "test")
