"""Deck files: where a topic is written, and written whole or not at all."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from quizapp.core.topic import Topic, TopicId
from quizapp.errors import DeckError
from quizapp.services.deck_files import (
    BUNDLED,
    bundled_files,
    bundled_fingerprint,
    path_in,
    read_files,
    write_whole,
)
from tests.learner import topic_text

TOPIC = Topic(TopicId("alpha"), "Alpha", "a/b", 1, (), "Why?", "So.")


@pytest.mark.parametrize("deck", ["../..", "/etc", "a/../../b", "..", "~", "a//b", "C:\\x", "\x1b[2J"])
def test_no_deck_leads_out_of_the_folder(tmp_path: Path, deck: str) -> None:
    """Whatever a deck is called, its files lie below the folder."""
    path = path_in(tmp_path, replace(TOPIC, deck=deck))
    assert path.resolve().is_relative_to(tmp_path)
    assert path.name == "alpha.md"
    assert ".." not in path.parts


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    """It replaces the old one with its folders made, UTF-8 and LF everywhere, and leaves nothing beside it."""
    path = tmp_path / "a" / "b.md"
    write_whole(path, "old")
    write_whole(path, "∂L/∂x\nnew")
    assert path.read_bytes() == "∂L/∂x\nnew".encode()
    assert [found.name for found in path.parent.iterdir()] == ["b.md"]
    (tmp_path / "usual").touch()
    assert path.stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file stands where a folder should be."""
    (tmp_path / "a").touch()
    with pytest.raises(DeckError, match="cannot be written"):
        write_whole(tmp_path / "a" / "b.md", "text")


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """The old content stays, and no half-written file lies about."""
    target = tmp_path / "b.md"
    target.mkdir()
    with pytest.raises(DeckError):
        write_whole(target, "text")
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    """Once in its folder and once by itself."""
    (tmp_path / "a.md").write_text(topic_text("Alpha"), encoding="utf-8")
    assert len(read_files([tmp_path, tmp_path / "a.md"])) == 1


def test_the_bundled_decks_have_one_name() -> None:
    """Twenty files, each below its deck, and a name for all of them that stays the same."""
    files = bundled_files()
    assert len(files) == 20
    assert all(file.path.startswith(BUNDLED) and not file.problems for file in files)
    assert bundled_fingerprint() == bundled_fingerprint()


def test_a_path_that_is_not_utf_8_costs_its_file_alone(tmp_path: Path) -> None:
    """No database and no export could hold it."""
    for name in (b"good.md", b"b\xff.md"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(
            topic_text("Alpha"), encoding="utf-8"
        )
    problems = {Path(file.path).name: file.problems for file in read_files([tmp_path])}
    assert problems["good.md"] == ()
    (problem,) = problems["b\udcff.md"]
    assert problem.fatal
