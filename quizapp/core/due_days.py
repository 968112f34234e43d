"""The study day that a learner sets for cards: one day, or a range out of which each card draws its own."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from quizapp.core.day import EARLIEST, LATEST, date_of
from quizapp.errors import UsageError

MOST_DAYS = 36_500
_HINT = "Give days from today such as 0, 3 or 3-7, or a date such as 2027-01-31."
_DAYS = re.compile(r"(\d{1,5})(?:\s*(?:-|\.\.)\s*(\d{1,5}))?")


@dataclass(frozen=True, slots=True)
class DueDays:
    """Study days from the first to the last, both included."""

    first: int
    last: int

    def draw(self, card_id: str, today: int) -> int:
        """Return a card's day: a draw that belongs to the card, the day of drawing and the range."""
        seed = f"{card_id}/{today}/{self.first}/{self.last}".encode()
        digest = hashlib.blake2b(seed, digest_size=8).digest()
        return self.first + int.from_bytes(digest) % (self.last - self.first + 1)

    def words(self, today: int) -> str:
        """Return when that is, as in "due today" or "due in 3 to 7 days"."""
        if self.first != self.last:
            return f"in {self.first - today} to {self.last - today} days"
        match self.first - today:
            case 0:
                return "today"
            case 1:
                return "tomorrow"
            case days:
                return f"on {date_of(self.first):%d %b %Y}, in {days} days"


def due_days(text: str, today: int) -> DueDays:
    """Return the days that a learner's words name: `0` is today, `3` in three days, `3-7` a range, or a date.

    Raises:
        UsageError: They name no day, one that has passed, or one too far ahead.
    """
    wanted = text.strip()
    if found := _DAYS.fullmatch(wanted):
        low = int(found[1])
        high = int(found[2]) if found[2] else low
        if low > high:
            raise UsageError(f"The range {wanted} ends before it begins.", f"Give it as {high}-{low}.")
        return _checked(DueDays(today + low, today + high), today, wanted)
    try:
        day = date.fromisoformat(wanted).toordinal()
    except ValueError:
        raise UsageError(f"{text!r} is no day.", _HINT) from None
    return _checked(DueDays(day, day), today, wanted)


def _checked(days: DueDays, today: int, wanted: str) -> DueDays:
    if days.first < today:
        raise UsageError(f"{wanted} has passed.", _HINT)
    latest = min(today + MOST_DAYS, LATEST.toordinal() - 1)
    if days.last > latest or days.first < EARLIEST.toordinal():
        raise UsageError(f"{wanted} is too far ahead.", f"The last day is {date_of(latest).isoformat()}.")
    return days
