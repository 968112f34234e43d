"""Killed at any moment, a drill has everything that was acknowledged, and goes on at that very place."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from quizapp.services.drill import resume
from quizapp.services.left_drill import left
from tests.learner import assert_state_is_fold
from tests.services.answering import workspace_at
from tests.services.killing import big_library, off_by

PROGRAM = Path(__file__).with_name("drilling_process.py")


@pytest.mark.parametrize("lines", [1, 6, 23])
def test_nothing_of_a_drill_is_lost_by_a_kill(tmp_path: Path, lines: int) -> None:
    """Its answers, its draft and its clock are those of the last acknowledgement, or one step later."""
    home, seconds_off = big_library(tmp_path / "library"), off_by()
    command = [sys.executable, str(PROGRAM), str(home), str(seconds_off)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said = [child.stdout.readline() for _ in range(lines)]
        workspace = workspace_at(home, seconds_off)
        assert left(workspace) is None, "a living process holds it"
        child.send_signal(signal.SIGKILL)
        said += [line for line in child.stdout.readlines() if line.endswith("\n")]
    _, answers, draft = said[-1].split()
    drilling = resume(workspace)
    assert len(drilling.drill.answers) - int(answers) in (0, 1)
    if len(drilling.drill.answers) == int(answers):
        front = drilling.drill.front
        assert front is not None
        assert front.draft in (draft, str(int(draft) + 1), "all")
    assert drilling.prompt is not None
    assert drilling.drill.used_ms >= 0
    assert_state_is_fold(workspace)
    drilling.leave()
    workspace.close()
