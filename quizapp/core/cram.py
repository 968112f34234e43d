"""Filtered study: the cards that a search finds, whatever their due dates, with or without effect on the schedule."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from quizapp.core.search.query import And, InState, Not, Query, State
from quizapp.core.search.sorting import Sorting, SortKey
from quizapp.core.topic import CardId


class CramOrder(StrEnum):
    """In which order the cards of a search are studied."""

    DUE = "due"
    WEAKEST = "weakest"
    RANDOM = "random"


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query with a name, and how its cards are studied.

    Attributes:
        name: Empty for a query that was only typed.
        reschedule: Whether ratings move the schedule, as they do in any other study.
    """

    name: str
    query: str
    reschedule: bool = False
    order: CramOrder = CramOrder.DUE

    @property
    def key(self) -> str:
        """What a session of it is found by; no path of a deck begins so."""
        effect = "moves" if self.reschedule else "keeps"
        return f"/{self.order.value}/{effect}/{self.query}"

    @property
    def title(self) -> str:
        """What it is called."""
        return self.name or self.query or "all cards"


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
