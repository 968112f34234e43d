"""One rating from a script, outside any session."""

from __future__ import annotations

from datetime import datetime

from quizapp.core.card import Card
from quizapp.core.memory import Rating
from quizapp.core.topic import CardId
from quizapp.errors import DeckError
from quizapp.services.ahead import look
from quizapp.services.listing import listed
from quizapp.services.study import record
from quizapp.services.trials import asked_extra, can_be_asked, trial_of
from quizapp.services.workspace import Workspace
from quizapp.store import cards
from quizapp.store.database import execute_in


def answer(workspace: Workspace, card_id: str, rating: int, at: datetime | None = None) -> dict[str, object]:
    """Rate a card, at a given moment or now, and return its new facts; a prediction card is rated without a run.

    Raises:
        DeckError: There is no such card, or it is archived or deleted.
        UsageError: The moment lies before the card's last review.
    """
    known = cards.card(workspace.database.read, CardId(card_id))
    if known is None or known.archived:
        state = "is archived" if known else "is not in the library"
        raise DeckError(f"The card {card_id!r} {state}.", "`quizapp cards` lists those that can be answered.")
    if known.state.deleted:
        raise DeckError(f"The card {card_id!r} is deleted.", f"`quizapp restore {card_id}` takes it back in.")
    with workspace.database.write() as connection:
        now = workspace.instant(at or workspace.now())
        ahead = look(workspace.database, execute_in(connection), known.id, now.day)
        record(workspace, connection, ahead, Rating(rating), now, 0, _asked(known))
    rated = cards.card(workspace.database.read, known.id)
    assert rated is not None
    return listed(rated, workspace.today().day, workspace.settings.leech_lapses)


def _asked(card: Card) -> dict[str, object]:
    """Return what the log keeps of a prediction card's question; nothing of any other card's."""
    if not can_be_asked(card):
        return {}
    return asked_extra(trial_of(card))
