"""Which deck files lie in a folder, each with what tells whether it has changed."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass, field

Stamp = tuple[int, int, int]
"""What of a file changes with its content: when it was written, when anything of it changed (ns), and its size."""

_PASSED_OVER = frozenset({"readme.md", "changelog.md", "license.md", "contributing.md"})
_ENDINGS = (".md", ".markdown")
# What a merge tool has open while it runs: a_LOCAL_4711.md. Other editors' and git's leftovers have other endings.
_MERGED = re.compile(r"_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+\.\w+")


@dataclass(slots=True)
class Listing:
    """The deck files that were found, by path, and the folders that could not be looked into.

    Attributes:
        links: Those of the files that are links to files elsewhere.
        linked_folders: Links to folders, which are passed over.
    """

    files: dict[str, Stamp] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    linked_folders: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def deck_files_in(folder: str) -> Listing:
    """Return the deck files of a folder and of those below it; what is hidden and linked folders are passed over."""
    listing = Listing()
    folders = [folder]
    while folders:
        _list(folders.pop(), folders, listing)
    return listing


def stamp_of(path: str) -> Stamp | None:
    """Return a file's stamp; None where there is no such file."""
    try:
        found = os.stat(path)  # noqa: PTH116 - thousands of files a second: half the time of Path
    except (OSError, ValueError):
        return None
    return _stamp(found)


def is_deck_name(name: str) -> bool:
    """Return whether a file of that name may be a deck file."""
    lower = name.lower()
    return (
        lower.endswith(_ENDINGS)
        and not name.startswith(".")
        and lower not in _PASSED_OVER
        and _MERGED.search(name) is None
    )


def _list(folder: str, folders: list[str], listing: Listing) -> None:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif entry.is_symlink():
                    with suppress(OSError):  # it leads nowhere, or round in a circle
                        _note_link(entry, listing)
                elif is_deck_name(entry.name) and entry.is_file():
                    with suppress(FileNotFoundError):  # it was just being replaced
                        listing.files[entry.path] = _stamp(entry.stat())
    except OSError:
        listing.unread.append(folder)


def _note_link(entry: os.DirEntry[str], listing: Listing) -> None:
    if entry.is_dir():
        listing.linked_folders.append(entry.path)
    elif is_deck_name(entry.name) and entry.is_file():
        listing.files[entry.path] = _stamp(entry.stat())
        listing.links.append(entry.path)


def _stamp(found: os.stat_result) -> Stamp:
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size
