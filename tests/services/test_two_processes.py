"""Two processes study, and a third edits the deck, in one database at the same time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from quizapp.services.library import add
from quizapp.services.listing import listed_entries
from tests.learner import assert_state_is_fold, topic_text
from tests.services.answering import workspace_at
from tests.services.killing import PROGRAM, big_library, off_by

ANSWERS = 60


def test_two_processes_work_side_by_side(tmp_path: Path) -> None:
    """Every answer of both is in the log once and in order, and each state is the fold, edits between or not."""
    home, seconds_off = big_library(tmp_path / "library"), off_by()
    learners = [
        subprocess.Popen(
            [sys.executable, str(PROGRAM), str(home), str(ANSWERS), str(seed), str(seconds_off)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for seed in range(2)
    ]
    fronts = [learner.stdout.readline() for learner in learners if learner.stdout is not None]
    assert all(front.startswith("front ") for front in fronts)
    for learner in learners:  # both have begun: now they answer side by side
        assert learner.stdin is not None
        learner.stdin.write("\n")
        learner.stdin.close()
        learner.stdin = None
    workspace = workspace_at(home, seconds_off)
    deck = home / "my-decks"
    edits = 0
    while any(learner.poll() is None for learner in learners):
        edits += 1
        (deck / "t00.md").write_text(
            topic_text("T00", "Why?", f"How often, after {edits}?"), encoding="utf-8"
        )
        assert not add(workspace, [deck]).problems

    acknowledged = []
    for learner in learners:
        said, errors = learner.communicate()
        assert learner.returncode == 0, errors
        lines = [line.split() for line in said.splitlines()]
        assert len(lines) == ANSWERS
        acknowledged += [(card, int(rating)) for _, card, rating, _ in lines]
    ratings = {"again": 1, "hard": 2, "good": 3, "easy": 4}
    log = [(entry["card"], ratings[str(entry["rating"])]) for entry in listed_entries(workspace)]
    assert sorted(acknowledged) == sorted(log)
    assert edits > 0
    assert_state_is_fold(workspace)
    assert workspace.database.read("SELECT count(*) FROM session WHERE finished = 0", {}) == [(2,)]
    workspace.close()
