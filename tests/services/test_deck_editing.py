"""A deck file in the editor: opened without a trace, saved to the byte, and never over somebody else's words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quizapp.errors import DeckError
from quizapp.services import deck_editing as editing
from quizapp.services.deck_files import BUNDLED
from quizapp.services.library import open_library
from quizapp.store import library as stored
from tests.learner import Learner, topic_text

ODD = b"\xef\xbb\xbf# Alpha\r\n**Tags:** a \t\r\n\n## Question\rWhat?\r\n## Answer\r\nBecause \xff.\x1b\r\n\r\nno end"


@pytest.fixture
def path(learner: Learner) -> Path:
    """Return the file of a topic with every oddity that a file can have."""
    path = learner.decks / "alpha.md"
    path.write_bytes(ODD)
    return path


def changed(opened: editing.Opened, old: str, new: str) -> list[str]:
    """Return the lines with some words replaced."""
    assert any(old in line for line in opened.text.lines)
    return [line.replace(old, new) for line in opened.text.lines]


def test_saving_without_an_edit_changes_nothing(learner: Learner, path: Path) -> None:
    """Neither the bytes nor the time of the last change."""
    os.utime(path, (1, 1))
    opened = editing.open_file(path)
    editing.save(learner.workspace, opened, opened.text.lines)
    assert path.read_bytes() == ODD
    assert path.stat().st_mtime == 1


def test_saving_an_edit_changes_those_words_alone(learner: Learner, path: Path) -> None:
    """Also what is no UTF-8 in the same line, the mark at the start, mixed line ends and the missing one."""
    opened = editing.open_file(path)
    saved = editing.save(learner.workspace, opened, changed(opened, "Because", "So"))
    assert path.read_bytes() == ODD.replace(b"Because", b"So")
    editing.save(learner.workspace, saved, changed(saved, "What", "Which"))
    assert path.read_bytes() == ODD.replace(b"Because", b"So").replace(b"What", b"Which")


def test_a_saved_file_is_taken_in(learner: Learner) -> None:
    """The card has its new words, and what it did is told."""
    learner.learn("Alpha")
    opened = editing.open_topic(learner.workspace, learner.card("alpha").topic_id)
    saved = editing.save(learner.workspace, opened, changed(opened, "What is", "Which is"))
    assert editing.take_in(learner.workspace, saved).changed == ("alpha",)
    assert learner.card("alpha").question == "Which is Alpha?"


def test_a_broken_file_is_saved_and_the_library_keeps_the_former_topic(learner: Learner) -> None:
    """It is the learner's file; what is wrong is told."""
    learner.learn("Alpha")
    opened = editing.open_topic(learner.workspace, learner.card("alpha").topic_id)
    saved = editing.save(learner.workspace, opened, ["# Alpha"])
    assert any(problem.fatal for problem in editing.take_in(learner.workspace, saved).problems)
    assert (learner.decks / "alpha.md").read_bytes() == b"# Alpha"
    assert learner.card("alpha").question == "What is Alpha?"


def test_what_another_program_wrote_is_not_overwritten(learner: Learner, path: Path) -> None:
    """Saving is refused; overwriting is possible, and so is a copy beside it, which no deck takes in."""
    opened = editing.open_file(path)
    lines = changed(opened, "Because", "So")
    path.write_bytes(b"theirs")
    assert not editing.is_as_opened(opened)
    with pytest.raises(editing.ChangedOnDiskError, match="changed by another program"):
        editing.save(learner.workspace, opened, lines)
    assert path.read_bytes() == b"theirs"
    beside = [editing.save_beside(opened, lines) for _ in range(2)]
    assert [one.name for one in beside] == ["alpha.md.mine", "alpha.md.mine2"]
    assert beside[0].read_bytes() == ODD.replace(b"Because", b"So")
    assert learner.add().problems[0].path == str(path)
    seen = editing.open_file(path)
    path.write_bytes(b"theirs again")
    with pytest.raises(editing.ChangedOnDiskError, match="changed by another program"):
        editing.save_over(seen)(learner.workspace, opened, lines)
    assert path.read_bytes() == b"theirs again"
    editing.save_over(editing.open_file(path))(learner.workspace, opened, lines)
    assert path.read_bytes() == ODD.replace(b"Because", b"So")


def test_a_change_that_is_the_same_is_no_conflict(learner: Learner, path: Path) -> None:
    """Two editors, one idea."""
    opened = editing.open_file(path)
    lines = changed(opened, "Because", "So")
    path.write_bytes(opened.text.with_lines(lines))
    editing.save(learner.workspace, opened, lines)
    assert path.read_bytes() == opened.text.with_lines(lines)


def test_a_file_that_was_deleted_is_told(learner: Learner, path: Path) -> None:
    """It is written again only if that is said."""
    opened = editing.open_file(path)
    path.unlink()
    with pytest.raises(editing.ChangedOnDiskError, match="was deleted"):
        editing.save(learner.workspace, opened, opened.text.lines)
    assert not path.exists()
    editing.save_over(None)(learner.workspace, opened, opened.text.lines)
    assert path.read_bytes() == ODD


def test_a_bundled_topic_is_copied_when_it_is_saved(learner: Learner) -> None:
    """Opening it writes nothing and says where the copy will be; from then on the copy is the topic's file."""
    learner.workspace.close()
    workspace = open_library(f"sqlite:///{learner.home / 'other.db'}", may_create=True)
    workspace.paths = learner.workspace.paths
    topic, source = stored.topics(workspace.database.read)[0]
    assert source.startswith(BUNDLED)
    opened = editing.open_topic(workspace, topic.id)
    assert "came with quizapp" in opened.notice
    assert str(opened.path) in opened.notice
    assert not workspace.paths.decks.exists()
    saved = editing.save(workspace, opened, [*opened.text.lines[:-1], "More.", ""])
    assert editing.take_in(workspace, saved).problems == ()
    found = stored.topic(workspace.database.read, topic.id)
    assert found is not None
    assert found[1] == str(opened.path)
    assert editing.open_topic(workspace, topic.id).notice == ""
    workspace.close()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("# A".encode("utf-16"), "no UTF-8 text"),
        (b"\x7fELF\0\0", "no UTF-8 text"),
        (b"a" * 60_000, "too large"),
        (b"a\n" * 2_500_000, "too large"),
    ],
)
def test_what_the_editor_is_not_for_is_told(path: Path, content: bytes, words: str) -> None:
    """With what to do: another editor."""
    path.write_bytes(content)
    with pytest.raises(DeckError, match=words) as told:
        editing.open_file(path)
    assert "editor of your own" in told.value.hint


def test_a_file_that_is_gone_is_told(path: Path) -> None:
    """Nothing is made up for it."""
    path.unlink()
    with pytest.raises(DeckError, match="is gone"):
        editing.open_file(path)


def test_what_was_typed_survives(learner: Learner, path: Path) -> None:
    """A draft is there until it is saved or thrown away, byte by byte; the file is not touched by it."""
    opened = editing.open_file(path)
    assert editing.unsaved(learner.workspace, opened) is None
    lines = changed(opened, "Because", "So")
    editing.keep(learner.workspace, opened, lines)
    assert path.read_bytes() == ODD
    learner.reopen()
    draft = editing.unsaved(learner.workspace, editing.open_file(path))
    assert draft is not None
    assert draft.content == ODD.replace(b"Because", b"So")
    again = editing.restored(editing.open_file(path), draft)
    editing.save(learner.workspace, again, again.text.lines)
    assert path.read_bytes() == draft.content
    assert editing.unsaved(learner.workspace, editing.open_file(path)) is None
    assert editing.kept(learner.workspace, again) == (draft,)


def test_an_old_draft_does_not_go_over_what_came_after_it(learner: Learner, path: Path) -> None:
    """It was typed into another content, so that saving it asks."""
    opened = editing.open_file(path)
    editing.keep(learner.workspace, opened, changed(opened, "Because", "So"))
    path.write_bytes(ODD + b"\r\nmore")
    now = editing.open_file(path)
    draft = editing.unsaved(learner.workspace, now)
    assert draft is not None
    again = editing.restored(now, draft)
    with pytest.raises(editing.ChangedOnDiskError):
        editing.save(learner.workspace, again, again.text.lines)


def test_a_damaged_draft_is_none(learner: Learner, path: Path) -> None:
    """It neither fails nor is offered."""
    opened = editing.open_file(path)
    editing.keep(learner.workspace, opened, ["x"])
    (draft,) = (learner.workspace.paths.state / "drafts").iterdir()
    for content in (b"", b"{", b'{"path": 1}\nx', b"[]\n"):
        draft.write_bytes(content)
        assert editing.unsaved(learner.workspace, opened) is None


def test_problems_are_those_of_the_typed_text(learner: Learner, path: Path) -> None:
    """Of this file alone, as `quizapp check` would tell them, with simulations checked too."""
    opened = editing.open_file(path)
    (byte, control, *_) = editing.problems(learner.workspace, opened, opened.text.lines)
    assert (byte.line, byte.column, byte.what) == (7, 9, "byte 0xFF is not UTF-8")
    assert control.what == "control character U+001B"
    typed = topic_text("Alpha", answer="```sim\nno-such-simulation\n```").split("\n")
    (problem,) = editing.problems(learner.workspace, opened, typed)
    assert "no-such-simulation" in problem.what


def test_an_id_that_another_file_has_is_told_while_typing(learner: Learner, path: Path) -> None:
    """At the line that names it; not where the file is the same one, nor where the other has gone."""
    learner.learn("Beta")
    opened = editing.open_file(path)
    typed = topic_text("Alpha").replace("# Alpha\n", "# Alpha\n**Id:** beta\n", 1).split("\n")
    (problem,) = editing.problems(learner.workspace, opened, typed)
    beta = learner.decks / "beta.md"
    assert (problem.line, problem.what) == (2, f"id 'beta' is already taken by {beta}")
    assert editing.problems(learner.workspace, editing.open_file(beta), typed) == ()
    beta.unlink()
    assert editing.problems(learner.workspace, opened, typed) == ()


def test_a_new_topic_gets_its_name_when_it_is_saved(learner: Learner) -> None:
    """From its title and its deck; a second save goes to the same file."""
    folder = learner.workspace.paths.decks
    opened = editing.open_new(folder, topic_text("Untitled"), is_draft=True)
    saved = editing.save(learner.workspace, opened, changed(opened, "Untitled", "Deep nets"))
    assert saved.path == folder / "deck" / "deep-nets.md"
    again = editing.save(learner.workspace, saved, changed(saved, "Deep nets", "Deeper nets"))
    assert again.path == saved.path
    assert list(folder.rglob("*.*")) == [saved.path]
