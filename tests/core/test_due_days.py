"""The day that a learner sets: numbers, ranges and dates."""

from __future__ import annotations

from datetime import date

import pytest

from quizapp.core.due_days import DueDays, due_days
from quizapp.errors import UsageError

TODAY = date(2026, 3, 2).toordinal()


@pytest.mark.parametrize(
    ("text", "days", "words"),
    [
        ("0", DueDays(TODAY, TODAY), "today"),
        (" 1 ", DueDays(TODAY + 1, TODAY + 1), "tomorrow"),
        ("3-7", DueDays(TODAY + 3, TODAY + 7), "in 3 to 7 days"),
        ("3..7", DueDays(TODAY + 3, TODAY + 7), "in 3 to 7 days"),
        ("2026-03-05", DueDays(TODAY + 3, TODAY + 3), "on 05 Mar 2026, in 3 days"),
    ],
)
def test_days_are_read_as_anki_reads_them(text: str, days: DueDays, words: str) -> None:
    """A number counts from today, two are a range, and a date is a date."""
    assert due_days(text, TODAY) == days
    assert days.words(TODAY) == words


@pytest.mark.parametrize("text", ["", "x", "-1", "7-3", "2026-03-01", "2026-13-01", "99999", "2300-01-01"])
def test_what_is_no_day_is_refused(text: str) -> None:
    """What has passed, and what is too far ahead, too."""
    with pytest.raises(UsageError):
        due_days(text, TODAY)


def test_each_card_draws_its_own_day() -> None:
    """All days of the range are drawn, and the same card draws the same day again."""
    days = DueDays(TODAY + 3, TODAY + 7)
    drawn = [days.draw(f"card-{number}", TODAY) for number in range(200)]
    assert set(drawn) == set(range(TODAY + 3, TODAY + 8))
    assert drawn == [days.draw(f"card-{number}", TODAY) for number in range(200)]
