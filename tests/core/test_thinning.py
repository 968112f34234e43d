"""Thinning: what is kept as backups grow old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.thinning import kept

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def every(hours: float, days: float) -> list[datetime]:
    """Return a moment every so many hours, back over so many days."""
    return [NOW - timedelta(hours=hours * number) for number in range(int(days * 24 / hours) + 1)]


def test_all_of_two_days_are_kept() -> None:
    """However many there are."""
    assert kept(every(1, 2), NOW) == set(every(1, 2))


def test_older_ones_thin_to_one_a_day_a_week_a_month() -> None:
    """The last one of each stays."""
    stays = kept(every(6, 400), NOW)
    ages = sorted((NOW - moment) / timedelta(days=1) for moment in stays)
    assert len([age for age in ages if age <= 2]) == 9
    assert len([age for age in ages if 2 < age <= 14]) == 13
    assert 11 <= len([age for age in ages if 14 < age <= 92]) <= 13
    assert 10 <= len([age for age in ages if age > 92]) <= 12
    of_one_day = [moment for moment in every(6, 400) if moment.date() == (NOW - timedelta(days=5)).date()]
    assert max(of_one_day) in stays
    assert len(stays & set(of_one_day)) == 1


@given(st.lists(st.integers(0, 2000 * 24), unique=True))
def test_thinning_twice_changes_nothing(hours: list[int]) -> None:
    """What was kept stays, and the newest is always among it."""
    moments = [NOW - timedelta(hours=hour) for hour in hours]
    once = kept(moments, NOW)
    assert kept(once, NOW) == once
    assert not moments or max(moments) in once


def test_nothing_of_nothing() -> None:
    """No backup, none kept."""
    assert kept([], NOW) == set()
