"""The calendar."""

from __future__ import annotations

from datetime import date

from quizapp.core.chart import Axis, Chart, ChartKind, Series, draw, to_text
from quizapp.core.chart.calendar import BLOCK_ROWS, rows_for, thresholds

FIRST = date(2026, 1, 5).toordinal()
"""A Monday."""


def calendar(counts: dict[int, float], width: int = 78, height: int = 9) -> list[str]:
    """Draw a calendar and return its lines."""
    series = Series("reviews", tuple(counts.values()), tuple(map(float, counts)))
    chart = Chart((series,), y=Axis("reviews a day"), kind=ChartKind.CALENDAR)
    return to_text(draw(chart, width, height)).splitlines()


def test_a_row_is_a_weekday_and_a_column_a_week() -> None:
    """A day stands in its weekday's row; the next week's is one to the right."""
    lines = calendar({FIRST: 1, FIRST + 1: 0, FIRST + 7: 9})
    assert lines[1] == "Mon ░█" or lines[1] == "Mon ░░██"
    assert "·" in lines[2]


def test_shades_tell_more_from_less_without_colour() -> None:
    """Four signs and a point, each named with its numbers in the legend."""
    lines = calendar({FIRST + day: float(day) for day in range(41)})
    for sign in "·░▒▓█":
        assert sign in "".join(lines[1:8])
        assert sign in lines[8]
    assert "none" in lines[8]
    assert "reviews a day" in lines[8]


def test_months_are_named_above_the_week_of_their_first_day() -> None:
    """The first week and January carry the year."""
    lines = calendar({FIRST + day: 1.0 for day in range(364)})
    head = lines[0]
    assert head.startswith("    Jan 2026")
    assert "Feb" not in head[:8]
    assert head.index("Jun") < head.index("Jul") < head.index("Dec")
    week = (date(2026, 7, 1).toordinal() - FIRST) // 7
    assert head.index("Jul") == 4 + week


def test_one_day_of_cramming_leaves_the_others_apart() -> None:
    """The shades are parted below what nineteen of twenty days stay under."""
    assert thresholds([float(number) for number in range(1, 41)] + [5000.0])[-1] < 40


def test_each_shade_begins_above_the_one_before() -> None:
    """With one or two reviews a day, too."""
    assert thresholds([1.0, 1.0, 2.0]) == (1, 2, 3, 4)


def test_several_years_stand_one_below_another() -> None:
    """As high as it says; with less room the latest stay."""
    days = {FIRST + day: 1.0 for day in range(800)}
    rows = rows_for(FIRST, FIRST + 799, 78)
    assert rows == 3 * (BLOCK_ROWS + 1)
    assert sum(line.startswith("Mon") for line in calendar(days, height=rows)) == 3
    (only,) = (line for line in calendar(days) if line.startswith("Mon"))
    assert len(only) > 50


def test_days_outside_the_range_are_blank() -> None:
    """What was not asked for is no day without reviews."""
    lines = calendar({FIRST + 2: 1.0})
    assert lines[1].strip() == "Mon"


def test_no_month_is_cut_at_the_edge() -> None:
    """One that has no room has no name."""
    first = date(2025, 12, 1).toordinal()
    for columns in range(40, 64):
        months = calendar({first + ahead: 1.0 for ahead in range(365)}, columns)[0].split()
        assert all(len(word) in (3, 4) for word in months), months
