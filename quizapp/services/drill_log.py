"""A drill's ratings in the review log: entries of their own kind, which move the schedule only where settings say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.drill.answered import Answered
from quizapp.core.drill.moving import moves
from quizapp.core.drill.rubric import plain_bands
from quizapp.core.fold import step
from quizapp.core.log import Entry, EntryId, EntryKind, format_id
from quizapp.services.allowance import settings_for
from quizapp.services.refold import refolded
from quizapp.services.workspace import Workspace
from quizapp.store import states, writes
from quizapp.store.database import execute_in

if TYPE_CHECKING:
    from sqlalchemy import Connection


def record(workspace: Workspace, connection: Connection, drill: EntryId, answer: Answered) -> bool:
    """Append the rating of a judged answer, and return whether it moved the card's schedule.

    What asks for more or for other things than the card's own words (a derivation, a failed run, the closing, a second
    try after the model answer) is kept in the log and moves nothing.
    """
    now, settings = workspace.today(), workspace.settings
    execute = execute_in(connection)
    standing = states.known_standing(execute, answer.card_id)
    card = standing.state.card(answer.card_id)
    may_move = answer.is_of_card and not answer.is_second
    moved = may_move and moves(card, now, due=settings.drill_moves_due, others=settings.drill_moves_others)
    policy = settings_for(settings, execute, answer.card_id).policy
    if moved:
        writes.keep_policy(connection, policy)
    entry = Entry(
        id=writes.new_id(connection, now.ms),
        at_ms=now.ms,
        day=now.day,
        device=workspace.device,
        card_id=answer.card_id,
        kind=EntryKind.DRILL,
        rating=answer.rating,
        phase=card.memory.phase.value,
        elapsed_ms=answer.answer_ms,
        policy_id=policy.id if moved else "",
        extra={
            "drill": format_id(drill),
            "asked": answer.kind.value,
            "bands": plain_bands(answer.bands),
            "hint": bool(answer.hint),
        },
    )
    writes.append_entry(connection, entry)
    if moved:
        is_latest = entry.id > standing.latest
        after = step(standing.state, entry, {policy.id: policy}) if is_latest else refolded(execute, standing)
        writes.save_states(connection, (standing, after))
    return moved
