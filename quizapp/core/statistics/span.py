"""A range of study days."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.core.day import date_of

ALL = 0
LENGTHS = (7, 30, 90, 365, ALL)
"""The ranges that are offered, in days up to today; ALL begins with the first review."""


@dataclass(frozen=True, slots=True)
class Span:
    """The study days from the first to the last, both included."""

    first: int
    last: int

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.last - self.first + 1

    def __contains__(self, day: int) -> bool:
        """Whether a study day lies in it."""
        return self.first <= day <= self.last

    @property
    def words(self) -> str:
        """The span as a learner reads it."""
        first, last = date_of(self.first), date_of(self.last)
        if first == last:
            return f"{first:%d %b %Y}"
        start = f"{first:%d %b}" if first.year == last.year else f"{first:%d %b %Y}"
        return f"{start} to {last:%d %b %Y}"


def last_days(days: int, today: int, first_review: int) -> Span:
    """Return the span of so many days up to today.

    Args:
        days: How many; ALL for everything since the first review.
        first_review: The study day of the first review; 0 when there is none.
    """
    if days == ALL:
        return Span(min(first_review or today, today), today)
    return Span(today - days + 1, today)


def length_words(days: int) -> str:
    """Return a length as the range switch shows it."""
    return "all" if days == ALL else f"{days} days"
