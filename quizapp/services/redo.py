"""Doing again: what an undo took back is written once more, at the end of the log, as long as nothing else was done.

The new entries keep the time of the first ones: a rating counts for the day on which it was given, and the states are
what they were before the undo.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from quizapp.core import former
from quizapp.core.change import Redone
from quizapp.core.fold import TopicState, step
from quizapp.core.log import REDONE, Entry, EntryKind, entry_id
from quizapp.core.policy import Policy
from quizapp.core.topic import CardId
from quizapp.services.changes import was_by_itself
from quizapp.services.count import Count, pages, uncounted
from quizapp.services.undo import question_of
from quizapp.services.workspace import Workspace
from quizapp.store import entries, states, writes
from quizapp.store.database import Execute, execute_in
from quizapp.store.states import TopicStanding

if TYPE_CHECKING:
    from sqlalchemy import Connection


def redo(workspace: Workspace, count: Count = uncounted) -> Redone | None:
    """Do again what was taken back last, outside of any session; None when there is nothing.

    Args:
        count: Is told how many cards of how many are done.

    Raises:
        DeckError: A topic cannot be moved again.
        StoreError: The database cannot be written.
    """
    with ExitStack() as files, workspace.database.write() as connection:
        return do_again(workspace, connection, files, count)


def do_again(
    workspace: Workspace, connection: Connection, files: ExitStack, count: Count = uncounted
) -> Redone | None:
    """Append what the latest undo took back, and save the states that follow; None without any.

    Args:
        files: Outlives the transaction, and puts deck files back if that fails.
        count: Is told how many cards of how many are done.
    """
    batch = entries.redoable(execute_in(connection))
    if not batch:
        return None
    first = batch[0]
    if first.kind is EntryKind.MOVE:
        from quizapp.services import moves

        moves.move_again(workspace, connection, files, batch, count)
    else:
        _append(connection, batch, workspace.today().ms, count)
    cards = {entry.card_id for entry in batch}
    flag = first.value if first.kind is EntryKind.FLAG else 0
    return Redone(
        first.kind,
        first.card_id,
        len(cards),
        first.rating,
        flag,
        first.words,
        by_itself=was_by_itself(first),
        question=question_of(execute_in(connection), first.card_id) if len(cards) == 1 else "",
    )


def _append(connection: Connection, batch: Sequence[Entry], now_ms: int, count: Count) -> None:
    execute = execute_in(connection)
    policies = entries.policies(execute)
    again = copies(connection, batch, now_ms)
    by_card: dict[CardId, list[Entry]] = {}
    for entry in again:
        by_card.setdefault(entry.card_id, []).append(entry)
    for page in pages(states.by_topic(execute, tuple(by_card)), count):
        standings = states.standings(execute, page)
        added = [entry for card in page for entry in by_card[card]]
        if all(entry.kind in former.KINDS for entry in added):
            added = _keeping_former(execute, added, standings)
        writes.append_entries(connection, added)
        writes.save_states(connection, *_stepped(standings, added, policies))


def _stepped(
    standings: Sequence[TopicStanding], added: Sequence[Entry], policies: Mapping[str, Policy]
) -> Iterator[tuple[TopicStanding, TopicState]]:
    """Yield each standing with the state after the entries of its cards."""
    by_card: dict[CardId, list[Entry]] = {}
    for entry in added:
        by_card.setdefault(entry.card_id, []).append(entry)
    for standing in standings:
        state: TopicState = standing.state
        for shape in standing.shapes:
            for entry in by_card.get(shape.id, ()):
                state = step(state, entry, policies)
        yield standing, state


def _keeping_former(
    execute: Execute, again: Sequence[Entry], standings: Sequence[TopicStanding]
) -> list[Entry]:
    """Return the entries with what the cards are before them now: their first time and its undo came between."""
    first = again[0].batch or again[0].id
    counts = entries.counts_before(execute, [entry.card_id for entry in again], first)
    now = {card: state for standing in standings for card, state in standing.state.cards.items()}
    return [
        replace(
            entry,
            extra={**entry.extra, **former.former(now[entry.card_id], counts[entry.card_id])},
        )
        for entry in again
    ]


def copies(connection: Connection, batch: Sequence[Entry], now_ms: int) -> list[Entry]:
    """Return entries once more, to be appended as one: after all others, whatever the clock says."""
    newest = entries.newest(execute_in(connection))
    latest_ms = int.from_bytes(newest[:6]) if newest is not None else 0
    identifier = first = writes.new_id(connection, max(now_ms, latest_ms))
    again: list[Entry] = []
    for entry in batch:
        again.append(
            replace(
                entry,
                id=identifier,
                batch=first if entry.batch is not None else None,
                extra={**entry.extra, REDONE: True},
            )
        )
        identifier = entry_id(now_ms, 0, identifier)
    return again
