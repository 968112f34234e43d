"""What the command line, the environment and the settings make of a workspace."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from quizapp.errors import StoreError
from quizapp.services.workspace import open_workspace
from tests.learner import Learner


def test_nothing_is_opened_before_it_is_used(own_home: Path) -> None:
    """Naming a workspace writes nothing."""
    open_workspace(None).close()
    assert list(own_home.iterdir()) == []


def test_the_default_database_is_created(own_home: Path) -> None:
    """With the folders that it needs, below the learner's own."""
    workspace = open_workspace(None)
    assert workspace.database.path == own_home / "data" / "quizapp" / "quizapp.db"
    assert workspace.database.path.exists()
    workspace.close()


def test_the_option_goes_before_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--db, then QUIZAPP_DB; both name a database that has to be there."""
    monkeypatch.setenv("QUIZAPP_DB", f"sqlite:///{tmp_path}/environment.db")
    for url, name in ((None, "environment.db"), (f"sqlite:///{tmp_path}/option.db", "option.db")):
        with pytest.raises(StoreError, match=name):
            _ = open_workspace(url).database
    workspace = open_workspace(None, may_create=True)
    assert workspace.database.path == tmp_path / "environment.db"
    workspace.close()


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file stands where the data folder should."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("QUIZAPP_HOME", str(tmp_path / "file"))
    with pytest.raises(StoreError, match="cannot be made"):
        _ = open_workspace(None).database


def test_the_study_day_begins_at_the_learners_hour(learner: Learner) -> None:
    """The rollover hour is a setting."""
    learner.clock.now = datetime(2026, 3, 2, 5, 30, tzinfo=UTC)
    today = learner.workspace.today()[0]
    learner.change(rollover_hour=6)
    assert learner.workspace.today()[0] == today - 1
