"""A query with a name, and how the cards that it finds are studied."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
