"""Text that was typed and not saved: kept apart from the decks until it is saved or thrown away."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from quizapp.errors import DeckError
from quizapp.services.replace_file import replace_file
from quizapp.services.workspace import Workspace

_MOST = 9
"""So many drafts of one file are kept apart; more apps at once share the last."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into a file.

    Attributes:
        place: Where it is written down.
        base: The digest of the content that it was typed into; empty where there was none.
        kept_at: When it was last typed into, UTC.
    """

    place: Path
    path: Path
    base: str
    content: bytes
    kept_at: datetime


def free_place(workspace: Workspace, path: Path) -> Path:
    """Return where to write down what is typed into a file: in place of no other draft of it, as another app has one."""
    places = _places(workspace, path)
    return next((place for place in places if not place.exists()), places[-1])


def first_place(workspace: Workspace, path: Path) -> Path:
    """Return the place that is looked at first."""
    return _places(workspace, path)[0]


def keep_draft(place: Path, path: Path, base: str, content: bytes) -> None:
    """Write down what was typed into a file, in place of what was written down there before.

    Raises:
        DeckError: It cannot be written.
    """
    head = json.dumps({"path": str(path), "base": base}).encode()
    replace_file(place, head + b"\n" + content)


def drafts_of(workspace: Workspace, path: Path) -> tuple[Draft, ...]:
    """Return what was typed into a file and never saved, each editor's by itself; what cannot be read is left out."""
    found = (_read(place) for place in _places(workspace, path))
    return tuple(draft for draft in found if draft is not None)


def drop_draft(place: Path) -> None:
    """Forget what was typed into a file: it is saved, or not wanted."""
    with suppress(OSError):
        place.unlink(missing_ok=True)


def digest(content: bytes | None) -> str:
    """Return a name for a content; empty for none."""
    return "" if content is None else hashlib.blake2b(content, digest_size=16).hexdigest()


def content_of(path: Path) -> bytes | None:
    """Return what a file holds now; None where there is none.

    Raises:
        DeckError: It is there and cannot be read.
    """
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise DeckError(f"{path} cannot be read: {error.strerror}.", "Check its permissions.") from error


def _read(place: Path) -> Draft | None:
    try:
        head, _, content = place.read_bytes().partition(b"\n")
        fields = json.loads(head)
        kept_at = datetime.fromtimestamp(place.stat().st_mtime, UTC)
        return Draft(place, Path(fields["path"]), str(fields["base"]), content, kept_at)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _places(workspace: Workspace, path: Path) -> list[Path]:
    name = hashlib.blake2b(str(path).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    folder = workspace.paths.state / "drafts"
    numbers = ("", *(f"-{number}" for number in range(2, _MOST + 1)))
    return [folder / f"{path.stem[:60]}-{name}{number}.draft" for number in numbers]
