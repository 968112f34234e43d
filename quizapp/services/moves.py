"""Topics moved to another deck: the category line of their files, the library, and the log, in step.

The files are written first and the database last. If the database refuses, the files are put back. After a crash between
the two a file names the new deck and the library still has the old one: doing the move again, or adding the file, ends
it, and nothing else can come of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.core.change import Change, Changed
from quizapp.core.deck_category import category_line, with_category, with_former_category
from quizapp.core.deck_metadata import deck_path
from quizapp.core.deck_parser import parse_topic
from quizapp.core.log import Entry, EntryKind, entry_id
from quizapp.core.plain import printable
from quizapp.core.topic import CardId, TopicId
from quizapp.errors import DeckError, UsageError
from quizapp.services import changes, library, redo, taking_in
from quizapp.services.rewrites import Rewrite, checked, file_text, rewritten
from quizapp.services.workspace import Workspace
from quizapp.store import library as stored
from quizapp.store import writes
from quizapp.store.database import Execute, execute_in
from quizapp.store.states import TopicStanding

if TYPE_CHECKING:
    from sqlalchemy import Connection


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
            _take_in(connection, kept, tuple(rewrites.values()), workspace.today().day)
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


def move_back(connection: Connection, kept: ExitStack, moved: Sequence[Entry], day: int) -> str:
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
        text = file_text(source)
        after = _moved_back(text, line if isinstance(line, str) else None, former)
        rewrites.append(checked(Rewrite(TopicId(topic), source, text, after, former)))
    if rewrites:
        _take_in(connection, kept, rewrites, day)
    if not missing:
        return ""
    return f"The files of these have gone, so they stay where they are: {printable(', '.join(missing))}."


def move_again(workspace: Workspace, connection: Connection, kept: ExitStack, moved: Sequence[Entry]) -> None:
    """Move topics once more that were moved back, and write so.

    Raises:
        DeckError: A file cannot be read or written, or has problems.
    """
    rewrites = [
        _rewrite(workspace, TopicId(topic), entry.words)
        for entry in moved
        if isinstance(topic := entry.extra.get("topic"), str)
    ]
    _take_in(connection, kept, rewrites, workspace.today().day)
    writes.append_entries(connection, redo.copies(connection, moved, workspace.today().ms))


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
    moved = tuple(shape.id for standing in standings for shape in standing.shapes if not shape.archived)
    along = tuple(card for card in moved if card not in chosen)
    change = Change(EntryKind.MOVE, words=deck)
    unchanged = len(chosen) - (len(moved) - len(along))
    return Changed(change, moved, along, unchanged, workspace.today().day)


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
    place = library.editable(workspace, topic)
    before = place.missing or file_text(place.path)
    return checked(Rewrite(topic, place.path, before, with_category(before, deck), deck, bool(place.missing)))


def _take_in(connection: Connection, kept: ExitStack, rewrites: Sequence[Rewrite], day: int) -> None:
    """Write the files and take them in; one that the library does not take as its topic calls all of it off."""
    problems = taking_in.take_in(connection, kept.enter_context(rewritten(rewrites)), day).problems
    hint = "Nothing was moved. Mend the file first."
    if fatal := [problem for problem in problems if problem.fatal]:
        raise DeckError(f"{fatal[0]}", hint)
    decks = stored.decks_of(execute_in(connection), [rewrite.topic for rewrite in rewrites])
    for rewrite in rewrites:
        if decks[rewrite.topic] != rewrite.deck:
            raise DeckError(f"{rewrite.path} is not the topic {rewrite.topic!r} any more.", hint)


def _source(execute: Execute, topic: TopicId) -> Path | None:
    """Return the learner's own file of a topic; None when it has gone."""
    found = stored.topic(execute, topic)
    path = Path(found[1]) if found is not None else None
    return path if path is not None and path.is_file() else None
