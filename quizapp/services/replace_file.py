"""A file's new content, written whole or not at all, in place of the old one or where there was none."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from quizapp.errors import DeckError


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file's content so that a reader, or a crash, sees the old or the new one and nothing between.

    A link stays a link, and its target is replaced. The file keeps its permissions; one that may not be written to
    stays as it is, although its folder would let it be replaced. The same content is not written again.

    Raises:
        DeckError: The file cannot be written; it has its old content still.
    """
    with _told(path):
        target = Path(os.path.realpath(path))
        known = target.stat() if target.exists() else None
        if known is not None:
            if target.is_file() and target.read_bytes() == content:
                return
            if not known.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(
                target, os.W_OK
            ):
                raise DeckError(
                    f"{path} is read-only.", "Give yourself the right to write, or save elsewhere."
                )
        target.parent.mkdir(parents=True, exist_ok=True)
        with _written_beside(target, content) as beside:
            if known is not None:
                _take_over(target, beside, known)
            beside.replace(target)
        _settle(target.parent)


def create_file(path: Path, content: bytes) -> bool:
    """Write a file that is not there yet, whole or not at all; False where something of that name is there already.

    Raises:
        DeckError: The file cannot be written.
    """
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _written_beside(path, content) as beside:
            try:
                _name(beside, path)
            except FileExistsError:
                return False
        _settle(path.parent)
    return True


def _name(beside: Path, path: Path) -> None:
    """Give a file its name, unless that is taken."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: the name is taken first, then replaced
        with path.open("xb"):
            pass
        beside.replace(path)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        hint = "Free some space." if error.errno == errno.ENOSPC else "Name a folder that you may write to."
        raise DeckError(f"{path} cannot be written: {error.strerror}.", hint) from error


@contextmanager
def _written_beside(path: Path, content: bytes) -> Iterator[Path]:
    """Give a hidden file beside the one that is meant, on disk with the content; it is gone afterwards."""
    beside = path.with_name(f".{path.name[:200]}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield beside
    finally:
        beside.unlink(missing_ok=True)


def _take_over(target: Path, beside: Path, known: os.stat_result) -> None:
    """Give the new file what the old one has: permissions, further attributes, and its owner where that is allowed."""
    shutil.copystat(target, beside)
    os.utime(beside)
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(beside, known.st_uid, known.st_gid)
            beside.chmod(stat.S_IMODE(known.st_mode))  # a change of the owner takes bits away


def _settle(folder: Path) -> None:
    """Have the name on disk, too, where a folder can be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
