"""Tells from two looks at some files which of them have come to rest with a change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

Stamp = TypeVar("Stamp")


@dataclass(frozen=True, slots=True)
class Settled:
    """Paths, in order: files that are new or other than they were, and files that are gone."""

    changed: tuple[str, ...]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        """Return whether there is anything."""
        return bool(self.changed or self.gone)


def settled(
    known: Mapping[str, Stamp],
    before: Mapping[str, Stamp],
    now: Mapping[str, Stamp],
    unread: Collection[str] = (),
) -> Settled:
    """Return what differs from what is known and was the same at both looks.

    A file that is being written changes from look to look; one that is being replaced is missing at one look alone.

    Args:
        known: How each file was when it was last taken in.
        unread: Folders that could not be looked into: nothing below them is gone.
    """
    changed = (path for path, stamp in now.items() if before.get(path) == stamp != known.get(path))
    below = tuple(f"{folder.rstrip('/')}/" for folder in unread)
    gone = (path for path in known if path not in now and path not in before and not path.startswith(below))
    return Settled(tuple(sorted(changed)), tuple(sorted(gone)))
