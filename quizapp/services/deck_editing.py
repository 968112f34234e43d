"""A deck file in the app's editor: opened, checked while it is typed, saved, and taken into the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from quizapp.core.kept_text import KeptText, is_text, kept_text
from quizapp.core.topic import Problem, TopicId
from quizapp.errors import DeckError
from quizapp.services import deck_checks, library
from quizapp.services.deck_folders import deck_folders
from quizapp.services.deck_listing import deck_files_in
from quizapp.services.drafts import (
    Draft,
    content_of,
    digest,
    drafts_of,
    first_place,
    free_place,
    keep_draft,
)
from quizapp.services.new_topics import create_topic
from quizapp.services.replace_file import create_file, replace_file
from quizapp.services.taking_in import Added
from quizapp.services.workspace import Workspace

MOST_BYTES = 4_000_000
LONGEST_LINE = 50_000
"""Above these a key takes longer than a tenth of a second in the editor (measured: 2 MB 30 ms, a line of 200,000 0.3 s)."""


class ChangedOnDiskError(DeckError):
    """The file is not what it was when it was opened, so that saving would lose what somebody else wrote.

    Attributes:
        is_gone: It was deleted, and nothing is in its place.
    """

    def __init__(self, message: str, *, is_gone: bool = False) -> None:
        """Say what was done to the file."""
        super().__init__(message)
        self.is_gone = is_gone


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as the editor has it.

    Attributes:
        base: The digest of the content on disk that the text was made from; empty where there was no file.
        notice: What the learner should know before saving; empty where there is nothing.
        folder: Where a new topic goes, its name not settled before it is saved; None for any other.
        is_draft: Whether the text was typed, and is in no file.
    """

    path: Path
    text: KeptText
    base: str
    notice: str = ""
    folder: Path | None = None
    is_draft: bool = False


def open_topic(workspace: Workspace, topic_id: TopicId) -> Opened:
    """Return a topic's file, or what the file is to be; nothing is written.

    Raises:
        DeckError: There is no such topic, or its file cannot be read or is not fit for this editor.
    """
    place = library.editable(workspace, topic_id)
    if not place.missing:
        return open_file(place.path)
    reason = "This topic came with quizapp" if place.came_with else "The file of this topic is gone"
    notice = f"{reason}: saving writes your own copy, {place.path}"
    return Opened(place.path, kept_text(place.missing.encode()), "", notice)


def open_file(path: Path) -> Opened:
    """Return a file that is there; a link is followed.

    Raises:
        DeckError: It cannot be read, or is not fit for this editor.
    """
    path = path.resolve()
    content = content_of(path)
    if content is None:
        raise DeckError(f"{path} is gone.", "Put it back, or delete the topic.")
    return Opened(path, _fit(path, content), digest(content))


def open_new(folder: Path, text: str, *, is_draft: bool) -> Opened:
    """Return a new topic that is to be written below a folder; its title says how the file is called."""
    return Opened(folder / "new topic.md", kept_text(text.encode()), "", "", folder, is_draft)


def unsaved(workspace: Workspace, opened: Opened) -> Draft | None:
    """Return what was typed into the file earlier and never saved, unless the file holds it already."""
    found = kept(workspace, opened)
    return next((draft for draft in found if draft.content != opened.text.content), None)


def kept(workspace: Workspace, opened: Opened) -> tuple[Draft, ...]:
    """Return all that is written down of the file, also where the file holds it already."""
    return drafts_of(workspace, _kept_as(workspace, opened))


def restored(opened: Opened, draft: Draft) -> Opened:
    """Return the file with what was typed earlier; it goes over what was there then, and over nothing else."""
    return replace(opened, text=kept_text(draft.content), base=draft.base, is_draft=True)


def keep(workspace: Workspace, opened: Opened, lines: Sequence[str], place: Path | None = None) -> None:
    """Write down what is typed, so that it survives the app, at a place of an editor's own or at the first.

    Raises:
        DeckError: It cannot be written.
    """
    path = _kept_as(workspace, opened)
    content = opened.text.with_lines(lines)
    keep_draft(place or first_place(workspace, path), path, opened.base, content)


def own_place(workspace: Workspace, opened: Opened) -> Path:
    """Return a place for what is typed in one editor, where no other one has written."""
    return free_place(workspace, _kept_as(workspace, opened))


def problems(workspace: Workspace, opened: Opened, lines: Sequence[str]) -> tuple[Problem, ...]:
    """Return what is wrong with the file as it is typed, by itself."""
    return deck_checks.lint(workspace, opened.path, opened.text.with_lines(lines))


def is_as_opened(opened: Opened) -> bool:
    """Return whether the disk holds still what the text was made from.

    Raises:
        DeckError: The file is there and cannot be read.
    """
    return digest(content_of(opened.path)) == opened.base


def moved(workspace: Workspace, opened: Opened) -> Opened | None:
    """Return a file that has gone at its new path: where a deck folder holds its very content; None where none does."""
    size = None if opened.is_draft else len(opened.text.content)
    for folder in deck_folders(workspace):
        for path, (*_, length) in deck_files_in(str(folder)).files.items():
            if size in (None, length) and digest(content_of(Path(path))) == opened.base:
                return replace(opened, path=Path(path).resolve())
    return None


def save(workspace: Workspace, opened: Opened, lines: Sequence[str]) -> Opened:
    """Write the file, every byte that was not edited as it was, and return it as it is now.

    Raises:
        ChangedOnDiskError: It was changed, made or deleted since it was opened. Nothing is written.
        DeckError: It cannot be written. What was typed is still kept.
    """
    content = opened.text.with_lines(lines)
    if opened.folder is not None:
        return _saved(create_topic(workspace, opened.folder, content), content)
    now = content_of(opened.path)
    if digest(now) != opened.base and now != content:
        gone = f"{opened.path} was deleted since it was opened here."
        if now is None:
            raise ChangedOnDiskError(gone, is_gone=True)
        raise ChangedOnDiskError(f"{opened.path} was changed by another program.")
    if now is None and not create_file(opened.path, content):
        raise ChangedOnDiskError(f"{opened.path} was made by another program.")
    replace_file(opened.path, content)
    return _saved(opened.path, content)


def save_over(seen: Opened | None) -> Callable[[Workspace, Opened, Sequence[str]], Opened]:
    """Return how to write a file over another program's words, as far as the learner has seen them.

    Args:
        seen: The file as it was shown; None where it was seen to be gone. One that is otherwise by now is left as it is.
    """

    def write(workspace: Workspace, opened: Opened, lines: Sequence[str]) -> Opened:
        return save(workspace, replace(opened, base=seen.base if seen is not None else ""), lines)

    return write


def save_beside(opened: Opened, lines: Sequence[str]) -> Path:
    """Write what was typed beside the file, under a name that no deck file has and nothing else bears; return it.

    Raises:
        DeckError: It cannot be written. What was typed is still kept.
    """
    content = opened.text.with_lines(lines)
    for number in count(1):
        path = opened.path.with_name(f"{opened.path.name}.mine{number if number > 1 else ''}")
        if create_file(path, content):
            return path
    raise AssertionError("numbers do not end")


def take_in(workspace: Workspace, opened: Opened) -> Added:
    """Take the saved file into the library.

    Raises:
        DeckError: The file has gone.
        StoreError: The library cannot be written; the file is saved all the same.
    """
    return library.add(workspace, [opened.path])


def _kept_as(workspace: Workspace, opened: Opened) -> Path:
    """Return the path under which drafts are kept: one for all new topics, wherever they are to go."""
    return opened.path if opened.folder is None else workspace.paths.decks / opened.path.name


def _saved(path: Path, content: bytes) -> Opened:
    return Opened(path, kept_text(content), digest(content))


def _fit(path: Path, content: bytes) -> KeptText:
    elsewhere = "Open it in an editor of your own."
    if not is_text(content):
        raise DeckError(f"{path} is no UTF-8 text.", f"Save it as UTF-8. {elsewhere}")
    text = kept_text(content)
    if len(content) > MOST_BYTES or max(map(len, text.lines)) > LONGEST_LINE:
        raise DeckError(f"{path} is too large for this editor.", elsewhere)
    return text
