"""Backups: taken by hand, daily, on leaving and before what could lose; thinned, listed, restored."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from quizapp.core.day import study_day
from quizapp.core.thinning import kept
from quizapp.errors import StoreError, UsageError
from quizapp.services.workspace import Workspace
from quizapp.store import backup as store
from quizapp.store import sqlite
from quizapp.store.backup import Backup, Content
from quizapp.store.database import HEAD

BY_HAND, DAILY, LEAVING, BEFORE_RESTORE = "by-hand", "daily", "leaving", "before-restore"

LARGE = 50_000_000
"""Bytes; to copy and to read more takes a person's time: 5 s at 450 MB, which is 100,000 cards."""


@dataclass(frozen=True, slots=True)
class ListedBackup:
    """A backup with what it holds.

    Attributes:
        content: What its first pages say; None where they cannot be read.
        is_whole: Whether it restores, every page read just now; None where only its first pages were read. Each was
            read like that once, when it was taken.
    """

    backup: Backup
    content: Content | None
    is_whole: bool | None = None


def take(workspace: Workspace, reason: str) -> Backup:
    """Take a backup now, prove it, and thin out the older ones.

    Raises:
        StoreError: It could not be taken or does not restore. The database is as it was.
    """
    path, folder = workspace.path, workspace.backups
    copy = store.back_up(path, folder, reason, workspace.now())
    thin(workspace)
    return next(found for found in store.backups(path, folder) if found.path == copy)


def take_to(workspace: Workspace, output: Path) -> Path:
    """Take a backup into a file of the learner's choice, and return its path.

    Raises:
        UsageError: The file is there already, or its folder is not.
        StoreError: It could not be taken or does not restore.
    """
    if output.is_dir():
        output = output / f"{workspace.path.stem}-{workspace.now():%Y-%m-%d-%H%M%S}.db"
    if not output.absolute().parent.is_dir():
        hint = "Make it first, or name another. Nothing was written."
        raise UsageError(f"There is no folder {output.absolute().parent}.", hint)
    if output.exists():
        raise UsageError(f"{output} is there already.", "Name another file. Nothing was written.")
    copy = store.back_up(workspace.path, output.absolute().parent, BY_HAND, workspace.now())
    with sqlite.translated(output):
        return copy.rename(output)


def take_daily(workspace: Workspace) -> Backup | None:
    """Take the backup of this study day, unless there is one already or the log has not grown.

    Raises:
        StoreError: It could not be taken or does not restore.
    """
    newest = next(iter(_own(workspace)), None)
    if newest is not None:
        if _is_of_today(workspace, newest) or _holds_all(workspace, newest):
            return None
    elif store.content(workspace.path).entries == 0:
        return None
    return take(workspace, DAILY)


def take_on_leaving(workspace: Workspace) -> Backup | None:
    """Take a backup when the log has grown since the last one; of a large database at most one a day.

    Raises:
        StoreError: It could not be taken or does not restore.
    """
    newest = next(iter(_own(workspace)), None)
    is_large = workspace.path.exists() and workspace.path.stat().st_size > LARGE
    if is_large and newest is not None and _is_of_today(workspace, newest):
        return None
    entries = store.content(workspace.path).entries
    if entries == 0 or (newest is not None and _holds_all(workspace, newest)):
        return None
    return take(workspace, LEAVING)


def thin(workspace: Workspace) -> list[Path]:
    """Remove the backups that others stand for, and return their paths. Those taken by hand stay."""
    automatic = [found for found in _own(workspace) if found.reason != BY_HAND]
    stays = kept((found.at for found in automatic), workspace.now())
    goes = [found.path for found in automatic if found.at not in stays]
    removed: list[Path] = []
    for path in (*goes, *store.unfinished(workspace.path, workspace.backups, workspace.now())):
        with contextlib.suppress(OSError):  # it is only in the way
            path.unlink()
            removed.append(path)
    return removed


def listed(workspace: Workspace) -> Iterator[ListedBackup]:
    """Yield the backups with what they hold, the newest first."""
    for found in _own(workspace):
        try:
            content = store.content(found.path)
        except StoreError:
            content = None
        yield ListedBackup(found, content)


def verified(workspace: Workspace) -> Iterator[ListedBackup]:
    """Yield the backups as they are listed, each read to its last page to prove that it restores."""
    for found in listed(workspace):
        yield verify(found)


def verify(listed_backup: ListedBackup) -> ListedBackup:
    """Return a backup with whether it restores: every page of it is read, and this quizapp knows its schema."""
    content = listed_backup.content
    restores = content is not None and content.schema <= HEAD and is_whole(listed_backup.backup.path)
    return replace(listed_backup, is_whole=restores)


def listed_names(workspace: Workspace) -> Iterator[str]:
    """Yield the backups' file names, the newest first, and open none of them."""
    yield from (found.path.name for found in _own(workspace))


def held(path: Path) -> Content:
    """Return what a backup, or a database, holds.

    Raises:
        StoreError: It cannot be read.
    """
    return store.content(path)


def named(workspace: Workspace, name: str) -> Path:
    """Return the backup that a name stands for: a file, `latest`, or a date, of which the last one counts.

    Raises:
        UsageError: There is none.
    """
    found = _own(workspace)
    if Path(name).is_file():
        return Path(name)
    if name == "latest":
        matching = [backup for backup in found if backup.reason != BEFORE_RESTORE] or found
    else:
        matching = [backup for backup in found if _is_of(backup.at, name, workspace)]
        matching += [backup for backup in found if backup.path.name == name]
    if not matching:
        days = list(dict.fromkeys(f"{backup.at.astimezone(workspace.zone):%Y-%m-%d}" for backup in found))
        hint = f"There are backups of {', '.join(days[:8])}." if days else "There is no backup yet."
        raise UsageError(f"There is no backup {name!r}.", f"{hint} `quizapp backup --list` shows them.")
    return matching[0].path


def restore(workspace: Workspace, copy: Path) -> Path | None:
    """Put a backup in the database's place; what was there before is backed up first.

    Returns:
        The backup of what was there; None where there was nothing, or it was damaged: then it lies beside the database.

    Raises:
        StoreError: The backup is damaged, another process uses the database, or nothing can be written. Then nothing
            was changed.
    """
    path, folder = workspace.path, workspace.backups
    if (found := _proved(workspace, copy)).schema > HEAD:
        raise StoreError(
            f"The backup {copy} has schema {found.schema}, which a newer quizapp wrote.",
            "Update quizapp, or choose another backup. Nothing was changed.",
        )
    workspace.close()
    if path.exists():
        store.refuse_if_used(path)
    before = store.back_up(path, folder, BEFORE_RESTORE, datetime.now(UTC)) if store.is_whole(path) else None
    store.restore(path, copy)
    return before


def _proved(workspace: Workspace, copy: Path) -> Content:
    """Return what a backup holds; the error for a damaged one names the newest that is whole."""
    try:
        return store.prove(copy)
    except StoreError as error:
        others = (found.path for found in _own(workspace) if found.path != copy.absolute())
        whole = next(filter(is_whole, others), None)
        way = f"The newest whole one: `quizapp restore {whole.name}`." if whole else "There is no other."
        raise StoreError(
            f"The backup {copy} is damaged, or none of quizapp's.", f"Nothing was changed. {way}"
        ) from error


def is_whole(path: Path) -> bool:
    """Return whether a backup is one that restores: every page of it is read."""
    try:
        store.prove(path)
    except StoreError:
        return False
    return True


def _own(workspace: Workspace) -> list[Backup]:
    return store.backups(workspace.path, workspace.backups)


def _is_of_today(workspace: Workspace, newest: Backup) -> bool:
    day = study_day(newest.at, workspace.zone, workspace.settings.rollover_hour)
    return day >= workspace.today().day


def _holds_all(workspace: Workspace, newest: Backup) -> bool:
    """Return whether a backup has every entry of the log; one that cannot be read has none."""
    try:
        return store.content(newest.path).entries >= store.content(workspace.path).entries
    except StoreError:
        return False


def _is_of(at: datetime, name: str, workspace: Workspace) -> bool:
    try:
        return at.astimezone(workspace.zone).date() == date.fromisoformat(name)
    except ValueError:
        return False
