"""Durations in the words of the rating buttons."""

from __future__ import annotations

import pytest

from quizapp.core.duration import clock, days_words, interval_words, seconds_words
from quizapp.core.memory import Interval


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (Interval(seconds=30), "30 s"),
        (Interval(seconds=60), "1 min"),
        (Interval(seconds=480), "8 min"),
        (Interval(seconds=3600), "1 h"),
        (Interval(seconds=5400), "1.5 h"),
        (Interval(days=1), "1 d"),
        (Interval(days=59), "59 d"),
        (Interval(days=60), "2.0 mo"),
        (Interval(days=364), "12.0 mo"),
        (Interval(days=365), "1.0 y"),
        (Interval(days=36_500), "99.9 y"),
    ],
)
def test_an_interval_is_said_in_its_unit(interval: Interval, words: str) -> None:
    """Seconds, minutes, hours, days, months and years, each from where it is the natural word."""
    assert interval_words(interval) == words


@pytest.mark.parametrize(("seconds", "words"), [(59.7, "1 min"), (3599.0, "1 h"), (86_399.0, "24 h")])
def test_rounding_never_fills_a_unit(seconds: float, words: str) -> None:
    """What rounds up to a full unit is said in the greater one: no `60 s` and no `60 min`."""
    assert seconds_words(seconds) == words


def test_part_days_are_rounded() -> None:
    """A stability is no whole number, and is said as one."""
    assert days_words(2.3065) == "2 d"


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (42.9, "0:42"), (61, "1:01"), (3601, "60:01")])
def test_the_clock_counts_minutes(seconds: float, text: str) -> None:
    """Minutes and seconds, as on a stopwatch."""
    assert clock(seconds) == text
