"""The library: decks taken in from files, checked, and written back.

Every start opens it, few have to read a deck: the parser and what goes with it are imported where they are used.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.core.overview import deck_tree
from quizapp.core.topic import CardId, PredictionBlock, Problem, Topic, TopicId
from quizapp.errors import DeckError
from quizapp.services.deck_files import (
    BUNDLED,
    DeckFile,
    bundled_files,
    bundled_fingerprint,
    from_bytes,
    path_in,
    read_files,
    root_of,
    write_all,
    write_whole,
)
from quizapp.services.deck_folders import deck_folders, note_files
from quizapp.services.deck_listing import Stamp, stamp_of
from quizapp.services.workspace import Workspace, open_workspace
from quizapp.store import library, queue

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from quizapp.core.reconcile import KnownTopic, Reconciliation

_FINGERPRINT = "bundled decks"


class CatalogueCheck:
    """Checks what decks name against the catalogue of simulations."""

    def check(self, simulation: str, settings: tuple[tuple[str, str], ...]) -> str | None:
        """Return what is wrong with the name or the settings, or None."""
        from sims.catalogue import UnknownSimulation, get
        from sims.protocol import KnobError, knobs_from_text

        try:
            knobs_from_text(get(simulation), dict(settings))
        except (UnknownSimulation, KnobError) as error:
            return str(error)
        return None

    def check_claim(self, simulation: str, claim: str) -> str | None:
        """Return what is wrong with a claim's id, or None; the simulation is one that there is."""
        from sims.catalogue import get

        known = [declared.id for declared in get(simulation).declared_claims]
        if claim in known:
            return None
        return f"{simulation} makes no claim {claim!r}: it makes {', '.join(known)}"

    def check_prediction(
        self, simulation: str, settings: tuple[tuple[str, str], ...], tolerance: float | None
    ) -> str | None:
        """Return what is wrong with the settings of a `sim predict` block, which may be ranges, or None."""
        from quizapp.core.trial import trial
        from sims.catalogue import UnknownSimulation, get
        from sims.protocol import KnobError

        block = PredictionBlock(simulation, settings, tolerance)
        try:
            asked = trial(get(simulation), block, CardId(""), 0).prediction
        except (UnknownSimulation, KnobError) as error:
            return str(error)
        if tolerance is not None and asked.choices:
            return f"{simulation} asks for one of {len(asked.choices)} choices: a tolerance means nothing"
        return None


@dataclass(frozen=True, slots=True)
class Added:
    """What an `add` did, as card ids, and what was wrong in the files."""

    added: tuple[CardId, ...]
    changed: tuple[CardId, ...]
    renamed: tuple[CardId, ...]
    archived: tuple[CardId, ...]
    problems: tuple[Problem, ...]


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

    done = _take_in(workspace, files, covers)
    note_files(workspace, folders, _stamps(files), ())
    _bring_back(workspace, done)
    return done


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
    done = _take_in(workspace, files, covered.__contains__)
    note_files(workspace, (), stamps | _stamps(files), gone)
    _bring_back(workspace, done)
    return replace(done, problems=(*done.problems, *unreadable))


def lint(workspace: Workspace, path: Path, content: bytes) -> tuple[Problem, ...]:
    """Return every problem that a file with this content has by itself; nothing is read from it or written."""
    root = root_of(path, deck_folders(workspace))
    deck = "/".join(path.parent.relative_to(root).parts) if root else ""
    return _parsed([from_bytes(str(path), str(path), content, deck)])[1]


def _stamps(files: Sequence[DeckFile]) -> dict[str, Stamp]:
    return {file.path: file.stamp for file in files if file.stamp is not None}


def _bring_back(workspace: Workspace, done: Added) -> None:
    """Have a bundled topic again that the learner had taken over, and whose file is gone."""
    if done.archived and library.fact(workspace.database.read, _FINGERPRINT):
        _add_bundled(workspace, bundled_fingerprint())


def check(paths: Sequence[Path]) -> tuple[Problem, ...]:
    """Return every problem of the deck files, with paths as they were given.

    Raises:
        DeckError: A path does not exist or cannot be read.
    """
    return _parsed(read_files(paths))[1]


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
    """

    path: Path
    missing: str
    came_with: bool


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
        return Editable(Path(source), "", came_with)
    path = path_in(workspace.paths.decks, topic)
    return Editable(path, "" if path.exists() else write_topic(topic), came_with)


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
    _take_in(
        workspace,
        bundled_files(),
        lambda source: source.startswith(BUNDLED),
        keep=lambda topic: topic.id not in own,
    )
    with workspace.database.write() as connection:
        library_writes.remember(connection, _FINGERPRINT, fingerprint)


def _take_in(
    workspace: Workspace,
    files: Sequence[DeckFile],
    covers: Callable[[str], bool],
    keep: Callable[[Topic], bool] = lambda topic: True,  # noqa: ARG005 - every topic
) -> Added:
    parsed, problems = _parsed(files)
    incoming = [(path, topic) for path, topic in parsed if keep(topic)]
    unread = {file.path for file in files} - {path for path, _ in parsed}
    day, _ = workspace.today()
    with workspace.database.write() as connection:
        return _reconciled(
            connection, files, incoming, problems, lambda path: covers(path) and path not in unread, day
        )


def take_in(connection: Connection, files: Sequence[DeckFile], day: int) -> Added:
    """Take in deck files, and nothing else, as a part of a transaction on a study day."""
    parsed, problems = _parsed(files)
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
    """Return, by path, the files that claim the id of another topic, whose own file is still there.

    Without this a file found somewhere could take over a card and its history by naming its id.
    """
    from quizapp.core.deck_ids import slug
    from quizapp.core.deck_similarity import MIN_SIMILARITY, Words

    names = {file.path: file.name for file in files}
    owners = {topic.id: topic for topic in known if not topic.archived}
    refused: dict[str, Problem] = {}
    for path, topic in incoming:
        owner = owners.get(topic.id)
        if (
            owner is None
            or owner.path in (path, *names)
            or owner.path in covered
            or topic.id == slug(topic.title)
        ):
            continue
        is_edited = Words.of(owner.question).similarity(Words.of(topic.question)) >= MIN_SIMILARITY
        if not is_edited and (owner.path.startswith(BUNDLED) or Path(owner.path).is_file()):
            what = f"the id {topic.id!r} belongs to another topic, of {owner.path}"
            refused[path] = Problem(names[path], 1, 1, what, "give this topic an id of its own")
    return refused


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


def _parsed(files: Sequence[DeckFile]) -> tuple[list[tuple[str, Topic]], tuple[Problem, ...]]:
    """Return the topics of the files that could be decoded, and the problems of all files in their order."""
    from quizapp.core.deck_parser import parse_topics

    undecodable = {file.path for file in files if any(problem.fatal for problem in file.problems)}
    parsed = parse_topics(
        [(file.path, file.text, file.default_deck) for file in files], simulations=CatalogueCheck()
    )
    topics = [(path, topic) for path, topic in parsed.topics if path not in undecodable]
    names = {file.path: file.name for file in files}
    problems = [
        replace(problem, path=names[problem.path])
        for problem in (*(problem for file in files for problem in file.problems), *parsed.problems)
    ]
    return topics, tuple(sorted(problems, key=lambda problem: (problem.path, problem.line, problem.column)))
