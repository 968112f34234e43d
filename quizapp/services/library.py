"""The library: decks taken in from files, edited, and written back.

Every start opens it, few have to read a deck: the parser and what goes with it are imported where they are used.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from quizapp.core.overview import deck_tree
from quizapp.core.topic import Problem, Topic, TopicId
from quizapp.errors import DeckError
from quizapp.services.deck_files import (
    BUNDLED,
    DeckFile,
    bundled_files,
    bundled_fingerprint,
    passed_over,
    path_in,
    read_files,
    write_all,
    write_whole,
)
from quizapp.services.deck_folders import deck_folders, note_files, seen_files
from quizapp.services.deck_folders import stamps as stamps_of_files
from quizapp.services.deck_listing import Stamp, stamp_of
from quizapp.services.taking_in import Added, take_in_files
from quizapp.services.workspace import Workspace, open_workspace
from quizapp.store import library, queue

_FINGERPRINT = "bundled decks"
_LIKE_A_TOPIC = re.compile(r"^## *Question", re.MULTILINE)


def open_library(url: str | None, *, may_create: bool = False) -> Workspace:
    """Return the workspace with the bundled decks in it, as they are in this version of quizapp.

    Raises:
        ConfigError: The settings file is wrong.
        StoreError: The database cannot be used.
    """
    workspace = open_workspace(url, may_create=may_create)
    keep_bundled(workspace)
    return workspace


def keep_bundled(workspace: Workspace) -> None:
    """Take the bundled decks in, unless they are there as they are in this version of quizapp.

    Raises:
        StoreError: The database cannot be used.
    """
    fingerprint = bundled_fingerprint()
    if library.fact(workspace.database.read, _FINGERPRINT) != fingerprint:
        _add_bundled(workspace, fingerprint)


def add(workspace: Workspace, paths: Sequence[Path]) -> Added:
    """Take deck files, and folders of them, into the library. Doing it twice changes nothing.

    A topic that has vanished from a folder given here is archived with its history. A bad file costs itself alone.

    Raises:
        DeckError: A path does not exist or cannot be read.
        StoreError: The database cannot be written.
    """
    files = read_files(paths, deck_folders(workspace))
    folders = [path.resolve() for path in paths if path.is_dir()]
    given = {file.path for file in files}

    def covers(source: str) -> bool:
        return source in given or (
            not source.startswith(BUNDLED) and any(Path(source).is_relative_to(folder) for folder in folders)
        )

    done = take_in_files(workspace, files, covers)
    note_files(workspace, folders, _stamps(files), ())
    _bring_back(workspace, done)
    return replace(done, problems=(*passed_over(paths), *done.problems))


def add_changes(workspace: Workspace, changed: Sequence[Path], gone: Sequence[str]) -> Added:
    """Take in files that have changed, and archive the topics whose files are gone; one unreadable file costs itself alone.

    Raises:
        StoreError: The database cannot be written.
    """
    roots, files, unreadable = deck_folders(workspace), list[DeckFile](), list[Problem]()
    stamps: dict[str, Stamp] = {}
    for path in changed:
        try:
            files += read_files([path], roots)
        except DeckError as error:
            unreadable.append(Problem(str(path), 1, 1, error.message.rstrip("."), error.hint))
            if (stamp := stamp_of(str(path))) is not None:
                stamps[str(path)] = stamp
    covered = {*gone, *(file.path for file in files)}
    waiting = _waiting_files(workspace, covered)
    done = take_in_files(workspace, [*files, *waiting], covered.__contains__)
    note_files(workspace, (), stamps | _stamps(files), gone)
    _bring_back(workspace, done)
    told = {file.name for file in waiting}
    news = (problem for problem in done.problems if problem.path not in told)
    return replace(done, problems=(*news, *unreadable))


def _waiting_files(workspace: Workspace, others: Container[str]) -> list[DeckFile]:
    """Read the files that no topic comes from though they look like one: their id may be free by now."""
    held = {known.path for known in library.known_topics(workspace.database.read) if not known.archived}
    roots, found = deck_folders(workspace), list[DeckFile]()
    for path in stamps_of_files(seen_files(workspace)):
        if path in held or path in others:
            continue
        with suppress(DeckError):  # it has gone, or cannot be read
            found += read_files([Path(path)], roots)
    return [file for file in found if _LIKE_A_TOPIC.search(file.text)]


def _stamps(files: Sequence[DeckFile]) -> dict[str, Stamp]:
    return {file.path: file.stamp for file in files if file.stamp is not None}


def _bring_back(workspace: Workspace, done: Added) -> None:
    """Have a bundled topic again that the learner had taken over, and whose file is gone."""
    if done.archived and library.fact(workspace.database.read, _FINGERPRINT):
        _add_bundled(workspace, bundled_fingerprint())


def export(workspace: Workspace, folder: Path, *, overwrite: bool = False) -> list[Path]:
    """Write every topic below a folder, a file each, and return the files that were written; deleted cards stay out.

    Raises:
        DeckError: A file is in the way that holds something else, or cannot be written.
    """
    from quizapp.core.deck_writer import write_topic

    topics = library.studied_topics(workspace.database.read)
    return write_all({path_in(folder, topic): write_topic(topic) for topic in topics}, overwrite=overwrite)


@dataclass(frozen=True, slots=True)
class Editable:
    """Where a topic is edited.

    Attributes:
        missing: What is to be written there first; empty where the file is there already.
        came_with: Whether the topic came with quizapp, and the file is to be the learner's copy.
        topic: As the library has it.
    """

    path: Path
    missing: str
    came_with: bool
    topic: Topic


def editable(workspace: Workspace, topic_id: TopicId) -> Editable:
    """Return the file to edit for a topic, for a bundled or vanished one in the learner's own decks. Nothing is written.

    Raises:
        DeckError: There is no such topic.
    """
    from quizapp.core.deck_writer import write_topic

    found = library.topic(workspace.database.read, topic_id)
    if found is None:
        raise DeckError(f"There is no topic {topic_id!r}.")
    topic, source = found
    came_with = source.startswith(BUNDLED)
    if not came_with and Path(source).is_file():
        return Editable(Path(source), "", came_with, topic)
    path = path_in(workspace.paths.decks, topic)
    return Editable(path, "" if path.exists() else write_topic(topic), came_with, topic)


def editable_file(workspace: Workspace, topic_id: TopicId) -> Path:
    """Return the file to edit for a topic; a bundled or vanished one is first written to the learner's own decks.

    Raises:
        DeckError: There is no such topic, or its file cannot be written.
    """
    place = editable(workspace, topic_id)
    if place.missing:
        write_whole(place.path, place.missing)
    return place.path


def deck_paths(workspace: Workspace) -> list[str]:
    """Return the path of every deck, those included that only hold other decks."""
    return [row.path for row in deck_tree(queue.decks(workspace.database.read), {}, 0, 0)]


def require_deck(workspace: Workspace, deck: str) -> None:
    """Raise a DeckError when the library has no deck of this path."""
    paths = deck_paths(workspace)
    if deck not in paths:
        raise DeckError(f"There is no deck {deck!r}.", f"There are: {', '.join(paths) or 'none yet'}.")


def _add_bundled(workspace: Workspace, fingerprint: str) -> None:
    """Take in the bundled decks; topics that the learner has taken over stay theirs."""
    from quizapp.store import library_writes

    own = {
        known.id
        for known in library.known_topics(workspace.database.read)
        if not known.archived and not known.path.startswith(BUNDLED)
    }
    take_in_files(
        workspace,
        bundled_files(),
        lambda source: source.startswith(BUNDLED),
        keep=lambda topic: topic.id not in own,
    )
    with workspace.database.write() as connection:
        library_writes.remember(connection, _FINGERPRINT, fingerprint)
