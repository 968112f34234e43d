"""What was typed for a card: kept while others are in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.covered import points_of

if TYPE_CHECKING:
    from quizapp.core.card import Card
    from quizapp.core.covered import Covered
    from quizapp.core.topic import CardId


class TypedWords:
    """Keeps the words of each review that has not been rated: an undone rating has them again."""

    def __init__(self) -> None:
        """Begin without words."""
        self._front: tuple[CardId, int] | None = None
        self._words: dict[tuple[CardId, int], str] = {}

    def turned_to(self, card: Card, text: str) -> str:
        """Keep what was typed for the card before, and return what was typed for this one at its present review."""
        if self._front is not None:
            self._words[self._front] = text
        self._front = card.id, card.state.memory.reps
        return self._words.get(self._front, "")


def coverage_lead(card: Card, found: Covered) -> str:
    """Return how many key points are covered, for the line above the typed words; empty where there are none."""
    hits, points = len(found.points), len(points_of(card))
    if not points or not found.words:
        return ""
    return f" · {hits} of {points} key points{' (marked)' if hits else ''}"
