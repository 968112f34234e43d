"""Topics moved to another deck: the category line of their files, the library, and the log, in step.

The files are written first and the database last. If the database refuses, the files are put back. After a crash between
the two a file names the new deck and the library still has the old one: doing the move again, or adding the file, ends
it, and nothing else can come of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.core.change import Change, Changed
from quizapp.core.deck_category import category_line, with_category, with_former_category
from quizapp.core.deck_metadata import deck_path
from quizapp.core.deck_parser import parse_topic
from quizapp.core.deck_text import decode
from quizapp.core.log import Entry, EntryKind, entry_id
from quizapp.core.plain import printable
from quizapp.core.topic import CardId, TopicId
from quizapp.errors import DeckError, QuizError, UsageError
from quizapp.services import changes, library
from quizapp.services.deck_files import DeckFile, write_whole
from quizapp.services.workspace import Workspace
from quizapp.store import library as stored
from quizapp.store import writes
from quizapp.store.database import Execute, execute_in
from quizapp.store.states import TopicStanding

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A file before and after.

    Attributes:
        before: What stands in the file, or would stand there without the move.
        deck: Where its topic belongs afterwards.
        is_new: The file is not there yet: the topic came with quizapp, or its file has gone.
    """

    topic: TopicId
    path: Path
    before: str
    after: str
    deck: str
    is_new: bool = False


def move(workspace: Workspace, cards: Sequence[CardId], deck: str) -> Changed:
    """Move the topics of these cards to a deck. Every card of a topic goes along, and gets its entry in the log.

    Raises:
        DeckError: A card is not in the library, or a file cannot be read or written, or has problems.
        UsageError: The name is no deck's.
        StoreError: The database cannot be written; the files are as they were.
    """
    wanted = named_deck(deck)
    standings = _elsewhere(workspace.database.read, cards, wanted)
    rewrites = {standing.id: _rewrite(workspace, standing.id, wanted) for standing in standings}
    with ExitStack() as kept, workspace.database.write() as connection:
        plan = _planned(workspace, connection, cards, wanted, rewrites)
        if plan.entries:
            _take_in(connection, kept, tuple(rewrites.values()))
            writes.append_entries(connection, plan.entries)
    return plan.changed


def foreseen(workspace: Workspace, cards: Sequence[CardId], deck: str) -> Changed:
    """Return what a move would do. Nothing is written.

    Raises:
        DeckError: A card is not in the library.
        UsageError: The name is no deck's.
    """
    wanted = named_deck(deck)
    standings = _elsewhere(workspace.database.read, cards, wanted)
    return _changed(workspace, cards, wanted, standings)


def move_back(connection: Connection, kept: ExitStack, moved: Sequence[Entry]) -> str:
    """Give the topics of moved cards their former category lines again, and return what could not be put back.

    Args:
        kept: Outlives the transaction, and puts the files back if that fails.

    Raises:
        DeckError: A file cannot be read or written, or has problems.
    """
    rewrites: list[Rewrite] = []
    missing: list[str] = []
    for entry in moved:
        former = entry.extra.get("from")
        topic = entry.extra.get("topic")
        if not isinstance(former, str) or not isinstance(topic, str):
            continue  # another card of a topic that an entry before told
        source = _source(execute_in(connection), TopicId(topic))
        if source is None:
            missing.append(topic)
            continue
        line = entry.extra.get("line")
        text = _read(source)
        after = _moved_back(text, line if isinstance(line, str) else None, former)
        rewrites.append(_checked(Rewrite(TopicId(topic), source, text, after, former)))
    if rewrites:
        _take_in(connection, kept, rewrites)
    if not missing:
        return ""
    return f"The files of these have gone, so they stay where they are: {printable(', '.join(missing))}."


def _moved_back(text: str, line: str | None, former: str) -> str:
    """Return a file's text with its former line, or with its former deck if that line did not say it.

    After a crash in the midst of a move the line said the new deck already when the move was done again.
    """
    after = with_former_category(text, line)
    topic = parse_topic(after, "", default_deck=former).topic
    return after if topic is None or topic.deck == former else with_category(text, former)


def named_deck(text: str) -> str:
    """Return a deck's path as it is kept.

    Raises:
        UsageError: No deck can have this name.
    """
    wanted = deck_path(text)
    if not wanted or not wanted.isprintable() or wanted.endswith("\\"):
        raise UsageError(f"{printable(text)!r} names no deck.", "Give a path such as maths/linear algebra.")
    return wanted


def _elsewhere(execute: Execute, cards: Sequence[CardId], deck: str) -> list[TopicStanding]:
    """Return the standings of the topics that are not in the deck yet."""
    known = changes.known(execute, tuple(dict.fromkeys(cards)), EntryKind.MOVE)
    decks = stored.decks_of(execute, [standing.id for standing in known])
    return [standing for standing in known if decks[standing.id] != deck]


def _changed(
    workspace: Workspace,
    cards: Sequence[CardId],
    deck: str,
    standings: Sequence[TopicStanding],
) -> Changed:
    chosen = set(cards)
    moved = [shape.id for standing in standings for shape in standing.shapes if not shape.archived]
    along = sum(card not in chosen for card in moved)
    change = Change(EntryKind.MOVE, words=deck)
    unchanged = len(chosen) - (len(moved) - along)
    return Changed(change, tuple(moved), along, unchanged, workspace.today().day)


def _planned(
    workspace: Workspace,
    connection: Connection,
    cards: Sequence[CardId],
    deck: str,
    rewrites: Mapping[TopicId, Rewrite],
) -> changes.Plan:
    """Return an entry for every card that moves; the first of each topic tells where it comes from."""
    execute = execute_in(connection)
    standings = [standing for standing in _elsewhere(execute, cards, deck) if standing.id in rewrites]
    decks = stored.decks_of(execute, [standing.id for standing in standings])
    now = workspace.today()
    identifier = first = writes.new_id(connection, now.ms)
    entries: list[Entry] = []
    for standing in standings:
        extra: dict[str, object] = {
            "topic": standing.id,
            "from": decks[standing.id],
            "line": category_line(rewrites[standing.id].before),
        }
        for shape in standing.shapes:
            if not shape.archived:
                entries.append(
                    Entry(
                        identifier, *(now.ms, now.day), workspace.device, shape.id, EntryKind.MOVE,
                        words=deck, batch=first, extra=extra,
                    )
                )  # fmt: skip
                identifier, extra = entry_id(now.ms, 0, identifier), {}
    return changes.Plan(_changed(workspace, cards, deck, standings), tuple(entries), ())


def _rewrite(workspace: Workspace, topic: TopicId, deck: str) -> Rewrite:
    path, text = library.editable_text(workspace, topic)
    is_new = not path.exists()
    before = text if is_new else _read(path)
    return _checked(Rewrite(topic, path, before, with_category(before, deck), deck, is_new))


def _checked(rewrite: Rewrite) -> Rewrite:
    """Return the rewrite if the file then holds the same topic in the wanted deck."""
    before = parse_topic(rewrite.before, str(rewrite.path), default_deck=rewrite.deck)
    after = parse_topic(rewrite.after, str(rewrite.path), default_deck=rewrite.deck)
    if before.topic is None:
        problem = next(problem for problem in before.problems if problem.fatal)
        raise DeckError(f"{problem}", "Nothing was moved. Mend the file first: e on its card edits it.")
    if after.topic is None or after.topic != replace(before.topic, deck=rewrite.deck):
        raise DeckError(
            f"{rewrite.path} cannot be moved to {rewrite.deck!r} by its category line.",
            "Nothing was moved. Write the line `**Category:** deck` below its title by hand.",
        )
    return rewrite


def _take_in(connection: Connection, kept: ExitStack, rewrites: Sequence[Rewrite]) -> None:
    """Write the files and take them in; one that the library does not take as its topic calls all of it off."""
    problems = library.take_in(connection, kept.enter_context(_written(rewrites))).problems
    hint = "Nothing was moved. Mend the file first: e on its card edits it."
    if fatal := [problem for problem in problems if problem.fatal]:
        raise DeckError(f"{fatal[0]}", hint)
    decks = stored.decks_of(execute_in(connection), [rewrite.topic for rewrite in rewrites])
    for rewrite in rewrites:
        if decks[rewrite.topic] != rewrite.deck:
            raise DeckError(f"{rewrite.path} is not the topic {rewrite.topic!r} any more.", hint)


def _read(path: Path) -> str:
    """Return a file's text with its own line ends and mark.

    Raises:
        DeckError: It cannot be read, or is not UTF-8.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DeckError(f"{path} cannot be read: {error.strerror}.", "Check its permissions.") from error
    _, problems = decode(content, str(path))
    if problems:
        raise DeckError(f"{problems[0]}", "Nothing was moved.")
    return content.decode("utf-8")


def _source(execute: Execute, topic: TopicId) -> Path | None:
    """Return the learner's own file of a topic; None when it has gone."""
    found = stored.topic(execute, topic)
    path = Path(found[1]) if found is not None else None
    return path if path is not None and path.is_file() else None


@contextmanager
def _written(rewrites: Sequence[Rewrite]) -> Iterator[list[DeckFile]]:
    """Write the files, give them as the library takes them in, and put them back if anything fails."""
    done: list[Rewrite] = []
    try:
        for rewrite in rewrites:
            if rewrite.is_new or rewrite.after != rewrite.before:
                write_whole(rewrite.path, rewrite.after)
                done.append(rewrite)
        yield [_deck_file(rewrite) for rewrite in rewrites]
    except BaseException:
        for rewrite in done:
            _put_back(rewrite)
        raise


def _deck_file(rewrite: Rewrite) -> DeckFile:
    text, problems = decode(rewrite.after.encode(), str(rewrite.path))
    return DeckFile(str(rewrite.path.resolve()), str(rewrite.path), text, rewrite.deck, problems)


def _put_back(rewrite: Rewrite) -> None:
    """Write what stood in the file, or take a new one away; what made the move fail is what the learner hears of."""
    with suppress(QuizError, OSError):
        if rewrite.is_new:
            rewrite.path.unlink()
        else:
            write_whole(rewrite.path, rewrite.before)
