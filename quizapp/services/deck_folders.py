"""Which folders were added, and how each of their files was when it was last taken in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from quizapp.services.deck_listing import Stamp
from quizapp.services.workspace import Workspace
from quizapp.store import library

_FOLDERS = "deck folders"
_FILES = "deck files"


def deck_folders(workspace: Workspace) -> tuple[Path, ...]:
    """Return the folders that topics are taken from: the learner's own, then those that were added."""
    return (workspace.paths.decks.resolve(), *_added(workspace))


def seen_files(workspace: Workspace) -> str:
    """Return what is remembered of the files, as `stamps` reads it: one text, so that a change of it is told at once."""
    return library.fact(workspace.database.read, _FILES)


def stamps(remembered: str) -> dict[str, Stamp]:
    """Return the stamp that each file had when it was last taken in, by its path."""
    return {path: (stamp[0], stamp[1], stamp[2]) for path, stamp in json.loads(remembered or "{}").items()}


def note_files(
    workspace: Workspace, folders: Sequence[Path], taken_in: Mapping[str, Stamp], gone: Iterable[str]
) -> None:
    """Remember folders that were added, and files as they were when they were taken in.

    What is remembered of files in these folders, but was not found there any more, is forgotten.
    """
    from quizapp.store import library_writes

    remembered = seen_files(workspace)
    lost = set(gone)
    kept = {path: stamp for path, stamp in stamps(remembered).items() if path not in lost}
    if folders:
        kept = {path: stamp for path, stamp in kept.items() if not _is_inside(Path(path), folders)}
    facts = {_FILES: json.dumps(kept | dict(taken_in), separators=(",", ":"), sort_keys=True)}
    before = {_FILES: remembered, _FOLDERS: library.fact(workspace.database.read, _FOLDERS)}
    if folders:
        # A folder inside one that is added now has its decks by the outer one from now on.
        others = [folder for folder in _given(workspace) if not _is_inside(folder.resolve(), folders)]
        facts[_FOLDERS] = json.dumps([str(folder) for folder in dict.fromkeys([*others, *folders])])
    changed = {name: content for name, content in facts.items() if before[name] != content}
    if changed:
        with workspace.database.write() as connection:
            for name, content in changed.items():
                library_writes.remember(connection, name, content)


def _added(workspace: Workspace) -> list[Path]:
    """Return the added folders where they are now: since then one may have become a link to another place."""
    own = workspace.paths.decks.resolve()
    return [
        folder for folder in dict.fromkeys(folder.resolve() for folder in _given(workspace)) if folder != own
    ]


def _given(workspace: Workspace) -> list[Path]:
    return [Path(folder) for folder in json.loads(library.fact(workspace.database.read, _FOLDERS) or "[]")]


def _is_inside(path: Path, folders: Sequence[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)
