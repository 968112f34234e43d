"""Which files of a folder are deck files, and how their changes are noticed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quizapp.services.deck_listing import deck_files_in, is_deck_name, stamp_of


def test_deck_files_are_found_below_a_folder(tmp_path: Path) -> None:
    """At any depth, by either ending; hidden folders and linked ones are passed over."""
    for name in ("a.md", "deep/er/b.markdown", "deep/C.MD", ".git/d.md", ".hidden.md", "notes.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "nowhere.md").symlink_to(tmp_path / "gone")
    (tmp_path / "circle.md").symlink_to(tmp_path / "circle.md")
    found = {os.path.relpath(path, tmp_path) for path in deck_files_in(str(tmp_path)).files}
    assert found == {"a.md", "deep/er/b.markdown", "deep/C.MD"}
    assert deck_files_in(str(tmp_path)).unread == []


@pytest.mark.parametrize(
    "name",
    ["a.md~", "a.md.orig", ".a.md.swp", "#a.md#", ".#a.md", "a.md.mine", "a.md.rej", "a_LOCAL_4711.md",
     "a_BACKUP_1.md", "README.md", "a.md.bak", "4913"],
)  # fmt: skip
def test_leftovers_of_editors_and_merges_are_passed_over(name: str) -> None:
    """None of them is a topic."""
    assert not is_deck_name(name)
    assert is_deck_name("a_local.md")


def test_a_stamp_changes_with_the_file(tmp_path: Path) -> None:
    """Also where size and time of writing were put back; a file that is not there has none."""
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    before = stamp_of(str(path))
    os.utime(path, ns=(0, 0))
    assert stamp_of(str(path)) != before
    assert deck_files_in(str(tmp_path)).files[str(path)] == stamp_of(str(path))
    assert stamp_of(str(tmp_path / "none.md")) is None


def test_a_folder_that_is_not_there_is_unread(tmp_path: Path) -> None:
    """It is not taken for an empty one."""
    assert deck_files_in(str(tmp_path / "none")).unread == [str(tmp_path / "none")]
    assert deck_files_in(str(tmp_path)).unread == []
