"""`quizapp sim`: sweeps as text and as JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sims.catalogue import NAMES
from tests.sims.installing import install

if TYPE_CHECKING:
    import pytest

SWEEP = ("sim", "densenet-concat", "--sweep", "depth=2,3", "--seeds", "1", "--jobs", "1", "--device", "cpu")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own: it may become another program."""
    return subprocess.run(
        [sys.executable, "-m", "quizapp", *words], capture_output=True, text=True, timeout=120
    )


def test_a_sweep_prints_its_table_and_its_chart() -> None:
    """Each measure's rows, the claims held, and the first measure drawn against the knob."""
    done = run(*SWEEP, "--measure", "dense-parameters")
    assert done.returncode == 0
    assert "claims held" in done.stdout
    assert "dense-parameters" in done.stdout
    assert "● median" in done.stdout
    assert done.stdout.rstrip().endswith("depth")
    assert done.stderr == "2 runs, 1 at a time\n"


def test_a_sweep_is_an_array_for_scripts() -> None:
    """With --json stdout is one array of rows."""
    done = run(*SWEEP, "--json", "--measure", "dense-parameters")
    rows = json.loads(done.stdout)
    assert [row["value"] for row in rows] == [2, 3]
    assert all(row["held"] == row["claims"] for row in rows)


def test_a_sweep_that_cannot_run_says_so_and_prints_nothing() -> None:
    """Exit code 2 for a knob, a value or a measure that is not there."""
    for words in (
        ("--sweep", "depth=0,2"),
        ("--sweep", "nothing=1"),
        ("--sweep", "depth=2", "--measure", "x"),
    ):
        done = run("sim", "densenet-concat", *words, "--seeds", "1", "--jobs", "1", "--device", "cpu")
        assert (done.returncode, done.stdout) == (2, "")
        assert "error: " in done.stderr


def test_a_broken_simulation_is_a_line_beside_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list is whole, also as JSON, and the reason stands on stderr."""
    install(tmp_path, "zoo", {"bad": "zoo_bad:SIMULATION"}, zoo_bad="raise OSError('no \\x1b[2J weights')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    done = run("sim", "--json")
    assert [one["name"] for one in json.loads(done.stdout)] == list(NAMES)
    assert "quizapp: bad: simulation 'bad' cannot be loaded: OSError: no �[2J weights" in done.stderr
    assert done.returncode == 0
    refused = run("sim", "bad")
    assert (refused.returncode, refused.stdout) == (2, "")


def test_a_pipe_gets_text_and_json_only_when_asked_for() -> None:
    """The same as --plain; --json streams the frames, and both together are refused."""
    words = ("sim", "densenet-concat", "--device", "cpu", "--steps", "1")
    piped, plain, stream = run(*words), run(*words, "--plain"), run(*words, "--json")
    assert piped.stdout == plain.stdout
    assert piped.stdout.startswith("DenseNet")
    assert all(json.loads(line) for line in stream.stdout.splitlines())
    assert (piped.returncode, stream.returncode) == (0, 0)
    both = run(*words, "--plain", "--json")
    assert (both.returncode, both.stdout) == (2, "")


def test_a_name_that_is_nearly_one_is_asked_for_with_one_mark() -> None:
    """The sentence ends with its question mark."""
    refused = run("sim", "rank-colapse")
    assert refused.returncode == 2
    assert "did you mean rank-collapse" in refused.stderr
    assert "?." not in refused.stderr


def test_a_demo_needs_a_terminal_and_names_that_are_there() -> None:
    """Exit code 2 with what works without one; nothing is made in the learner's folders."""
    for words, told in (
        ((), "needs a terminal"),
        (("nothing",), "no simulation is called"),
        (("--seconds", "0"), "0"),
    ):
        done = run("demo", *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert told in done.stderr
