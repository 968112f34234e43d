"""A learner at the app: a small library, a clock that stands still, and simulations that run nothing."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from quizapp.config import Settings
from quizapp.tui import app as app_module
from quizapp.tui import deck_watch as watch_module
from quizapp.tui.screens import editor as editor_module
from tests.learner import Learner


@pytest.fixture
def learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Learner:
    """Return a learner with an empty library; the app does nothing behind a test's back."""
    monkeypatch.setattr(app_module, "_WARM_UP_AFTER_S", 3600.0)
    monkeypatch.setattr(watch_module, "LOOK_EVERY_S", 3600.0)
    monkeypatch.setattr(editor_module, "LOOK_EVERY_S", 3600.0)
    return Learner(tmp_path, settings=Settings(fuzz=False))


@pytest.fixture(autouse=True, scope="session")
def rare_collection() -> None:
    """Look for garbage rarely: each of a hundred apps builds thousands of objects that live as long as it does."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
