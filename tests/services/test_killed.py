"""Killed at any moment, the app loses nothing that was answered, and comes back to the same card."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.services.killing import Killing, big_library

PARTS = 5
KILLS_A_PART = 10


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library that is copied for each part."""
    return big_library(tmp_path_factory.mktemp("template"))


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_lost_by_a_kill(template: Path, tmp_path: Path, part: int) -> None:
    """The database is whole, the log holds every acknowledged answer, and the session is at its exact card."""
    killing = Killing(template, tmp_path / "library", random.Random(part))
    for _ in range(KILLS_A_PART):
        killing.kill()
    assert killing.seen.killed == KILLS_A_PART
    assert killing.seen.in_log >= killing.seen.acknowledged > 0
