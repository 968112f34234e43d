"""Taking back: the latest entry of the log that is neither an undo nor undone, with all that was made as one with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from quizapp.core.change import Undone
from quizapp.core.log import Entry, EntryKind, entry_id
from quizapp.core.session import after_undo
from quizapp.core.topic import CardId
from quizapp.services.changes import was_by_itself
from quizapp.services.count import Count, pages, uncounted
from quizapp.services.next_card import left_sessions
from quizapp.services.refold import without
from quizapp.services.trials import front_line
from quizapp.services.workspace import Workspace
from quizapp.store import cards as stored_cards
from quizapp.store import entries, states, writes
from quizapp.store.database import Execute, execute_in

if TYPE_CHECKING:
    from sqlalchemy import Connection


def undo(workspace: Workspace, count: Count = uncounted) -> Undone | None:
    """Take back the latest rating or change, outside of any session; None when there is none.

    The card of a rating is in front again where a session was left that could have asked it.

    Args:
        count: Is told how many cards of how many are done.

    Raises:
        DeckError: A topic cannot be moved back.
        StoreError: The database cannot be written.
    """
    with ExitStack() as files, workspace.database.write() as connection:
        undone = take_back(workspace, connection, files, count)
        if undone is not None and undone.comes_to_front and undone.kind is not EntryKind.CRAM:
            _bring_forward(workspace, connection, undone.card_id)
        return undone


def take_back(
    workspace: Workspace, connection: Connection, files: ExitStack, count: Count = uncounted
) -> Undone | None:
    """Append an undo of the latest entry and of its batch, and save the states that follow; None without any.

    Args:
        files: Outlives the transaction, and puts deck files back if that fails.
        count: Is told how many cards of how many are done.
    """
    execute = execute_in(connection)
    latest = entries.latest_undoable(execute)
    if latest is None:
        return None
    batch = entries.of_batch(execute, latest)
    _append(workspace, connection, batch)
    undone = _undone(execute, batch)
    if latest.kind is EntryKind.MOVE:  # which no card's state tells of
        from quizapp.services import moves

        return replace(undone, note=moves.move_back(connection, files, batch, workspace.today().day, count))
    by_card: dict[CardId, list[Entry]] = {}
    for entry in batch:
        by_card.setdefault(entry.card_id, []).append(entry)
    for page in pages(states.by_topic(execute, tuple(by_card)), count):
        standings = states.standings(execute, page)
        folded = without(execute, standings, [entry for card in page for entry in by_card[card]])
        writes.save_states(connection, *zip(standings, folded, strict=True))
    return undone


def _bring_forward(workspace: Workspace, connection: Connection, card_id: CardId) -> None:
    """Put a card in front of today's sessions that were left, of its deck and of those above it."""
    execute, day = execute_in(connection), workspace.today().day
    standing, card = states.known_standing(execute, card_id), stored_cards.card(execute, card_id)
    if card is None or standing.state.card(card_id).deleted:
        return
    levels = card.deck.split("/")
    for deck in ("", *("/".join(levels[:depth]) for depth in range(1, len(levels) + 1))):
        for session in left_sessions(workspace, execute, deck):
            if session.day == day:
                is_question = card_id == standing.state.question
                session = after_undo(session, card_id, is_question=is_question, siblings=standing.follow_ups)
                writes.keep_session(connection, session, "", finished=False)


def foreseen(workspace: Workspace) -> Iterator[Undone]:
    """Yield what `undo` would take back, step by step. Nothing is written."""
    execute = workspace.database.read
    latest = entries.latest_undoable(execute)
    while latest is not None:
        batch = entries.of_batch(execute, latest)
        yield _undone(execute, batch)
        latest = entries.latest_undoable(execute, batch[0])


def question_of(execute: Execute, card_id: CardId) -> str:
    """Return what a card asks, on one line; empty where there is no such card any more."""
    card = stored_cards.card(execute, card_id)
    return front_line(card) if card is not None else ""


def _undone(execute: Execute, batch: Sequence[Entry]) -> Undone:
    first = batch[0]
    cards = frozenset(entry.card_id for entry in batch)
    return Undone(
        first.kind,
        first.card_id,
        len(cards),
        first.value if first.kind is EntryKind.FLAG else 0,
        first.words,
        by_itself=was_by_itself(first),
        rating=first.rating,
        question=question_of(execute, first.card_id) if len(cards) == 1 else "",
    )


def _append(workspace: Workspace, connection: Connection, batch: Sequence[Entry]) -> None:
    now = workspace.today()
    at_ms = max(now.ms, batch[-1].at_ms)
    identifier = first = writes.new_id(connection, at_ms)
    undos: list[Entry] = []
    for entry in batch:
        undos.append(
            Entry(
                id=identifier,
                at_ms=at_ms,
                day=now.day,
                device=workspace.device,
                card_id=entry.card_id,
                kind=EntryKind.UNDO,
                target=entry.id,
                batch=first if len(batch) > 1 else None,
            )
        )
        identifier = entry_id(at_ms, 0, identifier)
    writes.append_entries(connection, undos)
