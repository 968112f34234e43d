"""The skeleton of a new simulation runs as it is, and one of its tests says what to do next."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from sims.__main__ import main
from tests.sims.installing import install


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return the folder of a new simulation, registered as its own project file says."""
    assert main(["new", "my-walk", "--into", str(tmp_path)]) == 0
    folder = tmp_path / "my-walk"
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    install(folder, "my_walk", project["entry-points"]["quizapp.sims"])
    return folder


def child(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the package on its path."""
    return subprocess.run(
        [sys.executable, "-P", *words],
        env={**os.environ, "PYTHONPATH": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_it_runs_and_its_claims_hold(package: Path) -> None:
    """Listed, run and checked over ten seeds, without a change."""
    listed = child(package, "-m", "sims")
    assert "my-walk" in listed.stdout
    assert listed.stderr == ""
    checked = child(package, "-m", "sims", "check", "my-walk", "--seeds=10", "--jobs=1")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.count("holds") == 20


def test_its_one_failing_test_says_what_to_do(package: Path) -> None:
    """All but one pass; that one lists the steps, and passes once the example is gone."""
    pytest_words = ("-m", "pytest", "-q", "-p", "no:cacheprovider")
    before = child(package, *pytest_words)
    assert before.returncode == 1
    assert "1 failed, 10 passed" in before.stdout, before.stdout
    assert "1. write the claim, the formula and its source into the header" in before.stdout
    module = package / "my_walk" / "simulation.py"
    module.write_text(module.read_text(encoding="utf-8").replace("A random walk", "Mine"), encoding="utf-8")
    assert child(package, *pytest_words).returncode == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("my-walk", "is there already"),
        ("scale-explosion", "is taken"),
        ("check", "is taken"),
        ("My Walk", "is no name"),
        ("../my-walk", "is no name"),
        ("class", "Python has a module"),
        ("torch", "Python has a module"),
    ],
)
def test_names_that_would_clash_are_refused(
    tmp_path: Path, name: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is overwritten or shadowed, and nothing is written."""
    (tmp_path / "my-walk").mkdir()
    assert main(["new", name, "--into", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert told.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["my-walk"]
    assert list((tmp_path / "my-walk").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the path and the reason."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["new", "my-walk", "--into", str(tmp_path / "file")]) == 2
    assert "cannot be written" in capsys.readouterr().err
