"""Deck files taken into the library: matched with the topics that it has, and written in one transaction."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.core.topic import CardId, Problem, Topic, TopicId
from quizapp.errors import DeckError
from quizapp.services.deck_checks import parsed_files
from quizapp.services.deck_files import BUNDLED, DeckFile, read_files
from quizapp.services.deck_folders import deck_folders
from quizapp.services.deck_listing import stamp_of
from quizapp.services.workspace import Workspace
from quizapp.store import library

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from quizapp.core.reconcile import KnownTopic, Reconciliation


@dataclass(frozen=True, slots=True)
class Added:
    """What an `add` did, as card ids, and what was wrong in the files."""

    added: tuple[CardId, ...]
    changed: tuple[CardId, ...]
    renamed: tuple[CardId, ...]
    archived: tuple[CardId, ...]
    problems: tuple[Problem, ...]


def take_in_files(
    workspace: Workspace,
    files: Sequence[DeckFile],
    covers: Callable[[str], bool],
    keep: Callable[[Topic], bool] = lambda topic: True,  # noqa: ARG005 - every topic
) -> Added:
    """Take in deck files; where one holds what a topic's own file still holds, the own file has it.

    Args:
        files: One that was written anew since it was read is left for the next look.
        covers: Whether a path was looked at, so that a topic from there which is in none of the files is archived.
        keep: Which topics are taken in at all.

    Raises:
        StoreError: The database cannot be written.
    """
    known = library.known_topics(workspace.database.read)
    files = [*files, *_rightful_files(workspace, known, files)]
    parsed, problems = parsed_files(files, _holding(known))
    incoming = [(path, topic) for path, topic in parsed if keep(topic)]
    unread = {file.path for file in files} - {path for path, _ in parsed}
    day, _ = workspace.today()
    with workspace.database.write() as connection:
        # While this waited for its turn another change may have written files anew: what was read of them is no more.
        stale = {file.path for file in files if file.stamp is not None and stamp_of(file.path) != file.stamp}
        left_out = unread | stale
        return _reconciled(
            connection,
            files,
            [(path, topic) for path, topic in incoming if path not in stale],
            problems,
            lambda path: covers(path) and path not in left_out,
            day,
        )


def _holding(known: Sequence[KnownTopic]) -> set[str]:
    return {topic.path for topic in known if not topic.archived}


def _rightful_files(
    workspace: Workspace, known: Sequence[KnownTopic], files: Sequence[DeckFile]
) -> list[DeckFile]:
    """Read the files, not among these, of topics that some of these would take over though the file is still there.

    A copy that was made as the beginning of another topic would take the cards and their history along otherwise.
    """
    from quizapp.core.deck_matching import match_topics

    held, given = _holding(known), {file.path for file in files}
    new = [file for file in files if file.path not in held and not file.path.startswith(BUNDLED)]
    if not new:
        return []
    incoming, _ = parsed_files(new)
    claimed = {known[old].path for old in match_topics(known, incoming, frozenset()).values()}
    others = sorted(path for path in claimed & held if os.path.realpath(path) not in given)
    found: list[DeckFile] = []
    for path in others:
        with suppress(
            DeckError
        ):  # it came with quizapp, has gone or cannot be read: then it holds nothing here
            found += read_files([Path(path)], deck_folders(workspace))
    return found


def take_in(connection: Connection, files: Sequence[DeckFile], day: int) -> Added:
    """Take in deck files, and nothing else, as a part of a transaction on a study day."""
    parsed, problems = parsed_files(files)
    paths = {path for path, _ in parsed}
    return _reconciled(connection, files, parsed, problems, lambda path: path in paths, day)


def _reconciled(
    connection: Connection,
    files: Sequence[DeckFile],
    incoming: Sequence[tuple[str, Topic]],
    problems: tuple[Problem, ...],
    covers: Callable[[str], bool],
    day: int,
) -> Added:
    from quizapp.core.reconcile import reconcile
    from quizapp.store import library_writes
    from quizapp.store.database import execute_in

    execute = execute_in(connection)
    known = library.known_topics(execute)
    covered = {topic.path for topic in known if covers(topic.path)}
    refused = _ids_of_others(known, incoming, covered, files)
    incoming = [(path, topic) for path, topic in incoming if path not in refused]
    result = reconcile(known, incoming, covered)
    before = library.topics_of(execute, [kept.topic.id for kept in result.topics])
    touched = [kept for kept in result.topics if before.get(kept.topic.id) != (kept.topic, kept.path)]
    for kept in touched:
        library_writes.keep_topic(connection, kept, day)
    library_writes.archive(connection, result.archived_topics, result.archived)
    if touched or result.archived or result.restored:
        gone = [topic.id for topic in known if topic.id in result.archived_topics]
        library_writes.settle(connection, [*(kept.topic.id for kept in touched), *gone])
    return _report(result, before, (*problems, *refused.values()))


def _ids_of_others(
    known: Sequence[KnownTopic],
    incoming: Sequence[tuple[str, Topic]],
    covered: Container[str],
    files: Sequence[DeckFile],
) -> dict[str, Problem]:
    """Return, by path, the files that claim the id of another topic, whose own file is there but holds none now.

    Without this a file found somewhere could take over a card and its history by naming its id.
    """
    names = {file.path: file.name for file in files}
    owners = {topic.id: topic for topic in known if not topic.archived}
    read = {path for path, _ in incoming}
    refused: dict[str, Problem] = {}
    for path, topic in incoming:
        owner = owners.get(topic.id)
        if owner is None or owner.path in read or owner.path in covered or _is_free(owner, topic):
            continue
        what = f"the id {topic.id!r} belongs to another topic, of {owner.path}"
        refused[path] = Problem(names[path], 1, 1, what, "give this topic an id of its own")
    return refused


def _is_free(owner: KnownTopic, topic: Topic) -> bool:
    """Return whether a topic of another file may have the owner's id, or gets one like it and takes over nothing."""
    from quizapp.core.deck_ids import slug
    from quizapp.core.deck_similarity import MIN_SIMILARITY, Words

    is_edited = Words.of(owner.question).similarity(Words.of(topic.question)) >= MIN_SIMILARITY
    if owner.path.startswith(BUNDLED):
        return is_edited or topic.id == slug(topic.title)
    return not Path(owner.path).is_file() or (topic.id == slug(topic.title) and not is_edited)


def _report(
    result: Reconciliation, before: dict[TopicId, tuple[Topic, str]], problems: tuple[Problem, ...]
) -> Added:
    """Say what changed; a card counts as changed when its words did, on either side."""
    changed = list(result.changed)
    for kept in result.topics:
        if kept.topic.id not in before:
            continue
        old = before[kept.topic.id][0]
        if _alone(old) != _alone(kept.topic):
            changed.append(kept.question_card)
        answers = {follow_up.question: follow_up.answer for follow_up in old.follow_ups}
        for card, follow_up in zip(kept.follow_up_cards, kept.topic.follow_ups, strict=True):
            if answers.get(follow_up.question, follow_up.answer) != follow_up.answer:
                changed.append(card)
    return Added(
        added=(*result.added, *result.restored),
        changed=tuple(dict.fromkeys(changed)),
        renamed=result.renamed,
        archived=result.archived,
        problems=problems,
    )


def _alone(topic: Topic) -> Topic:
    """Return what of a topic belongs to its question's card."""
    return replace(topic, follow_ups=(), predictions=(), title="")
