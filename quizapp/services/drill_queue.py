"""The weakest cards of a drill at the front of tomorrow's queue, and back again.

A day's queue is ordered by how long each card has been due, so that a card which is merely set to tomorrow would come
after the whole backlog. So the entry carries a place as well: such a card waits among the learning ones, which come
first, from tomorrow on and never before.
"""

from __future__ import annotations

from collections.abc import Sequence

from quizapp.core.fold import step
from quizapp.core.log import Entry, EntryId, EntryKind, format_id
from quizapp.core.topic import CardId
from quizapp.services.refold import refolded
from quizapp.services.workspace import Workspace
from quizapp.store import drills, entries, states, writes
from quizapp.store.database import execute_in


def put_first(workspace: Workspace, cards: Sequence[CardId], drill: EntryId | None = None) -> EntryId | None:
    """Put cards at the front of tomorrow's queue, the first one first, as one batch; return it, None for no cards.

    Args:
        drill: The drill whose weakest cards they are, by which `standing_batch` finds the batch again.
    """
    batch: EntryId | None = None
    with workspace.database.write() as connection:
        execute = execute_in(connection)
        now = workspace.today()
        for place, card in enumerate(cards, start=1):
            standing = states.standing(execute, card)
            if standing is None or standing.is_archived(card) or standing.state.card(card).deleted:
                continue
            identifier = writes.new_id(connection, now.ms)
            batch = batch or identifier
            entry = Entry(
                id=identifier,
                at_ms=now.ms,
                day=now.day,
                device=workspace.device,
                card_id=card,
                kind=EntryKind.SET_DUE,
                value=now.day + 1,
                words=str(place),
                batch=batch,
                extra={} if drill is None else {"drill": format_id(drill)},
            )
            writes.append_entry(connection, entry)
            is_latest = identifier > standing.latest
            after = step(standing.state, entry, {}) if is_latest else refolded(execute, standing)
            writes.save_states(connection, (standing, after))
    return batch


def standing_batch(workspace: Workspace, cards: Sequence[CardId], drill: EntryId) -> EntryId | None:
    """Return the batch that put a drill's cards first on a day still to come, and was not taken back; else None."""
    today, name = workspace.today().day, format_id(drill)
    for card in cards:
        for entry in reversed(entries.of_card(workspace.database.read, card)):
            if entry.kind is EntryKind.SET_DUE and entry.value > today and entry.extra.get("drill") == name:
                return entry.batch
    return None


def take_back(workspace: Workspace, batch: EntryId) -> int:
    """Take a batch back, and return how many cards are where they were."""
    with workspace.database.write() as connection:
        execute = execute_in(connection)
        now = workspace.today()
        found = drills.put_first(execute, batch)
        for target, card in found:
            identifier = writes.new_id(connection, now.ms)
            writes.append_entry(
                connection,
                Entry(
                    id=identifier,
                    at_ms=now.ms,
                    day=now.day,
                    device=workspace.device,
                    card_id=card,
                    kind=EntryKind.UNDO,
                    target=EntryId(target),
                ),
            )
            standing = states.known_standing(execute, card)
            writes.rewrite_states(connection, standing, refolded(execute, standing))
    return len(found)
