"""The calendar."""

from __future__ import annotations

from datetime import date

import pytest

from quizapp.core.chart import Axis, Chart, ChartKind, Series, draw, to_text
from quizapp.core.chart.calendar import BLOCK_ROWS, rows_for, thresholds

FIRST = date(2026, 1, 5).toordinal()
"""A Monday."""


def calendar(counts: dict[int, float], width: int = 78, height: int = 10) -> list[str]:
    """Draw a calendar and return its lines."""
    series = Series("reviews", tuple(counts.values()), tuple(map(float, counts)))
    chart = Chart((series,), y=Axis("reviews a day"), kind=ChartKind.CALENDAR)
    return to_text(draw(chart, width, height)).splitlines()


def test_a_row_is_a_weekday_and_a_column_a_week() -> None:
    """A day stands in its weekday's row; the next week's is one to the right."""
    lines = calendar({FIRST: 1, FIRST + 1: 0, FIRST + 7: 9})
    assert lines[2] == "Mon ░█" or lines[2] == "Mon ░░██"
    assert "·" in lines[3]


def test_shades_tell_more_from_less_without_colour() -> None:
    """Four signs and a point, each named with its numbers in the legend."""
    lines = calendar({FIRST + day: float(day) for day in range(41)})
    for sign in "·░▒▓█":
        assert sign in "".join(lines[2:9])
        assert sign in lines[9]
    assert "none" in lines[9]
    assert "reviews a day" in lines[9]


def test_months_are_named_above_the_week_of_their_first_day() -> None:
    """The years stand above them; the first name makes room for the second."""
    lines = calendar({FIRST + day: 1.0 for day in range(364)})
    years, head = lines[:2]
    assert years.split() == ["2026", "2027"]
    assert years.startswith("    2026 ")
    assert head.startswith("   Jan Feb ")
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
    assert lines[2].strip() == "Mon"


@pytest.mark.parametrize("columns", [57, 58, 78, 118])
@pytest.mark.parametrize("last", range(0, 365, 9))
def test_every_month_and_year_is_named(columns: int, last: int) -> None:
    """In their order, wherever the year begins, and none is cut."""
    end = FIRST + last
    days = range(end - 364, end + 1)
    years, months, *_ = calendar(dict.fromkeys(days, 1.0), columns)
    shown = [date.fromordinal(day) for day in days]
    assert months.split() == [f"{day:%b}" for day in shown if day == shown[0] or day.day == 1]
    assert years.split() == [
        str(day.year) for day in shown if day == shown[0] or (day.month, day.day) == (1, 1)
    ]
