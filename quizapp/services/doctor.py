"""Looks over everything that quizapp stands on, says what is wrong, and repairs what can be repaired."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from quizapp.config import Paths
from quizapp.core.nearest import nearest
from quizapp.errors import QuizError
from quizapp.services import backups
from quizapp.services.library import deck_paths
from quizapp.services.workspace import Workspace
from quizapp.store import backup as store
from quizapp.store import examination, fold_check, mending, sqlite
from quizapp.store.database import HEAD

_PACKAGES = ("textual", "torch", "sqlalchemy", "alembic", "fsrs", "click", "numpy")
_LEAST_FREE = 100 * 1024 * 1024
"""Below this a backup, or the write-ahead log, may soon have no room."""
_SHOWN = 3
_DEVICES = "from sims import runner; print(*runner.devices())"
_TORCH_TIMEOUT_S = 120.0
_TORCH_HINT = "Install torch again; studying works without it."

Progress = Callable[[int, int], None]


class State(StrEnum):
    """What a look came to."""

    OK = "ok"
    NOTE = "note"
    WRONG = "wrong"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that was looked at.

    Attributes:
        hint: What to do; empty where nothing is to be done.
    """

    area: str
    name: str
    state: State
    words: str
    hint: str = ""


def versions() -> Iterator[Look]:
    """Yield which versions of what run here; no large package is imported for it."""
    python = f"{platform.python_version()}, {sys.executable}"
    is_old = sys.version_info < (3, 11)
    yield Look(
        "versions",
        "python",
        State.WRONG if is_old else State.OK,
        python,
        "Use 3.11 or newer." if is_old else "",
    )
    for package in ("quizapp", *_PACKAGES):
        try:
            yield Look("versions", package, State.OK, importlib.metadata.version(package))
        except importlib.metadata.PackageNotFoundError:
            hint = (
                "Simulations need it; studying does not." if package == "torch" else "Install quizapp again."
            )
            yield Look("versions", package, State.WRONG, "is not installed", hint)
    yield Look("versions", "sqlite", State.OK, examination.version())


def terminal(environment: Mapping[str, str], *, is_terminal: bool, encoding: str) -> Iterator[Look]:
    """Yield what the terminal can do."""
    term = environment.get("TERM", "")
    if not is_terminal:
        yield Look(
            "terminal", "terminal", State.NOTE, "stdout is none", "quizapp study --plain works without one."
        )
    elif term in ("", "dumb"):
        yield Look("terminal", "TERM", State.NOTE, term or "is not set", "quizapp study --plain works there.")
    else:
        yield Look("terminal", "TERM", State.OK, term)
    columns, lines = shutil.get_terminal_size()
    small = columns < 60 or lines < 18
    yield Look(
        "terminal",
        "size",
        State.NOTE if is_terminal and small else State.OK,
        f"{columns}×{lines}",
        "quizapp needs 60×18, and likes 80×24." if is_terminal and small else "",
    )
    colour = environment.get("COLORTERM", "")
    full = colour in ("truecolor", "24bit")
    words = (
        "none: NO_COLOR is set" if environment.get("NO_COLOR") else "16 million" if full else "256 or fewer"
    )
    yield Look("terminal", "colours", State.OK, words)
    is_unicode = encoding.lower().replace("-", "") in ("utf8", "utf16")
    yield Look(
        "terminal",
        "unicode",
        State.OK if is_unicode else State.NOTE,
        encoding or "unknown",
        "" if is_unicode else "Set LANG to a UTF-8 locale, such as C.UTF-8: charts are drawn with braille.",
    )


def simulations(device: str) -> Iterator[Look]:
    """Yield whether torch loads in a process of its own, on what it can run, and whether that holds `device`.

    Args:
        device: The one that the settings name.
    """
    started = time.monotonic()
    try:
        ended = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-P", "-c", _DEVICES],
            capture_output=True,
            text=True,
            timeout=_TORCH_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        yield Look("simulations", "torch", State.WRONG, f"does not load: {error}", _TORCH_HINT)
        return
    if ended.returncode:
        said = ended.stderr.strip().splitlines() or [f"it ended with {ended.returncode}"]
        yield Look("simulations", "torch", State.WRONG, f"does not load: {said[-1]}", _TORCH_HINT)
        return
    found = ended.stdout.split()
    yield Look("simulations", "torch", State.OK, f"loads in {time.monotonic() - started:.1f} s")
    if device in ("auto", *found):
        words = f"{device}, of {', '.join(found)}" if len(found) > 1 else device
        words = f"auto: {found[0]}" if device == "auto" else words
        yield Look("simulations", "device", State.OK, words)
    else:
        words = f"the settings name {device!r}, which torch does not find here: runs go to {found[0]}"
        yield Look(
            "simulations", "device", State.NOTE, words, "`quizapp config set device auto` ends this notice."
        )


def folders(paths: Paths) -> Iterator[Look]:
    """Yield whether quizapp's folders can be written, and how much room there is."""
    named = {"data": paths.data, "settings": paths.config, "log": paths.state, "backups": paths.backups}
    for name, folder in named.items():
        there = _nearest(folder)
        free = shutil.disk_usage(there).free
        if not os.access(there, os.W_OK) or not there.is_dir():
            hint = "Give yourself the right to write there, or set QUIZAPP_HOME to another folder."
            yield Look("paths", name, State.WRONG, f"{folder} cannot be written", hint)
        elif free < _LEAST_FREE:
            words = f"{folder}: {free / 1e6:.0f} MB are free"
            yield Look("paths", name, State.WRONG, words, "Free some space: a backup may not fit.")
        else:
            yet = "" if folder.is_dir() else ", not made yet"
            yield Look("paths", name, State.OK, f"{folder}{yet}, {free / 1e9:.0f} GB free")


def database(workspace: Workspace) -> Iterator[Look]:
    """Yield whether the database is there, of this version, whole, and consistent in itself."""
    path = workspace.path
    try:
        version = sqlite.version_of(path)
        if version is None:
            yield Look(
                "database", "file", State.NOTE, f"{path} is not there yet", "The first start makes it."
            )
            return
        yield _schema(version)
        broken = examination.damages(path)
        if broken:
            hint = "--fix mends what loses no row; if that is not enough, `quizapp restore` puts a backup in its place."
            yield Look("database", "integrity", State.WRONG, "; ".join(broken[:_SHOWN]), hint)
            return
        yield _file(path)
        yield Look("database", "integrity", State.OK, "every page and index is as it should be")
        yield _orphans(path)
        if version == HEAD:
            yield from _parts(path)
    except QuizError as error:
        yield Look("database", "file", State.WRONG, error.message, error.hint)


def fold(workspace: Workspace, progress: Progress) -> Iterator[Look]:
    """Yield whether every card's state is what replaying its log gives."""
    wrong = wrong_topics(workspace, progress)
    if not wrong:
        yield Look("log", "states", State.OK, "every card's state is what its log gives")
        return
    cards = [card for found in wrong for card in found.wrong]
    names = ", ".join(cards[:_SHOWN]) + (", ..." if len(cards) > _SHOWN else "")
    words = f"{len(cards)} cards have a state that their log does not give: {names}"
    yield Look("log", "states", State.WRONG, words, "--fix replays their log.")


def wrong_topics(workspace: Workspace, progress: Progress) -> list[fold_check.FoldChecked]:
    """Return the topics whose cached states are not what their log gives."""
    read = workspace.database.read
    total = fold_check.count(read)
    found: list[fold_check.FoldChecked] = []
    for number, checked in enumerate(fold_check.checked(read), start=1):
        progress(number, total)
        if checked.wrong:
            found.append(checked)
    return found


def decks(workspace: Workspace) -> Iterator[Look]:
    """Yield which decks the settings name in vain, and which topics' files have gone."""
    yield from _named_decks(workspace)
    gone = [
        (topic, source) for topic, source in examination.sources(workspace.path) if not Path(source).is_file()
    ]
    if not gone:
        yield Look("decks", "files", State.OK, "every topic's file is where it was")
        return
    named = ", ".join(source for _, source in gone[:_SHOWN]) + (", ..." if len(gone) > _SHOWN else "")
    yield Look(
        "decks",
        "files",
        State.NOTE,
        f"{len(gone)} topics have lost their file: {named}",
        "They are studied as before. Put the files back, or `quizapp export` them; adding their folder again archives them.",
    )


def _named_decks(workspace: Workspace) -> Iterator[Look]:
    """Yield the decks that have settings and are not in the library: a wrong name would do nothing, silently."""
    known = deck_paths(workspace)
    for path in workspace.settings.decks:
        if path not in known:
            near = nearest(path, known)
            hint = f"Did you mean {near!r}?" if near else "`quizapp due` lists the decks."
            words = f"the settings name the deck {path!r}, which is not there"
            yield Look("decks", "settings", State.NOTE, words, hint)


def backups_taken(workspace: Workspace) -> Iterator[Look]:
    """Yield whether there is a backup, and whether the newest one restores: every page of it is read."""
    newest = next(iter(backups.listed(workspace)), None)
    if newest is None:
        yield Look("backups", "newest", State.NOTE, "there is none yet", "`quizapp backup` takes one.")
    elif newest.content is None or not backups.is_whole(newest.backup.path):
        yield Look(
            "backups",
            "newest",
            State.WRONG,
            f"{newest.backup.path} is damaged",
            "`quizapp backup` takes another.",
        )
    else:
        at = newest.backup.at.astimezone(workspace.zone)
        yield Look("backups", "newest", State.OK, f"{at:%Y-%m-%d %H:%M}, {newest.content.words}")


def _parts(path: Path) -> Iterator[Look]:
    """Yield whether every table, index and trigger is there, and whether search knows every card."""
    parts = mending.missing(path)
    lost = [part for part in parts if not part.can_be_made]
    if lost:
        hint = "What stood in it is gone: `quizapp restore` puts a backup in the database's place."
        yield Look("database", "tables", State.WRONG, f"missing: {named(lost)}", hint)
    elif parts:
        yield Look("database", "schema", State.WRONG, f"missing: {named(parts)}", "--fix puts it back.")
    elif problem := mending.unsearchable(path):
        yield Look(
            "database", "search", State.WRONG, f"the index of words: {problem}", "--fix writes it anew."
        )
    else:
        yield Look("database", "parts", State.OK, "every table, index and trigger is there")


def named(parts: list[mending.Part]) -> str:
    """Return the parts in words."""
    return ", ".join(f"{part.kind} {part.name}" for part in parts)


def _file(path: Path) -> Look:
    held = store.content(path)
    size = path.stat().st_size + examination.journal_bytes(path)
    return Look(
        "database",
        "file",
        State.OK,
        f"{path}, {size / 1e6:.1f} MB, {held.words}",
    )


def _schema(version: str) -> Look:
    if version == HEAD:
        return Look("database", "schema", State.OK, version)
    if version > HEAD:
        words = f"{version}, which a newer quizapp wrote; this one knows {HEAD}"
        return Look("database", "schema", State.WRONG, words, "Update quizapp.")
    return Look(
        "database", "schema", State.NOTE, f"{version}, not {HEAD} yet", "The next start brings it there."
    )


def _orphans(path: Path) -> Look:
    found = examination.orphans(path)
    if not found:
        return Look("database", "references", State.OK, "every row that another one names is there")
    tables = ", ".join(sorted({f"{orphan.table} without its {orphan.parent}" for orphan in found}))
    hint = "`quizapp restore` puts a backup in its place."
    return Look("database", "references", State.WRONG, f"{len(found)} rows lead nowhere: {tables}", hint)


def _nearest(folder: Path) -> Path:
    """Return a folder, or the nearest one above it that is there."""
    return folder if folder.exists() or folder == folder.parent else _nearest(folder.parent)
