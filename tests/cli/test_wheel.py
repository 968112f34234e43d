"""The wheel holds everything: installed alone, it has the app, the simulations and the decks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = (
    "import quizapp, sys; print(quizapp.__file__, file=sys.stderr); from quizapp.cli import main; main()"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an empty folder, without its dependencies."""
    folder = tmp_path_factory.mktemp("installed")
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--disable-pip-version-check",
    ]
    subprocess.run([*command, "--target", str(folder), str(wheel)], check=True, capture_output=True)
    return folder


def run_installed(
    installed: Path, tmp_path: Path, program: str, *arguments: str
) -> subprocess.CompletedProcess[str]:
    """Run a program far from the checkout: the installed wheel first, then the dependencies, no `.pth` followed."""
    import click

    dependencies = Path(click.__file__).parents[1]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(installed), str(dependencies)]),
        "QUIZAPP_HOME": str(tmp_path),
    }
    return subprocess.run(
        [sys.executable, "-S", "-c", program, *arguments],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )


def test_the_wheel_holds_three_packages_and_nothing_else(wheel: Path) -> None:
    """The app with its style sheet and migrations, the simulations and the decks; no tests, no tools."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"quizapp", "sims", "cards"}
    assert {"quizapp/store/migrations/env.py", "quizapp/store/migrations/versions/v0001_first.sql"} < set(
        names
    )
    for package, ending in (("quizapp", "*.py"), ("quizapp", "*.tcss"), ("sims", "*.py"), ("cards", "*.md")):
        expected = {path.relative_to(ROOT).as_posix() for path in (ROOT / package).rglob(ending)}
        assert expected <= set(names)
    assert not [name for name in names if "__pycache__" in name or "tests" in name]


def test_the_installed_app_lists_the_bundled_decks(installed: Path, tmp_path: Path) -> None:
    """All twenty topics, by the installed program and no other."""
    done = run_installed(installed, tmp_path, PROGRAM, "cards", "--json")
    assert done.stderr.startswith(str(installed))
    cards = [json.loads(line) for line in done.stdout.splitlines()]
    assert len({card["topic"] for card in cards}) == 20
    assert all(card["source"].startswith("bundled:") for card in cards)


def test_the_installed_app_studies(installed: Path, tmp_path: Path) -> None:
    """An answer is recorded, with all that writing needs."""
    run_installed(installed, tmp_path, PROGRAM, "answer", "residual-and-plain-layer", "good")
    done = run_installed(installed, tmp_path, PROGRAM, "log", "--json")
    assert json.loads(done.stdout)["card"] == "residual-and-plain-layer"


def test_the_installed_app_lists_the_simulations(installed: Path, tmp_path: Path) -> None:
    """Every simulation of the checkout, from the installed package."""
    from sims import catalogue

    program = "import sims; from sims import catalogue; print(sims.__file__, *catalogue.names(), sep='\\n')"
    where, *names = run_installed(installed, tmp_path, program).stdout.splitlines()
    assert where.startswith(str(installed))
    assert names == list(catalogue.names())
    listed = run_installed(installed, tmp_path, PROGRAM, "sim").stdout
    assert all(name in listed for name in names)


def test_the_wheel_names_the_command(wheel: Path) -> None:
    """`quizapp` is what is typed."""
    with zipfile.ZipFile(wheel) as archive:
        (entry_points,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "quizapp = quizapp.cli:main" in archive.read(entry_points).decode()
