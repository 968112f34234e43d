"""Deck files on disk and in the package: found, read, written whole or not at all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quizapp.core.deck_text import decode
from quizapp.core.topic import Problem, Topic
from quizapp.errors import DeckError
from quizapp.services.deck_listing import Stamp, deck_files_in, stamp_of
from quizapp.services.replace_file import replace_file

BUNDLED = "bundled:"
_CARDS = Path(__file__).parents[2] / "cards"


@dataclass(frozen=True, slots=True)
class DeckFile:
    """A deck file as read.

    Attributes:
        path: Where it lies, in full; `bundled:` begins the path of one that came with quizapp.
        name: The path as the user gave it.
        default_deck: The deck of a topic that names none: the folder it lies in.
        stamp: What told its state on disk just before it was read.
    """

    path: str
    name: str
    text: str
    default_deck: str
    problems: tuple[Problem, ...]
    stamp: Stamp | None = None


def read_files(paths: Sequence[Path], roots: Sequence[Path] = ()) -> list[DeckFile]:
    """Read the deck files of these files and folders, in the order of their paths.

    Args:
        roots: Folders that were given before. A file given alone has its deck by the innermost of them that it lies in.

    Raises:
        DeckError: A path does not exist.
    """
    files: list[DeckFile] = []
    for path in paths:
        if not path.exists():
            raise DeckError(f"{path} does not exist.", "Give a Markdown file, or a folder of them.")
        if not path.is_dir() and not path.is_file():
            raise DeckError(f"{path} is no file.", "Give a Markdown file, or a folder of them.")
        root = path if path.is_dir() else root_of(path.resolve(), roots) or path.parent
        found = _in_folder(path) if path.is_dir() else [path]
        files += [_read(file, _folder_deck(file, root)) for file in found]
    return list({file.path: file for file in files}.values())


def bundled_files() -> list[DeckFile]:
    """Read the decks that came with quizapp."""
    return [
        from_bytes(path, path, content, path.removeprefix(BUNDLED).rpartition("/")[0])
        for path, content in _bundled()
    ]


def bundled_fingerprint() -> str:
    """Return a name for the present content of the bundled decks."""
    digest = hashlib.blake2b(digest_size=16)
    for path, content in _bundled():
        digest.update(path.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


def write_whole(path: Path, text: str) -> None:
    """Replace a file's content so that a reader, or a crash, sees the old or the new one and nothing between.

    Raises:
        DeckError: The file cannot be written.
    """
    replace_file(path, text.encode())


def write_all(texts: Mapping[Path, str], *, overwrite: bool) -> list[Path]:
    """Write files and return their paths. Unless they may be replaced, one that differs stops all of it.

    Raises:
        DeckError: A file is in the way that holds something else, or cannot be written.
    """
    if not overwrite:
        for path, text in texts.items():
            if path.exists() and path.read_bytes() != text.encode():
                raise DeckError(
                    f"{path} is there and differs.",
                    "Name another folder, or give --force. Nothing was written.",
                )
    for path, text in texts.items():
        write_whole(path, text)
    return list(texts)


def path_in(folder: Path, topic: Topic) -> Path:
    """Return where a topic's file belongs below a folder; nothing in the deck's name can lead out of it."""
    return place_in(folder, topic.deck, topic.id)


def place_in(folder: Path, deck: str, name: str) -> Path:
    """Return where a file of a deck belongs below a folder; nothing in either name can lead out of it."""
    return folder.joinpath(*map(_safe, deck.split("/")), f"{_safe(name)}.md")


def _safe(name: str) -> str:
    return re.sub(r"[^\w.\- ]", "-", name).strip(". ") or "unnamed"


def _in_folder(folder: Path) -> list[Path]:
    listing = deck_files_in(str(folder))
    if listing.unread:
        raise DeckError(f"{listing.unread[0]} cannot be read.", "Check its permissions.")
    return sorted(map(Path, listing.files))


def root_of(path: Path, roots: Sequence[Path]) -> Path | None:
    """Return the innermost of the folders that a file lies in."""
    around = [root for root in roots if path.is_relative_to(root)]
    return max(around, key=lambda root: len(root.parts), default=None)


def _folder_deck(file: Path, root: Path) -> str:
    parts = file.parent.resolve().relative_to(root.resolve()).parts
    return "/".join(parts) or "unsorted"


def _read(path: Path, default_deck: str) -> DeckFile:
    stamp = stamp_of(str(path))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DeckError(f"{path} cannot be read: {error.strerror}.", "Check its permissions.") from error
    file = from_bytes(str(path.resolve()), str(path), content, default_deck)
    return replace(file, stamp=stamp)


def from_bytes(path: str, name: str, content: bytes, default_deck: str) -> DeckFile:
    """Return a deck file with this content, wherever that comes from."""
    text, problems = decode(content, path)
    return DeckFile(path, name, text, default_deck or "unsorted", problems)


def _bundled() -> list[tuple[str, bytes]]:
    """Return the path and the content of each deck that lies beside the package, in order.

    They are not imported as a package: a folder `cards` in which the learner works would come first.
    """
    found = (
        (f"{BUNDLED}{path.relative_to(_CARDS).as_posix()}", path.read_bytes())
        for path in _CARDS.rglob("*.md")
    )
    return sorted(found)
