"""What is counted of reviews by kind of card and rating. Tallies of days add up."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from operator import add

from quizapp.core.memory import Phase
from quizapp.core.statistics.share import Share

MATURE_DAYS = 21
"""From so many days between two reviews a card counts as mature; Anki's own bound, of the interval."""


class Age(StrEnum):
    """What kind of card was reviewed."""

    NEW = "new"
    LEARNING = "learning"
    RELEARNING = "relearning"
    YOUNG = "young"
    MATURE = "mature"
    REPEATED = "repeated"
    """A card in review that had been reviewed on the same day already: it tells nothing of memory."""


def age_in_review(gap: int) -> Age:
    """Return what kind of card in review was reviewed.

    Args:
        gap: How many study days lie between the review and the one before.
    """
    if gap <= 0:
        return Age.REPEATED
    return Age.MATURE if gap >= MATURE_DAYS else Age.YOUNG


def age_in_learning(phase: str) -> Age:
    """Return what kind of card was reviewed that was in a phase before review."""
    return _LEARNING.get(phase, Age.NEW)


_LEARNING: Mapping[str, Age] = {Phase.LEARNING: Age.LEARNING, Phase.RELEARNING: Age.RELEARNING}
REMEMBERED = frozenset({Age.YOUNG, Age.MATURE})
"""The kinds of which true retention is counted: the first review of a day of a card in review."""

Cells = Mapping[str, Sequence[int]]
"""Sums by name; all of them have the same meaning."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Some reviews together.

    Attributes:
        ratings: For each Age, (reviews, milliseconds) of Again, of Hard, of Good, of Easy, one after the other.
        drills: How often each rating was given in drills, whether it moved the schedule or not.
        crams: How many ratings were given in crams, whether they moved the schedule or not.
    """

    ratings: Cells = field(default_factory=dict)
    drills: Sequence[int] = (0, 0, 0, 0)
    crams: int = 0

    @property
    def reviews(self) -> int:
        """How many reviews there were."""
        return sum(sum(cells[::2]) for cells in self.ratings.values())

    @property
    def milliseconds(self) -> int:
        """How long they took."""
        return sum(sum(cells[1::2]) for cells in self.ratings.values())

    def of(self, *ages: Age) -> tuple[int, int, int, int]:
        """Return how often each rating was given to cards of these kinds."""
        again, hard, good, easy = (
            sum(self.ratings[each][place] for each in ages if each in self.ratings) for place in (0, 2, 4, 6)
        )
        return again, hard, good, easy

    def kept(self, *ages: Age) -> Share:
        """Return how many reviews of cards of these kinds passed."""
        ratings = self.of(*ages)
        return Share(sum(ratings[1:]), sum(ratings))

    @property
    def remembered(self) -> Share:
        """True retention: of the first reviews of a day of cards in review, how many passed."""
        return self.kept(Age.YOUNG, Age.MATURE)

    def to_json(self) -> str:
        """Return the text that the database keeps."""
        return json.dumps([self.ratings, self.drills, self.crams], separators=(",", ":"))


def tally_from_json(text: str) -> Tally:
    """Return the tally that `Tally.to_json` wrote."""
    return Tally(*json.loads(text))


def summed(tallies: Iterable[Tally]) -> Tally:
    """Return the tally of all of them."""
    ratings: dict[str, list[int]] = {}
    drills, crams = [0, 0, 0, 0], 0
    for one in tallies:
        for name, cells in one.ratings.items():
            known = ratings.get(name)
            ratings[name] = list(cells) if known is None else list(map(add, known, cells))
        if any(one.drills):
            drills = list(map(add, drills, one.drills))
        crams += one.crams
    return Tally(ratings, drills, crams)
