"""A file in the middle of a merge: told at its place, and never taken for a topic."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from quizapp.core.deck_parser import parse_topic
from quizapp.core.topic import Problem

GOOD = "# Title\n\n## Question\nq\n\n## Answer\n{}\n\n## Follow-up Questions\n- f\n"
SIDES = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> topic"


def problems(answer: str) -> list[Problem]:
    """Return what is wrong with a topic that has this answer; whether it is fatal decides on the topic."""
    parsed = parse_topic(GOOD.format(answer), "deck.md")
    assert (parsed.topic is None) == any(problem.fatal for problem in parsed.problems)
    return list(parsed.problems)


@pytest.mark.parametrize(
    "answer",
    [
        SIDES,
        SIDES.replace("=======", "||||||| base\nold\n======="),
        SIDES.replace(" HEAD", "").replace(" topic", ""),
        SIDES.replace("\n", "\r\n"),
        f"```\n{SIDES}\n```",
        SIDES.replace("\na\n", "\n```py\na\n").replace("\nb\n", "\nb\n```\n"),
        SIDES.replace("\na\n", "\n## Answer\na\n"),
    ],
)
def test_both_sides_of_a_conflict_are_one_problem(answer: str) -> None:
    """In prose, in code, across fences, with the common ancestor between: fatal, with where it ends and what to do."""
    (problem,) = problems(answer)
    assert problem.fatal
    assert problem.column == 1
    assert "merge conflict, up to line" in problem.what
    assert "keep one of the two sides" in problem.hint


def test_each_conflict_is_told() -> None:
    """Two of them, at their lines."""
    told = problems(f"{SIDES}\n\nbetween\n\n{SIDES}")
    assert [problem.line for problem in told] == [7, 15]


@pytest.mark.parametrize("line", ["<<<<<<< HEAD", ">>>>>>> topic"])
def test_a_mark_that_was_forgotten_is_fatal(line: str) -> None:
    """One side was chosen and one of the lines stayed."""
    (problem,) = problems(f"a\n\n{line}")
    assert (problem.line, problem.fatal) == (9, True)


def test_a_mark_alone_in_code_is_a_warning() -> None:
    """It may be an example, which a blank before it says."""
    (problem,) = problems("```\n<<<<<<< HEAD\n```")
    assert not problem.fatal
    assert problems("```\n <<<<<<< HEAD\n =======\n >>>>>>> topic\n```") == []


@pytest.mark.parametrize(
    "answer", ["Heading\n=======\n", "a <<<<<<< b", "<<<<<<<< eight", ">>>>>> six deep", "a << b >> c"]
)
def test_what_only_looks_like_a_mark_is_text(answer: str) -> None:
    """A heading's underline, shifts, quotes."""
    assert problems(answer) == []


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_real_merge_is_told(tmp_path: Path) -> None:
    """What git itself writes into the file, with and without the ancestor."""

    def git(*words: str, code: int = 0) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false")
        done = subprocess.run(["git", *who, *words], cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == code, done.stderr

    def commit(answer: str) -> None:
        (tmp_path / "deck.md").write_text(GOOD.format(answer), encoding="utf-8")
        git("add", ".")
        git("commit", "-qm", answer)

    git("init", "-q", "-b", "main")
    commit("a")
    git("checkout", "-qb", "other")
    commit("theirs")
    git("checkout", "-q", "main")
    commit("ours")
    for style in ("merge", "diff3"):
        git("-c", f"merge.conflictStyle={style}", "merge", "other", code=1)
        (problem,) = parse_topic((tmp_path / "deck.md").read_text(encoding="utf-8"), "deck.md").problems
        assert str(problem).startswith("deck.md:7:1: merge conflict, up to line 1")
        git("merge", "--abort")


def test_faults_outside_of_a_conflict_are_told_too() -> None:
    """What is wrong whichever side is kept stands beside the conflict; what one side would put right does not."""
    text = GOOD.format(f"{SIDES}\n\n```py\nx\n").replace("# Title\n", "# Title\n**Difficulty:** 9\n")
    told = [(problem.line, problem.what) for problem in parse_topic(text, "p").problems]
    assert told == [
        (2, "bad difficulty '9'"),
        (8, "merge conflict, up to line 12"),
        (14, "code fence is not closed"),
    ]
    one_has_it = GOOD.replace("## Answer\n", "").format(SIDES.replace("\nb\n", "\n## Answer\nb\n"))
    assert [problem.line for problem in parse_topic(one_has_it, "p").problems] == [6]
