"""The first start: one card that shows in under a minute what to do, offered until it was done or turned down."""

from __future__ import annotations

from dataclasses import replace

from quizapp.core.card import Card
from quizapp.core.fold import Queue
from quizapp.core.reading import first_sim
from quizapp.core.topic import CardId, CardKind
from quizapp.services.workspace import Workspace
from quizapp.store import cards, entries, library

_FACT = "first steps"
_BEST = CardId("scale-explosion")
"""Short, surprising, and its run takes two seconds."""


def offered(workspace: Workspace) -> Card | None:
    """Return the card that the first steps go over; None once anything was answered, or they were turned down."""
    read = workspace.database.read
    if entries.newest(read) is not None or library.fact(read, _FACT):
        return None
    best = cards.card(read, _BEST)
    if best is not None and _fits(best):
        return best
    return next((card for card in cards.cards(read) if _fits(card)), None)


def begin_with(workspace: Workspace, card: Card) -> None:
    """Put a card in front of the session of its deck, which the next study of the deck takes up."""
    from quizapp.services.study import begin  # it brings what only writing needs
    from quizapp.store import writes

    study = begin(workspace, card.deck)
    session = replace(study.session, current=card.id, probes=())
    with workspace.database.write() as connection:
        writes.keep_session(connection, session, "", finished=False)


def finish(workspace: Workspace) -> None:
    """Never offer the first steps again."""
    from quizapp.store import library_writes

    with workspace.database.write() as connection:
        library_writes.remember(connection, _FACT, "over")


def _fits(card: Card) -> bool:
    return (
        card.kind is CardKind.QUESTION
        and not card.archived
        and card.queue == Queue.NEW
        and first_sim(card) is not None
    )
