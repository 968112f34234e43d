"""A learner for every test of the use cases."""

from pathlib import Path

import pytest

from tests.learner import Learner


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    """Return a learner with an empty library; the clock stands at nine in the morning, UTC."""
    return Learner(tmp_path)
