"""Study days begin at the rollover hour of the learner's own time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.day import date_of, milliseconds, moment_of, study_day

BERLIN = ZoneInfo("Europe/Berlin")
MOMENTS = st.datetimes(
    min_value=datetime(2000, 1, 2),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(2199, 12, 30),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@pytest.mark.parametrize(
    ("hour", "minute", "day"),
    [
        (3, 59, date(2026, 3, 1)),
        (4, 0, date(2026, 3, 2)),
        (23, 59, date(2026, 3, 2)),
        (0, 0, date(2026, 3, 1)),
    ],
)
def test_a_day_begins_at_the_rollover_hour(hour: int, minute: int, day: date) -> None:
    """Up to 03:59 the evening before goes on."""
    assert date_of(study_day(datetime(2026, 3, 2, hour, minute, tzinfo=UTC), UTC, 4)) == day


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        (UTC, date(2026, 3, 1)),
        (timezone(timedelta(hours=9)), date(2026, 3, 2)),
        (timezone(timedelta(hours=-8)), date(2026, 3, 1)),
    ],
)
def test_a_day_is_the_learners_own(zone: tzinfo, day: date) -> None:
    """One moment belongs to the day of the place where the learner is."""
    assert date_of(study_day(datetime(2026, 3, 2, 3, tzinfo=UTC), zone, 4)) == day


@pytest.mark.parametrize("night", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_day_begins_at_the_rollover_hour_when_the_clocks_change(night: date) -> None:
    """In the nights of 23 and of 25 hours, too, the day begins at 04:00 by the wall clock."""
    four = datetime(night.year, night.month, night.day, 4, tzinfo=BERLIN)
    before = (four.astimezone(UTC) - timedelta(seconds=1)).astimezone(BERLIN)
    assert date_of(study_day(four, BERLIN, 4)) == night
    assert date_of(study_day(before, BERLIN, 4)) == night - timedelta(days=1)


def test_the_machines_zone_is_taken_where_none_is_given() -> None:
    """Without a zone, the day is that of the machine's local time."""
    moment = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert date_of(study_day(moment, None, 0)) == moment.astimezone().date()


@pytest.mark.parametrize("year", [1, 1999, 2200, 9999])
def test_far_dates_are_refused(year: int) -> None:
    """A date that no scheduler can count from is refused by its year."""
    with pytest.raises(ValueError, match="outside the years 2000 to 2199"):
        study_day(datetime(year, 6, 1, tzinfo=UTC), UTC, 4)


def test_a_moment_without_a_zone_is_refused() -> None:
    """A naive time would mean another moment on another machine."""
    with pytest.raises(ValueError, match="needs a time zone"):
        study_day(datetime(2026, 3, 2), UTC, 4)  # noqa: DTZ001 - that is the point


@given(MOMENTS)
def test_milliseconds_go_there_and_back(moment: datetime) -> None:
    """A moment survives as its whole milliseconds."""
    back = moment_of(milliseconds(moment))
    assert timedelta(0) <= moment - back < timedelta(milliseconds=1)


@given(MOMENTS, st.integers(min_value=0, max_value=23))
def test_days_follow_one_another(moment: datetime, rollover_hour: int) -> None:
    """Twenty-four hours later it is the next study day, where no clock is changed."""
    day = study_day(moment, UTC, rollover_hour)
    assert study_day(moment + timedelta(hours=24), UTC, rollover_hour) == day + 1
