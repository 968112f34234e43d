"""What typed words do for the key points of their card: which ones they cover, and by which words."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.core.card import Card
from quizapp.core.deck_key_points import key_points
from quizapp.core.topic import KeyPoint


@dataclass(frozen=True, slots=True)
class Covered:
    """Which key points typed words cover.

    Attributes:
        points: The texts of the covered ones.
        words: For each point of the card the words that cover it; none where it is not covered.
        spans: Where those words stand in what was typed.
    """

    points: tuple[str, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def numbers(self) -> frozenset[int]:
        """The covered points, counted from 1."""
        return frozenset(number for number, words in enumerate(self.words, start=1) if words)


NOTHING_COVERED = Covered()


def points_of(card: Card) -> tuple[KeyPoint, ...]:
    """Return what a good answer must cover; a follow-up with an answer of its own is not asked for it."""
    return () if card.own_answer else key_points(card.cover)


def covered(card: Card, text: str) -> Covered:
    """Return which key points of a card a text covers; nothing typed covers nothing."""
    points = [point.text for point in points_of(card)] if text.strip() else []
    if not points:
        return NOTHING_COVERED
    from quizapp.core.coverage import coverage, marked_spans
    from quizapp.core.synonyms import read_synonyms

    found = coverage(text, points, read_synonyms(card.synonyms), card.question)
    return Covered(
        tuple(point for point, one in zip(points, found, strict=True) if one.is_covered),
        tuple(one.words for one in found),
        marked_spans(found),
    )


def kept_words(card: Card, text: str) -> dict[str, object]:
    """Return what the log keeps of the words that were typed for a review: nothing where there are none."""
    if not text.strip():
        return {}
    points = covered(card, text).points
    return {"typed": text} | ({"covered": list(points)} if points else {})
