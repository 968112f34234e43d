"""Simulations of other packages: found by entry point, listed last, and none of them can harm the others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sims import catalogue, third_party
from sims.__main__ import main
from sims.catalogue import BrokenSimulation, UnknownSimulation
from tests.sims.installing import SIMULATION, install

BROKEN = "raise OSError('no such weights')"
TORCH = "import torch\n" + SIMULATION.format(name="eager")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder on the path that packages are installed into; what was found there is forgotten again."""
    folder = tmp_path / "site"
    monkeypatch.syspath_prepend(folder)
    third_party.found.cache_clear()
    before = set(sys.modules)
    yield folder
    third_party.found.cache_clear()
    for name in set(sys.modules) - before:
        if getattr(sys.modules[name], "__file__", None) and str(folder) in str(sys.modules[name].__file__):
            del sys.modules[name]


def test_an_installed_simulation_is_like_a_bundled_one(folder: Path) -> None:
    """It is named last, got by its name, matched to a card's words, and run by the command line."""
    install(folder, "zoo", {"mine": "zoo_mine:SIMULATION"}, zoo_mine=SIMULATION.format(name="mine"))
    assert catalogue.names() == (*catalogue.NAMES, "mine")
    assert catalogue.get("mine").header.title == "Mine: mine"
    assert catalogue.best_fit("zebra stripes")[0] == "mine"
    assert catalogue.problems() == ()
    assert main(["mine", "--set", "depth=2", "--device", "cpu"]) == 0
    assert main(["check", "mine", "--seeds=1", "--jobs=1"]) == 0


def test_a_broken_one_is_told_and_costs_nobody(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The list goes on without it and says why on stderr; a check counts it as failed."""
    install(folder, "zoo", {"bad": "zoo_bad:SIMULATION"}, zoo_bad=BROKEN)
    assert [simulation.header.name for simulation in catalogue.everything()] == list(catalogue.NAMES)
    assert set(catalogue.best_fit("residual")) == set(catalogue.NAMES)
    with pytest.raises(BrokenSimulation, match="no such weights"):
        catalogue.get("bad")
    assert main([]) == 0
    assert "bad: simulation 'bad' cannot be loaded: OSError: no such weights" in capsys.readouterr().err
    assert main(["check", "bad", "densenet-concat", "--seeds=1", "--jobs=1"]) == 5
    told = capsys.readouterr()
    assert "1 runs failed; 0 claims failed in the others" in told.err
    assert told.out.count("holds") == 6


def test_a_bundled_simulation_that_breaks_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are listed without it."""
    monkeypatch.setitem(sys.modules, "sims.scale_explosion", None)
    listed = [simulation.header.name for simulation in catalogue.everything()]
    assert listed == [name for name in catalogue.NAMES if name != "scale-explosion"]
    (problem,) = catalogue.problems()
    assert problem.name == "scale-explosion"
    assert "ModuleNotFoundError" in problem.reason


def test_names_that_are_taken_are_passed_over(folder: Path) -> None:
    """A bundled simulation and a verb keep their name, the first package by name comes before the second."""
    own = SIMULATION.format(name="mine")
    install(folder, "aardvark", {"mine": "zoo_a:SIMULATION"}, zoo_a=own)
    install(folder, "bear", {"mine": "zoo_b:SIMULATION", "check": "zoo_b:SIMULATION"}, zoo_b=own)
    install(folder, "cat", {"scale-explosion": "zoo_c:X", "Big Name": "zoo_c:X"}, zoo_c="X = 1")
    assert catalogue.names() == (*catalogue.NAMES, "mine")
    assert type(catalogue.get("mine")).__module__ == "zoo_a"
    assert type(catalogue.get("scale-explosion")).__module__ == "sims.scale_explosion"
    reasons = {problem.name: problem.reason for problem in catalogue.problems()}
    assert set(reasons) == {"mine", "check", "scale-explosion", "Big Name"}
    assert reasons["mine"] == "the one of bear is passed over: aardvark has this name, too, and comes first"
    assert "quizapp itself has this name" in reasons["check"]
    assert "small letters" in reasons["Big Name"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SIMULATION = 3", "is no simulation: it has no knobs, views"),
        (SIMULATION.format(name="other"), "its header calls it 'other'"),
        ("import sys; sys.exit(3)", "SystemExit: 3"),
        ("SIMULATION = (", "SyntaxError"),
        ("", "AttributeError"),
    ],
)
def test_what_is_no_simulation_says_why(folder: Path, text: str, reason: str) -> None:
    """Something else of that name, another name inside, an exit, a mistake, nothing at all."""
    install(folder, "zoo", {"mine": "zoo_mine:SIMULATION"}, zoo_mine=text)
    with pytest.raises(BrokenSimulation) as raised:
        catalogue.get("mine")
    assert reason in str(raised.value)


def test_an_unknown_name_is_not_a_broken_one(folder: Path) -> None:
    """A name close to that of another package's simulation is answered with it."""
    install(folder, "zoo", {"mine": "zoo_mine:SIMULATION"}, zoo_mine=BROKEN)
    with pytest.raises(UnknownSimulation, match="did you mean mine") as raised:
        catalogue.get("mines")
    assert not isinstance(raised.value, BrokenSimulation)


def child(folder: Path, *words: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run Python with the folder on its path."""
    return subprocess.run(
        [sys.executable, "-P", *words],
        env={**os.environ, "PYTHONPATH": str(folder)},
        input=text,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_listing_loads_torch_for_nobody(folder: Path) -> None:
    """A module that imports torch is refused while torch is not loaded, and torch stays unloaded."""
    install(folder, "zoo", {"eager": "zoo_eager:SIMULATION"}, zoo_eager=TORCH)
    program = "import sys; from sims import catalogue; print(catalogue.problems()); sys.exit('torch' in sys.modules)"
    done = child(folder, "-c", program)
    assert done.returncode == 0, done.stderr
    assert "import torch inside run" in done.stdout


def test_the_worker_runs_it(folder: Path) -> None:
    """An installed simulation runs in the app's worker, a broken one is refused there with its reason."""
    modules = {"zoo_mine": SIMULATION.format(name="mine"), "zoo_bad": BROKEN}
    install(folder, "zoo", {"mine": "zoo_mine:SIMULATION", "bad": "zoo_bad:SIMULATION"}, **modules)
    run = {"v": 1, "type": "run", "knobs": {"depth": 2}, "seed": 0, "device": "cpu", "credit": 9}
    lines = [
        json.dumps({**run, "run": number, "simulation": name}) for number, name in ((1, "bad"), (2, "mine"))
    ]
    program = (
        "import subprocess, sys\n"
        "with subprocess.Popen([sys.executable, '-P', '-m', 'sims.worker'], stdin=-1, stdout=-1, text=True) as worker:\n"
        "    for line in sys.stdin:\n"
        "        worker.stdin.write(line); worker.stdin.flush()\n"
        "    for line in worker.stdout:\n"
        "        print(line, end='')\n"
        "        if '\"done\"' in line: break\n"
        "    worker.stdin.close()\n"
    )
    done = child(folder, "-c", program, text="\n".join(lines) + "\n")
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    (failed,) = (reply for reply in replies if reply["type"] == "failed")
    assert (failed["run"], failed["kind"]) == (1, "request")
    assert "no such weights" in failed["message"]
    assert replies[-1]["simulation"] == "mine"
