"""Counts the reviews of one study day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from quizapp.core.log import EntryKind
from quizapp.core.memory import Rating
from quizapp.core.statistics.sorted_reviews import SortedReviews
from quizapp.core.statistics.tally import REMEMBERED, Age, Tally

_BITS = 32
_FIELD = (1 << _BITS) - 1
_REVIEW, _COUNTED, _PASSED, _MS = (1 << _BITS * place for place in range(4))
"""One review in each of the four sums of a cell, which is one whole number of four fields: no day overflows 2^32."""
_AGAIN = int(Rating.AGAIN)

K = TypeVar("K")


def _sums() -> dict[int, int]:
    return defaultdict(int)


def _named_sums() -> dict[str, int]:
    return defaultdict(int)


@dataclass(slots=True)
class Tallying:
    """What is being counted. A million reviews pass through here, so each sum that one changes is a single addition.

    Attributes:
        ratings: By kind of card and rating, 10 times the place of one in Age and the other.
    """

    ratings: dict[int, int] = field(default_factory=_sums)
    hours: dict[int, int] = field(default_factory=_sums)
    decks: dict[int, int] = field(default_factory=_sums)
    tags: dict[str, int] = field(default_factory=_named_sums)
    drills: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    crams: int = 0

    def note(self, kind: str, rating: int) -> None:
        """Count a rating of a drill or a cram as such."""
        if kind == EntryKind.DRILL:
            self.drills[rating - 1] += 1
        elif kind == EntryKind.CRAM:
            self.crams += 1

    def add(
        self, age: Age, rating: int, elapsed_ms: int, hour: int, deck: int, tags: tuple[str, ...]
    ) -> None:
        """Count one review.

        Args:
            elapsed_ms: At most 2^32 over a day.
            hour: Of the learner's clock, 0 to 23.
        """
        one = _REVIEW + elapsed_ms * _MS
        self.ratings[_PLACES[age] + rating] += one
        if age in REMEMBERED:
            one += _COUNTED if rating == _AGAIN else _COUNTED + _PASSED
        self.hours[hour] += one
        self.decks[deck] += one
        sums = self.tags
        for tag in tags:
            sums[tag] += one

    @property
    def tally(self) -> Tally:
        """What was counted, by kind of card and rating."""
        cells: dict[str, list[int]] = {}
        for key, packed in self.ratings.items():
            place, rating = divmod(key, 10)
            known = cells.setdefault(_AGES[place].value, [0] * 8)
            known[2 * rating - 2], _, _, known[2 * rating - 1] = _unpacked(packed)
        return Tally(cells, tuple(self.drills), self.crams)

    @property
    def sorted_reviews(self) -> SortedReviews:
        """What was counted, by hour, deck and tag."""
        return SortedReviews(_cells(self.hours), _cells(self.decks), _cells(self.tags))


_AGES = tuple(Age)
_PLACES = {age: 10 * place for place, age in enumerate(_AGES)}


def _cells(sums: Mapping[K, int]) -> dict[str, list[int]]:
    return {str(name): _unpacked(packed) for name, packed in sums.items()}


def _unpacked(packed: int) -> list[int]:
    return [packed >> _BITS * place & _FIELD for place in range(4)]
