"""Keeps every test away from the learner's own files, settings and editor."""

from pathlib import Path

import pytest

_FOLDERS = {
    "HOME": "",
    "XDG_DATA_HOME": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
}
_UNSET = ("QUIZAPP_HOME", "QUIZAPP_DB", "QUIZAPP_DEBUG", "VISUAL", "EDITOR")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test, and every process that it starts, an empty home; return it."""
    home = tmp_path_factory.mktemp("home")
    for name, below in _FOLDERS.items():
        monkeypatch.setenv(name, str(home / below))
    for name in _UNSET:
        monkeypatch.delenv(name, raising=False)
    return home
