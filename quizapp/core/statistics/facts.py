"""Everything that was read of a learner's log and cards, before it is made into sections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from quizapp.core.calibration import Settled
from quizapp.core.calibration import Tally as Predictions
from quizapp.core.overview import SECONDS_A_CARD
from quizapp.core.statistics.drilled import NONE, Drilled
from quizapp.core.statistics.memories import Memories
from quizapp.core.statistics.scope import Scope
from quizapp.core.statistics.sorted_reviews import SortedReviews
from quizapp.core.statistics.span import Span
from quizapp.core.statistics.tally import Tally, summed


@dataclass(frozen=True, slots=True)
class Facts:
    """What all sections are made of.

    Attributes:
        desired: The share of due cards that the learner wants to recall.
        first_rating: The study day of the first rating of all, also of a drill; 0 when there is none.
        days: The tallies of the days of the span that have any.
        reviews: Those of the whole span, by hour, deck and tag.
        due: How many reviews fall due on each coming day, today first.
        settled: The predictions of the span whose runs have ended; `predictions` is their tally.
        decks: The path of each deck by the number that tallies name it by.
    """

    today: int
    span: Span
    scope: Scope
    desired: float
    first_rating: int = 0
    days: Mapping[int, Tally] = field(default_factory=dict)
    reviews: SortedReviews = field(default_factory=SortedReviews)
    memories: Memories = field(default_factory=Memories)
    due: tuple[int, ...] = ()
    decks: Mapping[str, str] = field(default_factory=dict)
    settled: tuple[Settled, ...] = ()
    predictions: Predictions = field(default_factory=Predictions)
    drilled: Drilled = NONE

    @property
    def counted(self) -> Span:
        """The span from the first rating on: before it no day was missed."""
        return Span(min(max(self.span.first, self.first_rating), self.span.last), self.span.last)

    def within(self, span: Span) -> Iterable[Tally]:
        """Return the tallies of the days of a span."""
        return [tally for day, tally in self.days.items() if day in span]


def total(facts: Facts) -> Tally:
    """Return the tally of the whole span."""
    return summed(facts.days.values())


def pace(whole: Tally) -> float:
    """Return the seconds that a review takes; the usual ones where there was none, or no time is known."""
    return whole.milliseconds / whole.reviews / 1000 if whole.milliseconds else SECONDS_A_CARD


def counted_words(count: int, word: str) -> str:
    """Return a number with its noun: 1 review, 2 reviews."""
    return f"1 {word}" if count == 1 else f"{count:,} {word}s"
