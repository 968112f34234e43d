"""`quizapp new`: a topic to fill in, or one follow-up more."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.learner import topic_text


@pytest.fixture
def added(quizapp: Command, tmp_path: Path) -> Path:
    """Return the file of a topic that the library has."""
    path = tmp_path / "decks" / "alpha.md"
    path.parent.mkdir()
    path.write_text(topic_text("Alpha", "Why so?"), encoding="utf-8")
    assert quizapp("add", path.parent).code == 0
    return path


def test_a_new_topic_is_a_file_to_fill_in(quizapp: Command, home: Path) -> None:
    """Its path goes to stdout, what to do next to stderr; a second one of that name gets its own file."""
    done = quizapp("new", "Deep nets", "--deck", "nets/deep")
    path = home / "decks" / "nets" / "deep" / "deep-nets.md"
    assert (done.code, done.out) == (0, f"{path}\n")
    assert "Fill in what is empty" in done.err
    assert path.read_text(encoding="utf-8").startswith("# Deep nets\n**Category:** nets/deep\n")
    assert quizapp("new", "Deep nets", "--deck", "nets/deep").out == f"{path.with_name('deep-nets-2.md')}\n"


def test_a_new_topic_goes_into_a_folder_of_choice(quizapp: Command, tmp_path: Path) -> None:
    """One that is there."""
    done = quizapp("new", "Alpha", "--into", tmp_path)
    assert done.out == f"{tmp_path / 'unsorted' / 'alpha.md'}\n"
    assert quizapp("new", "Alpha", "--into", tmp_path / "none").code == 2


def test_an_edited_topic_is_taken_in(
    quizapp: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the editor wrote counts; what is still empty is told, with exit code 3."""
    fill = tmp_path / "fill.py"
    fill.write_text(
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "text = path.read_text()\n"
        "for name in ('Question', 'Answer'):\n"
        "    text = text.replace(f'## {name}\\n', f'## {name}\\nwords\\n')\n"
        "path.write_text(text)\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", "true")
    empty = quizapp("new", "Alpha", "--edit")
    assert empty.code == 3
    assert "alpha.md:6:1: section 'Question' is empty" in empty.err
    monkeypatch.setenv("EDITOR", f"{sys.executable} {fill}")
    done = quizapp("new", "Beta", "--edit")
    assert done.code == 0
    assert done.out.splitlines()[1] == "cards: 1 added"


def test_a_follow_up_is_added(quizapp: Command, added: Path) -> None:
    """To the end of the topic's own, with nothing else in the file changed."""
    before = added.read_text(encoding="utf-8")
    done = quizapp("new", "--follow-up-of", "alpha", "And at depth one?", "--answer", "Nothing.")
    assert (done.code, done.out) == (0, f"{added}\ncards: 1 added\n")
    assert added.read_text(encoding="utf-8") == before + "- And at depth one?\n\n  Nothing.\n"


def test_a_follow_up_of_a_bundled_topic_goes_into_a_copy(quizapp: Command, home: Path) -> None:
    """Which is said."""
    done = quizapp("new", "What of a mug of tea?", "--follow-up-of", "scale-explosion")
    assert done.code == 0
    assert "your own copy" in done.err
    assert Path(done.out.splitlines()[0]).is_relative_to(home / "decks")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--follow-up-of", "alpha"), 2, "asks nothing"),
        (("Why?", "--follow-up-of", "none"), 3, "There is no topic 'none'"),
        (("Why?", "--follow-up-of", "alpha", "--deck", "x"), 2, "goes where its topic is"),
        (("Why?", "--answer", "x"), 2, "answer of a follow-up"),
    ],
)
def test_what_makes_no_sense_is_told(
    quizapp: Command, added: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    """With the exit code of its kind, and nothing written."""
    before = added.read_bytes()
    done = quizapp("new", *words)
    assert done.code == code
    assert told in done.err
    assert added.read_bytes() == before


def test_a_file_with_a_conflict_is_reported_not_taken_in(quizapp: Command, added: Path) -> None:
    """By check and by add, at its place; the library keeps the former topic."""
    conflict = topic_text("Alpha", answer="<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other")
    added.write_text(conflict, encoding="utf-8")
    line = f"{added}:10:1: merge conflict, up to line 14: keep one of the two sides"
    assert line in quizapp("check", added).out
    done = quizapp("add", added)
    assert (done.code, done.out) == (3, "nothing changed\n")
    assert line in done.err
