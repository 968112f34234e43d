"""One card among those that a search found."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.core.card import Card


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A card, its number in the index of words, and the study day on which it came into the library."""

    number: int
    added_day: int
    card: Card
