"""A library with the bundled decks for every test of the command line, made once and copied."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from quizapp.cli.outcome import run
from quizapp.services.library import open_library


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The one JSON value on stdout."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """The JSON value of each line of stdout."""
        return [json.loads(line) for line in self.out.splitlines()]


Command = Callable[..., Outcome]


@pytest.fixture(scope="session")
def made_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a library with the bundled decks."""
    path = tmp_path_factory.mktemp("made") / "quizapp.db"
    workspace = open_library(f"sqlite:///{path}", may_create=True)
    workspace.close()
    return path


@pytest.fixture
def home(made_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the learner's one folder, with the library in it."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(made_library, home / "quizapp.db")
    monkeypatch.setenv("QUIZAPP_HOME", str(home))
    return home


@pytest.fixture
def quizapp(home: Path, capsys: pytest.CaptureFixture[str]) -> Command:  # noqa: ARG001 - the library is there
    """Return a way to run a command in this process."""

    def command(*arguments: object) -> Outcome:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return command
