"""Study days: the learner's calendar day, which begins at the rollover hour and not at midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple, NewType

StudyDay = NewType("StudyDay", int)
"""A study day as the proleptic ordinal of its date, so that days subtract to whole days."""


class Instant(NamedTuple):
    """A moment as the log counts it: its study day, and UTC milliseconds since 1970."""

    day: StudyDay
    ms: int


EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
_EPOCH, _MILLISECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(milliseconds=1)


def study_day(moment: datetime, zone: tzinfo | None, rollover_hour: int) -> StudyDay:
    """Return the study day of a moment for a learner in `zone` (None: the machine's own).

    Raises:
        ValueError: The moment carries no time zone, or lies outside the years 2000 to 2199.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    if not EARLIEST <= moment < LATEST:
        raise ValueError(f"{moment:%Y-%m-%d} lies outside the years 2000 to 2199")
    return StudyDay((moment.astimezone(zone) - timedelta(hours=rollover_hour)).toordinal())


def date_of(day: int) -> date:
    """Return the calendar date of a study day."""
    return date.fromordinal(day)


def milliseconds(moment: datetime) -> int:
    """Return a moment as whole milliseconds since 1970, UTC."""
    return (moment - _EPOCH) // _MILLISECOND


def moment_of(at_ms: int) -> datetime:
    """Return the UTC moment of a count of milliseconds."""
    return _EPOCH + at_ms * _MILLISECOND
