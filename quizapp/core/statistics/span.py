"""A range of study days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quizapp.core.day import date_of

ALL = 0
MOST_DAYS = 36_500
YEAR_DAYS = 366
LENGTHS = (7, 30, 90, 365, ALL)
"""The ranges that are offered, in days up to today; ALL begins with the first rating."""


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


def day_names(days: range | Sequence[int]) -> tuple[str, ...]:
    """Return what stands below each day of a chart: the day, or in a chart of more than a year the month and year."""
    form = "%b %Y" if days and days[-1] - days[0] > YEAR_DAYS else "%d %b"
    return tuple(f"{date_of(day):{form}}" for day in days)


def last_days(days: int, today: int, first_rating: int) -> Span:
    """Return the span of so many days up to today.

    Args:
        days: How many; ALL for everything since the first rating.
        first_rating: The study day of the first rating; 0 when there is none.
    """
    if days == ALL:
        return Span(min(first_rating or today, today), today)
    return Span(today - days + 1, today)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A range as it was asked for: so many days up to today, or from a date to another, either of them open.

    Attributes:
        days: ALL for everything; of no account where there is a date.
    """

    days: int = ALL
    since: date | None = None
    until: date | None = None

    @property
    def is_dated(self) -> bool:
        """Whether it was given by dates."""
        return self.since is not None or self.until is not None


def days_from(text: str) -> int:
    """Return the number of days that a text names; ALL for `all`.

    Raises:
        ValueError: It names none; the text says what it may be.
    """
    if text.strip().lower() == "all":
        return ALL
    if not text.strip().isdecimal() or not 1 <= int(text) <= MOST_DAYS:
        raise ValueError(f"{text.strip()!r} is no number of days: give 1 to {MOST_DAYS}, or all.")
    return int(text)


def wanted_from(text: str) -> Wanted:
    """Return the range that a learner typed: `30`, `all`, `2026-01-01`, or `2026-01-01 2026-03-31`.

    Raises:
        ValueError: It is none of these; the text says what it may be.
    """
    words = text.replace("to", " ").split()
    if len(words) == 1 and "-" not in words[0]:
        return Wanted(days_from(words[0]))
    try:
        dates = [date.fromisoformat(word) for word in words]
    except ValueError:
        dates = []
    if not 1 <= len(dates) <= 2:
        raise ValueError(f"{text.strip()!r} is no range: give days, all, or one or two dates as 2026-01-31.")
    return Wanted(since=dates[0], until=dates[1] if len(dates) > 1 else None)


def length_words(days: int) -> str:
    """Return a length as the range switch shows it."""
    return "all" if days == ALL else str(days)
