"""Deck files on disk and in the package: found, read, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
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
            kept = "Its topics are kept: an empty folder of that name, added, would archive them."
            hint = kept if path.resolve() in roots else "Give a Markdown file, or a folder of them."
            raise DeckError(f"{path} does not exist.", hint)
        if not path.is_dir() and not path.is_file():
            raise DeckError(f"{path} is no file.", "Give a Markdown file, or a folder of them.")
        if path.is_dir():
            files += [_read(file, _deck_within(path, file, roots)) for file in _in_folder(path)]
        else:
            files.append(_read(path, _deck_of(path, roots)))
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


def passed_over(paths: Sequence[Path]) -> list[Problem]:
    """Return the links in these folders to folders elsewhere that hold deck files, which are not taken in."""
    links = [
        (link, Path(os.path.realpath(link)), path.resolve())
        for path in paths
        if path.is_dir()
        for link in deck_files_in(str(path)).linked_folders
    ]
    return [
        Problem(
            link, 1, 1, "a link to a folder is passed over", f"add the folder itself, {target}", fatal=False
        )
        for link, target, folder in sorted(links)
        if not target.is_relative_to(folder) and deck_files_in(str(target)).files
    ]


def _deck_within(folder: Path, file: Path, roots: Sequence[Path]) -> str:
    """Return the deck of a file in a folder that is read; a link to one that lies in a root has that one's."""
    if file.is_symlink() and (root := root_of(file.resolve(), roots)) is not None:
        return _folder_deck(file.resolve(), root)
    return _folder_deck(file, folder)


def _deck_of(path: Path, roots: Sequence[Path]) -> str:
    """Return the deck of a file by the folder that it lies in, or a link to it, within one of the roots."""
    for place in _places(path, roots):
        if (root := root_of(place, roots)) is not None:
            return _folder_deck(place, root)
    return "unsorted"


def _places(path: Path, roots: Sequence[Path]) -> Iterator[Path]:
    """Yield where a file lies, by its own path first, and last by the links to it that lie in the roots."""
    real = path.resolve()
    yield real
    yield path.parent.resolve() / path.name
    for root in roots:
        for link in deck_files_in(str(root)).links:
            if Path(link).resolve() == real:
                yield Path(link)


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
    return replace(file, stamp=stamp, problems=(*_problems_of_name(file.path), *file.problems))


def _problems_of_name(path: str) -> list[Problem]:
    try:
        path.encode()
    except UnicodeEncodeError:
        return [Problem(path, 1, 1, "the file's path is not UTF-8", "rename it", fatal=True)]
    return []


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
