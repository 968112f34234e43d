"""Which process holds a session."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from quizapp.services.owner import has_gone, this_process


def test_this_process_may_take_up_its_own_session() -> None:
    """An app that opens the study screen again finds its place."""
    assert has_gone(this_process("here"), "here")


def test_a_living_process_has_not_gone() -> None:
    """As long as it runs, whoever started it; once it has ended, it has."""
    program = (
        "import sys; from quizapp.services.owner import this_process;"
        "print(this_process('here'), flush=True); sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    owner = child.stdout.readline().strip()
    assert not has_gone(owner, "here")
    assert has_gone(owner, "another machine")
    child.communicate()
    assert has_gone(owner, "here")


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="only /proc tells when a process began")  # noqa: PTH110 - at import
def test_a_number_given_out_again_is_another_process() -> None:
    """A process of the same number that began at another time is not the one that claimed."""
    parent = os.getppid()
    assert has_gone(f"here/{parent}/1", "here")
    assert not has_gone(f"here/{parent}/", "here")


def test_a_process_that_was_not_collected_has_gone() -> None:
    """It answers to its number still, but will never study again."""
    program = "from quizapp.services.owner import this_process; print(this_process('here'))"
    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    owner = child.stdout.read().strip()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert has_gone(owner, "here")
    child.communicate()


@pytest.mark.parametrize("owner", ["", "here", "here/1", "here/x/1", "here//", "here/99999999999999999999/1"])
def test_what_names_no_process_has_gone(owner: str) -> None:
    """Nothing can hold a session by a name that no process gave."""
    assert has_gone(owner, "here")
