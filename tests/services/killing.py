"""Kills a process that answers cards, at random moments, and checks what is left of its work."""

from __future__ import annotations

import contextlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from quizapp.core.day import moment_of
from quizapp.core.memory import Rating
from quizapp.services.study import begin
from quizapp.services.workspace import Workspace
from tests.learner import MORNING, Learner, assert_state_is_fold
from tests.services.answering import SETTINGS, workspace_at

PROGRAM = Path(__file__).with_name("answering.py")
TOPICS = 60
ANSWERS_A_LIFE = 15
"""So that 25 lives do not learn the library through."""
MOST_WAITED_FOR = 6
DELAY_S = 0.008
"""An answer takes about a millisecond: within this a kill falls anywhere in it, or into one of those after it."""

START_S = 0.4
"""A start takes about a third of a second: within this a kill falls anywhere in it, or into the first answers."""

Answer = tuple[str, int]


def off_by() -> float:
    """Return by how many seconds a clock is off that shows a morning: no study day ends while the test runs."""
    return (MORNING - datetime.now(UTC)).total_seconds()


def big_library(home: Path) -> Path:
    """Make a library that is not learnt through soon, and return its folder."""
    learner = Learner(home, settings=SETTINGS)
    for number in range(TOPICS):
        learner.write(f"T{number:02}", "Why?", "Since when?", deck=f"deck-{number % 3}")
    learner.add()
    learner.workspace.close()
    return home


@dataclass
class Kills:
    """What was seen in a number of kills."""

    killed: int = 0
    in_start: int = 0
    acknowledged: int = 0
    unacknowledged: int = 0
    in_log: int = 0


@dataclass
class Killing:
    """A library in which process after process is killed. Each failed promise is an AssertionError."""

    template: Path
    home: Path
    draw: random.Random
    seconds_off: float = field(default_factory=off_by)
    seen: Kills = field(default_factory=Kills)
    place: str = ""

    def __post_init__(self) -> None:
        """Take a copy of the template, which is used up."""
        shutil.copytree(self.template, self.home)

    @property
    def database(self) -> Path:
        """The library's file."""
        return self.home / "quizapp.db"

    def kill(self) -> None:
        """Let one process answer, kill it at a random moment, and check the database, the log and the place."""
        before = self._log()
        saved = self.home.with_name(f"{self.home.name}-before")
        shutil.copytree(self.home, saved)
        said, acknowledged = self._run_and_kill()
        assert said in (self.place, "") or not self.place
        front = said or self.place
        assert self._integrity() == [("ok",)]
        logged = self._log()[len(before) :]
        answers = [(row[0], row[1]) for row in logged]
        given = [(card, rating) for card, rating, _ in acknowledged]
        assert answers[: len(given)] == given, f"acknowledged {given}, but the log holds {logged}"
        assert len(answers) - len(acknowledged) in (0, 1)
        in_front = acknowledged[-1][2] if acknowledged else front
        if len(answers) > len(acknowledged):
            assert answers[-1][0] == in_front
            in_front = self._replayed(saved, logged)
        self._check_place(in_front)
        self.place = in_front
        shutil.rmtree(saved)
        self.seen.killed += 1
        self.seen.in_start += not said
        self.seen.acknowledged += len(acknowledged)
        self.seen.unacknowledged += len(answers) - len(acknowledged)
        self.seen.in_log = len(before) + len(answers)

    def _run_and_kill(self) -> tuple[str, list[tuple[str, int, str]]]:
        """Return the card in front that it named, and each answer that it acknowledged with the card after it."""
        arguments = [str(self.home), str(ANSWERS_A_LIFE), str(self.draw.random()), str(self.seconds_off)]
        command = [sys.executable, str(PROGRAM), *arguments]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write("\n")
            child.stdin.flush()
            lines = [child.stdout.readline() for _ in range(self.draw.randrange(MOST_WAITED_FOR + 1))]
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(self.draw.random() * (DELAY_S if lines else START_S))
            child.send_signal(signal.SIGKILL)
            lines += child.stdout.readlines()
        assert child.returncode == -signal.SIGKILL
        words = [line.split() for line in lines if line.endswith("\n")]
        return words[0][1] if words else "", [
            (card, int(rating), following) for _, card, rating, following in words[1:]
        ]

    def _log(self) -> list[Any]:
        connection = sqlite3.connect(self.database)
        try:
            return connection.execute("SELECT card_id, rating, at_ms FROM log ORDER BY id").fetchall()
        finally:
            connection.close()

    def _integrity(self) -> list[Any]:
        connection = sqlite3.connect(self.database)
        try:
            return connection.execute("PRAGMA integrity_check").fetchall()
        finally:
            connection.close()

    def _replayed(self, saved: Path, logged: Sequence[Any]) -> str:
        """Return which card is in front after these answers, by giving them again in the library as it was before."""
        study = begin(workspace_at(saved, self.seconds_off))
        for card, rating, at_ms in logged:
            study.workspace.clock = lambda at_ms=at_ms: moment_of(at_ms)  # type: ignore[misc]  # bound now
            assert study.session.current == card
            study.answer(Rating(rating), 1000)
        study.workspace.close()
        return str(study.session.current)

    def _check_place(self, in_front: str) -> None:
        workspace: Workspace = workspace_at(self.home, self.seconds_off)
        study = begin(workspace)
        assert study.session.current == (in_front or study.session.current)
        assert_state_is_fold(workspace)
        study.leave()
        workspace.close()
