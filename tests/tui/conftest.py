"""A learner at the app: a small library, a clock that stands still, and simulations that run nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.config import Settings
from quizapp.tui import app as app_module
from tests.learner import Learner


@pytest.fixture
def learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Learner:
    """Return a learner with an empty library; the app warms nothing up behind a test's back."""
    monkeypatch.setattr(app_module, "_WARM_UP_AFTER_S", 3600.0)
    return Learner(tmp_path, settings=Settings(fuzz=False))
