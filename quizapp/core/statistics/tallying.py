"""Counts the reviews of one study day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quizapp.core.log import EntryKind
from quizapp.core.memory import Rating
from quizapp.core.statistics.sorted_reviews import SortedReviews
from quizapp.core.statistics.tally import REMEMBERED, Age, Tally


@dataclass(slots=True)
class Tallying:
    """What is being counted: a million reviews pass through here, so it adds up in place."""

    ratings: dict[str, list[int]] = field(default_factory=dict)
    hours: dict[str, list[int]] = field(default_factory=dict)
    decks: dict[str, list[int]] = field(default_factory=dict)
    tags: dict[str, list[int]] = field(default_factory=dict)
    drills: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    crams: int = 0

    def note(self, kind: str, rating: int) -> None:
        """Count a rating of a drill or a cram as such."""
        if kind == EntryKind.DRILL:
            self.drills[rating - 1] += 1
        elif kind == EntryKind.CRAM:
            self.crams += 1

    def add(self, age: Age, rating: int, elapsed_ms: int, hour: int, deck: int, tags: Sequence[str]) -> None:
        """Count one review.

        Args:
            hour: Of the learner's clock, 0 to 23.
        """
        cells = self.ratings.get(age)
        if cells is None:
            cells = self.ratings[age.value] = [0] * 8
        cells[2 * rating - 2] += 1
        cells[2 * rating - 1] += elapsed_ms
        counts = age in REMEMBERED
        figures = (counts, counts and rating > Rating.AGAIN, elapsed_ms)
        _count(self.hours, str(hour), *figures)
        _count(self.decks, str(deck), *figures)
        for tag in tags:
            _count(self.tags, tag, *figures)

    @property
    def tally(self) -> Tally:
        """What was counted, by kind of card and rating."""
        return Tally(self.ratings, tuple(self.drills), self.crams)

    @property
    def sorted_reviews(self) -> SortedReviews:
        """What was counted, by hour, deck and tag."""
        return SortedReviews(self.hours, self.decks, self.tags)


def _count(cells: dict[str, list[int]], name: str, counts: bool, passed: bool, elapsed_ms: int) -> None:
    known = cells.get(name)
    if known is None:
        known = cells[name] = [0, 0, 0, 0]
    known[0] += 1
    known[1] += counts
    known[2] += passed
    known[3] += elapsed_ms
