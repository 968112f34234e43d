"""A file's new content: whole or not at all, whatever the file is."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from quizapp.errors import DeckError
from quizapp.services.replace_file import create_file, replace_file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a file with the content `old`."""
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    return path


def test_the_new_content_takes_the_place_of_the_old(path: Path) -> None:
    """Byte by byte, with nothing left beside it."""
    replace_file(path, b"new\r\n\xff")
    assert path.read_bytes() == b"new\r\n\xff"
    assert list(path.parent.iterdir()) == [path]


def test_permissions_stay(path: Path) -> None:
    """A private file stays private."""
    path.chmod(0o600)
    replace_file(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_stays_and_its_target_changes(path: Path) -> None:
    """Deck folders are often linked into place."""
    link = path.with_name("link.md")
    link.symlink_to(path)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"


def test_the_same_content_is_not_written_again(path: Path) -> None:
    """Its time stays, so that nothing else takes it for changed."""
    os.utime(path, (1, 1))
    replace_file(path, b"old")
    assert path.stat().st_mtime == 1


def test_a_read_only_file_stays_as_it_is(path: Path) -> None:
    """Its folder would let it be replaced, which is not what its owner meant."""
    path.chmod(0o444)
    with pytest.raises(DeckError, match="read-only"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"


def test_a_full_disk_costs_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old content stays, nothing lies beside it, and the message says why."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DeckError, match="No space left") as told:
        replace_file(path, b"new")
    assert "Free some space" in told.value.hint
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


def test_a_new_file_takes_nobodys_name(path: Path) -> None:
    """What is there stays; folders are made for what is not."""
    assert not create_file(path, b"new")
    assert path.read_bytes() == b"old"
    fresh = path.parent / "deep" / "b.md"
    assert create_file(fresh, b"new")
    assert fresh.read_bytes() == b"new"
    assert list(fresh.parent.iterdir()) == [fresh]


def test_a_file_system_without_links_takes_a_new_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """FAT has none; the name is taken first there."""

    def linkless(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", linkless)
    assert not create_file(path, b"new")
    assert create_file(path.with_name("b.md"), b"new")
    assert path.with_name("b.md").read_bytes() == b"new"
    assert path.read_bytes() == b"old"
