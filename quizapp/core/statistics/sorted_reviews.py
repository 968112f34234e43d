"""Reviews sorted by hour, by deck and by tag: sums that can be added and taken apart again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import add, sub

from quizapp.core.statistics.tally import Cells

NO_CELLS = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class SortedReviews:
    """For each hour of the clock, number of a deck, and tag, four figures of its reviews.

    They are: how many, how many of these count for true retention, how many of those passed, and milliseconds of all.
    """

    hours: Cells = field(default_factory=dict)
    decks: Cells = field(default_factory=dict)
    tags: Cells = field(default_factory=dict)

    def without(self, earlier: SortedReviews) -> SortedReviews:
        """Return what is left when those of an earlier time are taken away."""
        return SortedReviews(
            _less(self.hours, earlier.hours), _less(self.decks, earlier.decks), _less(self.tags, earlier.tags)
        )

    def to_json(self) -> str:
        """Return the text that the database keeps."""
        return json.dumps([self.hours, self.decks, self.tags], ensure_ascii=False, separators=(",", ":"))


def sorted_from_json(text: str) -> SortedReviews:
    """Return what `SortedReviews.to_json` wrote."""
    return SortedReviews(*json.loads(text))


def joined(parts: Iterable[SortedReviews]) -> SortedReviews:
    """Return all of them together."""
    hours: dict[str, list[int]] = {}
    decks: dict[str, list[int]] = {}
    tags: dict[str, list[int]] = {}
    for one in parts:
        for sums, cells in ((hours, one.hours), (decks, one.decks), (tags, one.tags)):
            for name, values in cells.items():
                sums[name] = list(map(add, sums.get(name, NO_CELLS), values))
    return SortedReviews(hours, decks, tags)


def _less(cells: Cells, earlier: Cells) -> Cells:
    left = {name: list(map(sub, values, earlier.get(name, NO_CELLS))) for name, values in cells.items()}
    return {name: values for name, values in left.items() if values[0]}
