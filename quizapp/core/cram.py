"""Filtered study: the cards that a search finds, whatever their due dates, with or without effect on the schedule."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from quizapp.core.saved_search import CramOrder
from quizapp.core.search.query import And, InState, Not, Query, State
from quizapp.core.search.sorting import Sorting, SortKey
from quizapp.core.topic import CardId

SORTINGS = {
    CramOrder.DUE: Sorting(SortKey.DUE),
    CramOrder.WEAKEST: Sorting(SortKey.RECALL),
    CramOrder.RANDOM: Sorting(SortKey.ADDED),
}


def studied(query: Query) -> Query:
    """Return which of the cards that a query means are studied: none that the learner has set aside."""
    return And((query, Not(InState(State.SUSPENDED)), Not(InState(State.BURIED_BY_HAND))))


def shuffled(cards: Iterable[CardId], seed: str) -> list[CardId]:
    """Return the cards in a mixed order, the same for the same seed."""
    return sorted(cards, key=lambda card: hashlib.blake2b(f"{seed}/{card}".encode(), digest_size=8).digest())
