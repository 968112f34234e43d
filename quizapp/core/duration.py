"""Durations in the words of the rating buttons: "8 min", "5 d", "1.4 y"."""

from __future__ import annotations

from quizapp.core.memory import Interval


def interval_words(interval: Interval) -> str:
    """Return an interval as a learner reads it."""
    return days_words(interval.days) if interval.days else seconds_words(interval.seconds)


def seconds_words(seconds: float) -> str:
    """Return a waiting time under a day."""
    if round(seconds) < 60:
        return f"{seconds:.0f} s"
    if round(seconds / 60) < 60:
        return f"{seconds / 60:.0f} min"
    hours = seconds / 3600
    return f"{hours:.3g} h" if hours < 999.5 else f"{hours:,.0f} h"


def days_words(days: float) -> str:
    """Return a number of days, in months from 60 on and in years from 365 on."""
    if days < 60:
        return f"{days:.0f} d"
    if days < 365:
        return f"{days / 30.44:.1f} mo"
    return f"{days / 365.25:.1f} y"


def spoken_interval(interval: Interval) -> str:
    """Return an interval in whole words, as a screen reader shall say it: "in 10 minutes", "in 1.4 years"."""
    if not interval.days:
        number, short = seconds_words(interval.seconds).split()
    else:
        number, short = days_words(interval.days).split()
    unit = _SPOKEN[short]
    return f"in {number} {unit}" if number == "1" else f"in {number} {unit}s"


_SPOKEN = {"s": "second", "min": "minute", "h": "hour", "d": "day", "mo": "month", "y": "year"}


def clock(seconds: float) -> str:
    """Return seconds as minutes and seconds, such as 0:42."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
