"""Ranges."""

from __future__ import annotations

from datetime import date

import pytest

from quizapp.core.statistics.span import ALL, Span, Wanted, days_from, last_days, wanted_from

TODAY = date(2026, 3, 2).toordinal()


def test_the_last_days_end_today() -> None:
    """Seven days hold today and six before it; all begins with the first review, or today without any."""
    assert last_days(7, TODAY, 0) == Span(TODAY - 6, TODAY)
    assert last_days(ALL, TODAY, TODAY - 100) == Span(TODAY - 100, TODAY)
    assert last_days(ALL, TODAY, 0).days == 1


def test_a_span_in_words() -> None:
    """The year stands once where both ends share it."""
    assert Span(TODAY - 1, TODAY).words == "01 Mar to 02 Mar 2026"
    assert Span(TODAY - 365, TODAY).words == "02 Mar 2025 to 02 Mar 2026"
    assert Span(TODAY, TODAY).words == "02 Mar 2026"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("45", Wanted(45)),
        (" all ", Wanted(ALL)),
        ("2026-01-01", Wanted(since=date(2026, 1, 1))),
        ("2026-01-01 2026-03-31", Wanted(since=date(2026, 1, 1), until=date(2026, 3, 31))),
        ("2026-01-01 to 2026-03-31", Wanted(since=date(2026, 1, 1), until=date(2026, 3, 31))),
    ],
)
def test_ranges_as_typed(text: str, wanted: Wanted) -> None:
    """Days, all, one date, two dates."""
    assert wanted_from(text) == wanted


@pytest.mark.parametrize("text", ["", "0", "-3", "40000", "soon", "2026-13-01", "2026-01-01 5", "1 2 3", "²"])
def test_what_is_no_range_is_refused_in_words(text: str) -> None:
    """The text says what it may be."""
    with pytest.raises(ValueError, match=r"2026-01-31|36500"):
        wanted_from(text)


def test_days_of_the_command_line() -> None:
    """`all` is every day since the first review."""
    assert days_from("all") == ALL
    with pytest.raises(ValueError, match="all"):
        days_from("x")
