"""Repairs what the doctor found, after a backup: indexes, missing parts of the schema, the file, states and search."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from quizapp.core.change_words import cards_words
from quizapp.core.topic import TopicId
from quizapp.errors import QuizError
from quizapp.services import backups
from quizapp.services.doctor import Look, Progress, State, named, wrong_topics
from quizapp.services.workspace import Workspace
from quizapp.store import examination, fold_check, mending, sqlite
from quizapp.store.database import HEAD

BEFORE_FIX = "before-fix"
_RESTORE = "`quizapp restore` puts a backup in its place."


def repair(workspace: Workspace, progress: Progress) -> Iterator[Look]:
    """Back the database up, then repair what can be: its schema, its indexes, the states that differ from their log.

    Raises:
        StoreError: No backup could be taken, or nothing could be written. Then nothing was repaired.
    """
    path = workspace.path
    if sqlite.version_of(path) is None:
        return
    if examination.damages(path):
        kept = _raw_copy(workspace)
        yield Look("fix", "backup", State.FIXED, f"{kept} holds the file as it was")
        yield (look := _undamaged(workspace))
        if look.state is State.WRONG:
            return
    elif _is_to_be_mended(workspace):
        yield Look("fix", "backup", State.FIXED, str(backups.take(workspace, BEFORE_FIX).path))
    else:
        yield Look("fix", "nothing", State.OK, "there is nothing that --fix could repair")
        return
    parts = [part for part in mending.missing(path) if part.can_be_made]
    if parts:
        mending.put_back(path, parts)
        yield Look("fix", "schema", State.FIXED, f"put back: {named(parts)}")
    if any(part.name.startswith("search_") for part in parts) or mending.unsearchable(path):
        mending.index_words(path)
        yield Look("fix", "search", State.FIXED, "the index of words was written anew")
    if wrong := wrong_topics(workspace, progress):
        _refold(workspace, [found.topic for found in wrong])
        cards = sum(len(found.wrong) for found in wrong)
        yield Look("fix", "states", State.FIXED, f"the log of {cards_words(cards)} was replayed")


def _is_to_be_mended(workspace: Workspace) -> bool:
    """Return whether a repair would change anything; an older schema is brought to the present one first."""
    _ = workspace.database
    lacking = any(part.can_be_made for part in mending.missing(workspace.path))
    return (
        lacking
        or bool(mending.unsearchable(workspace.path))
        or bool(wrong_topics(workspace, lambda *_: None))
    )


def _undamaged(workspace: Workspace) -> Look:
    """Build a damaged file's indexes anew or, where that does not help, the whole file from its rows."""
    path = workspace.path
    with contextlib.suppress(QuizError):
        examination.reindex(path)
    if not examination.damages(path):
        return Look("fix", "indexes", State.FIXED, "the indexes were built anew")
    if sqlite.version_of(path) != HEAD:
        return Look("fix", "indexes", State.WRONG, "still damaged", _RESTORE)
    workspace.close()
    known = (one.content.entries for one in backups.listed(workspace) if one.content is not None)
    try:
        entries = mending.rebuild(path, max(known, default=0))
    except QuizError as error:
        words = f"still damaged, and cannot be written anew without a loss: {error.message}"
        return Look("fix", "file", State.WRONG, words, _RESTORE)
    return Look(
        "fix", "file", State.FIXED, f"every row was read and written into a new file, {entries} log entries"
    )


def _refold(workspace: Workspace, topics: list[TopicId]) -> None:
    with workspace.database.write() as connection:
        fold_check.refold(connection, topics)


def _raw_copy(workspace: Workspace) -> Path:
    """Copy a damaged file byte by byte: SQLite's own copy would not pass the proof."""
    folder = workspace.backups
    copy = folder / f"{workspace.path.stem}-damaged-{workspace.now():%Y%m%dT%H%M%S}.db"
    with sqlite.translated(copy):
        folder.mkdir(parents=True, exist_ok=True)
        for ending in ("", "-wal"):
            part = workspace.path.with_name(workspace.path.name + ending)
            if part.exists():
                shutil.copyfile(part, copy.with_name(copy.name + ending))
    return copy
