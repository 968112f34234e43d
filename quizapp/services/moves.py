"""Topics moved to another deck: the category line of their files, the library, and the log, in step.

The files are written first and the database last. If the database refuses, the files are put back. After a crash between
the two a file names the new deck and the library still has the old one: doing the move again, or adding the file, ends
it, and nothing else can come of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.core.change import Change, Changed
from quizapp.core.deck_category import recategorised, with_category, with_former_category
from quizapp.core.deck_metadata import deck_path
from quizapp.core.deck_parser import parse_topic
from quizapp.core.log import Entry, EntryKind, entry_id
from quizapp.core.plain import printable
from quizapp.core.topic import CardId, Topic, TopicId
from quizapp.errors import DeckError, UsageError
from quizapp.services import changes, library, redo, taking_in
from quizapp.services.count import Count, uncounted
from quizapp.services.rewrites import Rewrite, checked, file_text, holds, rewritten
from quizapp.services.workspace import Workspace
from quizapp.store import library as stored
from quizapp.store import library_writes, writes
from quizapp.store.database import Execute, execute_in
from quizapp.store.states import TopicStanding

if TYPE_CHECKING:
    from sqlalchemy import Connection


def move(workspace: Workspace, cards: Sequence[CardId], deck: str, count: Count = uncounted) -> Changed:
    """Move the topics of these cards to a deck. Every card of a topic goes along, and gets its entry in the log.

    Args:
        count: Is told how many cards of how many are moved.

    Raises:
        DeckError: A card is not in the library, or a file cannot be read or written, or has problems.
        UsageError: The name is no deck's.
        StoreError: The database cannot be written; the files are as they were.
    """
    wanted = named_deck(deck)
    standings = _elsewhere(workspace.database.read, cards, wanted)
    rewrites: dict[TopicId, Rewrite] = {}
    of, done = sum(len(standing.there) for standing in standings), 0
    for standing in standings:
        rewrites[standing.id] = _rewrite(workspace, standing.id, wanted)
        done += len(standing.there)
        count(done, of)
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


def move_back(
    connection: Connection, kept: ExitStack, moved: Sequence[Entry], day: int, count: Count = uncounted
) -> str:
    """Give the topics of moved cards their former category lines again, and return what could not be put back.

    Args:
        kept: Outlives the transaction, and puts the files back if that fails.
        count: Is told how many cards of how many are moved.

    Raises:
        DeckError: A file cannot be read or written, or has problems.
    """
    rewrites: list[Rewrite] = []
    missing: list[str] = []
    for place, entry in enumerate(moved, start=1):
        if "topic" not in entry.extra:
            continue  # another card of a topic that an entry before told
        topic, former = TopicId(str(entry.extra["topic"])), str(entry.extra["from"])
        found = _own_file(execute_in(connection), topic)
        if found is None:
            missing.append(topic)
            continue
        line = entry.extra.get("line")
        rewrites.append(_moved_back(topic, *found, line if isinstance(line, str) else None, former))
        count(place, len(moved))
    if rewrites:
        _take_in(connection, kept, rewrites, day)
    if not missing:
        return ""
    return f"The files of these have gone, so they stay where they are: {printable(', '.join(missing))}."


def move_again(
    workspace: Workspace,
    connection: Connection,
    kept: ExitStack,
    moved: Sequence[Entry],
    count: Count = uncounted,
) -> None:
    """Move topics once more that were moved back, and write so.

    Raises:
        DeckError: A file cannot be read or written, or has problems.
    """
    rewrites: list[Rewrite] = []
    for place, entry in enumerate(moved, start=1):
        if "topic" in entry.extra:
            rewrites.append(_rewrite(workspace, TopicId(str(entry.extra["topic"])), entry.words))
            count(place, len(moved))
    _take_in(connection, kept, rewrites, workspace.today().day)
    writes.append_entries(connection, redo.copies(connection, moved, workspace.today().ms))


def _moved_back(topic: TopicId, known: Topic, source: Path, line: str | None, former: str) -> Rewrite:
    """Return a file with its former line, or with its former deck if that line did not say it.

    After a crash in the midst of a move the line said the new deck already when the move was done again.
    """
    text = file_text(source)
    rewrite = Rewrite(topic, source, text, with_former_category(text, line), former)
    if holds(rewrite, known):
        return replace(rewrite, is_known=True)
    after = parse_topic(rewrite.after, "", default_deck=former).topic
    if after is not None and after.deck != former:
        rewrite = replace(rewrite, after=with_category(text, former))
    return checked(rewrite, known)


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
    moved = tuple(card for standing in standings for card in standing.there)
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
            "line": rewrites[standing.id].former_line,
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
    after, line = recategorised(before, deck)
    rewrite = Rewrite(topic, place.path, before, after, deck, bool(place.missing), line)
    return checked(rewrite, place.topic)


def _take_in(connection: Connection, kept: ExitStack, rewrites: Sequence[Rewrite], day: int) -> None:
    """Write the files and take them in; one that the library does not take as its topic calls all of it off."""
    files = kept.enter_context(rewritten(rewrites))
    library_writes.move_topics(
        connection,
        [(each.topic, each.deck, str(each.path.resolve())) for each in rewrites if each.is_known],
    )
    problems = taking_in.take_in(connection, files, day).problems if files else ()
    hint = "Nothing was moved. Mend the file first."
    if fatal := [problem for problem in problems if problem.fatal]:
        raise DeckError(f"{fatal[0]}", hint)
    decks = stored.decks_of(execute_in(connection), [rewrite.topic for rewrite in rewrites])
    for rewrite in rewrites:
        if decks[rewrite.topic] != rewrite.deck:
            raise DeckError(f"{rewrite.path} is not the topic {rewrite.topic!r} any more.", hint)


def _own_file(execute: Execute, topic: TopicId) -> tuple[Topic, Path] | None:
    """Return a topic as the library has it and the learner's own file of it; None when that has gone."""
    found = stored.topic(execute, topic)
    if found is None or not (path := Path(found[1])).is_file():
        return None
    return found[0], path
