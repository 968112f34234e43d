"""When and under which settings a search is made: all that a query's words do not say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """The present, as `is:due`, `added:` and their like need it.

    Attributes:
        day: The study day.
        day_ms: When it began, UTC milliseconds.
        now_ms: The present moment, UTC milliseconds.
        leech_lapses: How many lapses make a card a leech.
    """

    day: int
    day_ms: int
    now_ms: int
    leech_lapses: int
