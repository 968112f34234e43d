"""The words that were typed for a card and not rated yet: kept so that a killed terminal loses none of them.

They are no part of any card's state; with the rating they go into the review's entry in the log.
"""

from __future__ import annotations

import json

from quizapp.core.card import Card
from quizapp.services.workspace import Workspace
from quizapp.store import library

_DRAFT = "typed answer"


def keep(workspace: Workspace, card: Card, text: str) -> None:
    """Write what was typed for a card's present review, in place of what was kept before; on disk when this returns."""
    from quizapp.store import library_writes  # reading comes right after the first frame, and does without it

    content = json.dumps([card.id, card.state.memory.reps, text], ensure_ascii=False)
    if library.fact(workspace.database.read, _DRAFT) != content:
        with workspace.database.write() as connection:
            library_writes.remember(connection, _DRAFT, content)


def kept(workspace: Workspace, card: Card) -> str:
    """Return what was typed for a card's present review; empty where nothing was, or the card was rated since."""
    content = library.fact(workspace.database.read, _DRAFT)
    if not content:
        return ""
    card_id, reps, text = json.loads(content)
    return str(text) if (card_id, reps) == (card.id, card.state.memory.reps) else ""
