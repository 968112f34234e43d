"""What was typed for a card: kept while others are in front, and matched against the card's key points."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizapp.core.deck_key_points import key_points

if TYPE_CHECKING:
    from quizapp.core.card import Card
    from quizapp.core.topic import CardId


@dataclass(frozen=True, slots=True)
class Covered:
    """What typed words do for the key points of their card.

    Attributes:
        points: The texts of the covered ones.
        words: For each point the words that cover it; none where it is not covered.
        spans: Where those words stand in the text.
        lead: How many are covered, for the line above the words.
    """

    points: list[str] = field(default_factory=list)
    words: tuple[tuple[str, ...], ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    lead: str = ""


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

    def covered(self, card: Card, text: str) -> Covered:
        """Return which key points of a card the text covers; nothing typed covers nothing."""
        points = (
            [] if card.own_answer or not text.strip() else [point.text for point in key_points(card.cover)]
        )
        if not points:
            return Covered()
        from quizapp.core.coverage import coverage, marked_spans
        from quizapp.core.synonyms import read_synonyms

        found = coverage(text, points, read_synonyms(card.synonyms), card.question)
        hits = [point for point, one in zip(points, found, strict=True) if one.is_covered]
        return Covered(
            hits,
            tuple(one.words for one in found),
            marked_spans(found),
            f" · {len(hits)} of {len(points)} key points{' (marked)' if hits else ''}",
        )

    def kept(self, card: Card, text: str) -> dict[str, object]:
        """Return what the log keeps of the words."""
        if not text.strip():
            return {}
        covered = self.covered(card, text).points
        return {"typed": text} | ({"covered": covered} if covered else {})
