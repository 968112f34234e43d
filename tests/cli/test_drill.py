"""`quizapp drill` without a terminal: lists, exports, and clear errors."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from quizapp.core.drill.setup import Setup
from quizapp.services.drill import begin
from quizapp.services.library import open_library
from tests.cli.conftest import Command
from tests.drilling import GOOD
from tests.services.test_drill import give


@pytest.fixture
def held(home: Path) -> None:
    """Hold a drill of one answer over the bundled decks."""
    with closing(open_library(f"sqlite:///{home / 'quizapp.db'}")) as workspace:
        drilling = begin(workspace, Setup(minutes=10, seed=1))
        give(drilling, GOOD, "y = x + F(x)")
        drilling.finish()


@pytest.mark.usefixtures("held")
def test_drills_are_listed(quizapp: Command) -> None:
    """A line each, and as JSON; the readiness is narration."""
    (item,) = quizapp("drill", "--list", "--json").lines
    assert (item["minutes"], item["answers"], item["finished"], item["score"]) == (10, 1, True, 0.6667)
    shown = quizapp("drill", "--list")
    assert item["name"] in shown.out
    assert "67 %" in shown.out
    assert " 1 answer  " in shown.out
    assert "readiness" in shown.err


@pytest.mark.usefixtures("held")
def test_a_drill_is_exported(quizapp: Command, tmp_path: Path) -> None:
    """To stdout, or whole into a file; by its name, or the last one."""
    name = quizapp("drill", "--list", "--json").lines[0]["name"]
    text = quizapp("drill", "--export", "last").out
    assert text.startswith("# Interview drill")
    assert "y = x + F(x)" in text
    file = tmp_path / "drill.md"
    written = quizapp("drill", "--export", name, "--output", file)
    assert (written.code, written.out) == (0, "")
    assert file.read_text(encoding="utf-8") == text
    assert quizapp("drill", "--export", name, "--output", file).code == 0  # the same again
    file.write_text("mine", encoding="utf-8")
    refused = quizapp("drill", "--export", name, "--output", file)
    assert refused.code == 3
    assert "is there already" in refused.err
    assert file.read_text(encoding="utf-8") == "mine"


def test_without_drills_it_says_how_to_hold_one(quizapp: Command) -> None:
    """An empty list is no error; an export of nothing is."""
    assert "No drill yet" in quizapp("drill", "--list").out
    assert quizapp("drill", "--list", "--json").out == ""
    missing = quizapp("drill", "--export", "last")
    assert missing.code == 2
    assert "There is no drill yet" in missing.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "needs a terminal"),
        (("--resume",), "needs a terminal"),
        (("--minutes", "3"), "5 to 180 minutes, not 3"),
        (("--difficulty", "5-3"), "'5-3' is no difficulty"),
        (("--json",), "--json goes with --list"),
        (("--output", "x.md"), "--output goes with --export"),
        (("--list", "--export", "last"), "two commands"),
        (("--export", "zz"), "no drill 'zz'"),
    ],
)
def test_what_cannot_be_done_is_said(quizapp: Command, arguments: tuple[str, ...], words: str) -> None:
    """With exit code 2, and nothing on stdout."""
    outcome = quizapp("drill", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert words in outcome.err


@pytest.mark.parametrize(
    "options", [("--list", "--mock"), ("--export", "last", "--minutes", "30"), ("--resume", "--seed", "3")]
)
def test_choices_for_a_new_drill_are_refused_where_none_begins(
    quizapp: Command, options: tuple[str, ...]
) -> None:
    """They would change nothing, and not be missed."""
    refused = quizapp("drill", *options)
    assert refused.code == 2
    assert "is for a new drill" in refused.err
