"""Watches the files that the library came from: what changes on disk is taken in, what is gone is archived.

Files are looked at, not subscribed to: that works on every system and file system, and two thousand of them take
5 ms a look (tests/bench/bench_watching.py).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from quizapp.core.settled import settled
from quizapp.core.topic import TopicId
from quizapp.services.deck_files import root_of
from quizapp.services.deck_folders import deck_folders, seen_files, stamps
from quizapp.services.deck_listing import Stamp, deck_files_in, stamp_of
from quizapp.services.library import add_changes
from quizapp.services.taking_in import Added
from quizapp.services.workspace import Workspace

_MANY = 5
"""So many files that vanish at once, and more than half of their folder, were hardly deleted one by one."""

_NOTHING = Added((), (), (), (), ())


@dataclass(frozen=True, slots=True)
class Missing:
    """Files that vanished together, whose topics are kept.

    Attributes:
        is_there: Whether their folder is there still.
    """

    folder: str
    files: int
    is_there: bool


@dataclass(frozen=True, slots=True)
class News:
    """What a look brought to light.

    Attributes:
        by_others: Whether another process, or another part of this one, has taken files in since the look before.
    """

    done: Added
    missing: tuple[Missing, ...]
    by_others: bool = False

    @property
    def shows_something(self) -> bool:
        """Whether screens have to be read again."""
        done = self.done
        return self.by_others or any((done.added, done.changed, done.renamed, done.archived))


@dataclass(slots=True)
class Watch:
    """Two looks at a time; nothing is taken in before it was the same at both."""

    workspace: Workspace
    _remembered: str = ""
    _known: Mapping[str, Stamp] = field(default_factory=dict)
    _before: tuple[Mapping[str, Stamp], Collection[str]] | None = None
    _kept: frozenset[str] = frozenset()

    def look(self) -> News | None:
        """Look at the files once, take in what has come to rest, and return what there is to say; mostly nothing.

        Raises:
            StoreError: The database cannot be used; the next look takes in what this one could not.
        """
        folders = deck_folders(self.workspace)
        by_others = self._remember()
        now, unread = _look_at(folders, self._known)
        before, self._before = self._before, (now, unread)
        if before is None:
            return None
        found = settled(self._known, before[0], now, {*unread, *before[1]})
        self._kept = self._kept.intersection(self._known).difference(now)
        lost = [path for path in found.gone if path not in self._kept]
        hidden = _below(self._known, set(unread).intersection(before[1]))
        hidden = [path for path in hidden if path not in now and path not in self._kept]
        if found.changed or lost or hidden:
            news = self._take_in(found.changed, lost, hidden, folders)
            self._remember()
            return replace(news, by_others=by_others)
        return News(_NOTHING, (), by_others=True) if by_others else None

    def _remember(self) -> bool:
        """Learn how the files were when they were last taken in, and return whether that has changed."""
        remembered = seen_files(self.workspace)
        if remembered == self._remembered:
            return False
        self._remembered, self._known = remembered, stamps(remembered)
        return True

    def _take_in(
        self,
        changed: Collection[str],
        lost: Collection[str],
        hidden: Collection[str],
        folders: Sequence[Path],
    ) -> News:
        """Take in what changed; of what vanished archive what was deleted, and keep what may come back."""
        by_folder: dict[Path, list[str]] = {}
        for path in lost:
            if stamp_of(path) is None:  # else it has only another path now
                by_folder.setdefault(_folder_of(path, folders), []).append(path)
        missing = {path: _folder_of(path, folders) for path in hidden}
        for folder, paths in by_folder.items():
            if self._are_too_many(folder, paths):
                missing |= dict.fromkeys(paths, folder)
        self._kept |= missing.keys()
        gone = [path for path in lost if path not in missing]
        done = (
            add_changes(self.workspace, [Path(path) for path in changed], gone)
            if changed or gone
            else _NOTHING
        )
        counts = Counter(missing.values())
        return News(
            done, tuple(Missing(str(folder), count, folder.is_dir()) for folder, count in counts.items())
        )

    def _are_too_many(self, folder: Path, paths: Collection[str]) -> bool:
        """Return whether files vanished as those of an unmounted drive or of another branch do."""
        known = len(_below(self._known, [str(folder)]))
        is_emptied = known > 1 and not deck_files_in(str(folder)).files
        return not folder.is_dir() or is_emptied or (len(paths) >= _MANY and 2 * len(paths) > known)


def changed_topics(done: Added) -> tuple[set[TopicId], set[TopicId], set[TopicId]]:
    """Return the topics that changed, those that are new, and those that were archived, each once."""

    def topics(cards: Collection[str]) -> set[TopicId]:
        return {TopicId(card.partition("/")[0]) for card in cards}

    new = {TopicId(card) for card in done.added if "/" not in card}
    archived = {TopicId(card) for card in done.archived if "/" not in card}
    touched = topics((*done.added, *done.changed, *done.renamed, *done.archived))
    return touched - new - archived, new - archived, archived


def _look_at(folders: Iterable[Path], known: Iterable[str]) -> tuple[dict[str, Stamp], list[str]]:
    """Return the stamp of each file there is, by its source in the library, and the folders that cannot be looked into."""
    found: dict[str, Stamp] = {}
    unread: list[str] = []
    for folder in folders:
        listing = deck_files_in(str(folder))
        unread += listing.unread
        for link in listing.links:
            found[os.path.realpath(link)] = listing.files.pop(link)
        found |= listing.files
    for path in known:
        if path not in found and (stamp := stamp_of(path)) is not None:
            found[os.path.realpath(path)] = stamp  # elsewhere, where a folder on the way has become a link
    return found, unread


def _below(paths: Iterable[str], folders: Iterable[str]) -> list[str]:
    """Return those of the paths that lie in one of the folders or below it."""
    starts = tuple(f"{folder.rstrip(os.sep)}{os.sep}" for folder in folders)
    return [path for path in paths if path.startswith(starts)] if starts else []


def _folder_of(path: str, folders: Sequence[Path]) -> Path:
    """Return the added folder that a file is of, or its own where it was added by itself."""
    return root_of(Path(path), folders) or Path(path).parent
