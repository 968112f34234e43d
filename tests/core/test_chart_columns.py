"""Columns."""

from __future__ import annotations

import math

import pytest

from quizapp.core.chart import Axis, Chart, ChartKind, Mark, Series, draw, to_text


def columns(
    *values: float,
    names: tuple[str, ...] = (),
    marks: tuple[Mark, ...] = (),
    high: float | None = None,
    size: tuple[int, int] = (40, 10),
) -> list[str]:
    """Draw columns and return their lines."""
    chart = Chart(
        (Series("n", values),),
        x=Axis(names=names),
        y=Axis("cards", high=high),
        marks=marks,
        kind=ChartKind.COLUMNS,
    )
    return to_text(draw(chart, *size)).splitlines()


def test_heights_follow_the_values_from_zero_on() -> None:
    """Twice the value is twice the height; zero is nothing."""
    lines = columns(2, 4, 0, names=("a", "b", "c"))
    left, right = (sum(line[place] == "█" for line in lines if len(line) > place) for place in (3, 12))
    assert right == pytest.approx(2 * left, abs=1)
    assert right > 0
    assert all(len(line) <= 21 for line in lines[1:-2])


def test_the_least_value_that_is_there_is_seen() -> None:
    """One card beside ten thousand has a column of an eighth."""
    assert "▁" in "".join(columns(1, 10_000))


def test_names_stand_below_their_columns_as_far_as_there_is_room() -> None:
    """None is cut, and none runs into the next one."""
    lines = columns(*range(1, 31), names=tuple(f"{day:02} Jan" for day in range(1, 31)))
    assert lines[-1].split()[:2] == ["01", "Jan"]
    assert all(word == "Jan" or (word.isdecimal() and len(word) == 2) for word in lines[-1].split())


def test_more_values_than_cells_are_averaged() -> None:
    """The unit stays what it was: a mean of days, not their sum."""
    lines = columns(*([6.0] * 400), size=(30, 10))
    assert "10" not in " ".join(lines)
    assert max(len(line) for line in lines) <= 30


def test_a_mark_is_a_quiet_line_with_words() -> None:
    """It covers no column; the words stand in the head, where they cover nothing either."""
    lines = columns(4, 0, 0, 0, 0, 0, 0, 4, marks=(Mark(2, "mean 1"),))
    assert lines[0].endswith("╌ mean 1")
    assert any("╌" in line and "██" in line for line in lines[1:])


def test_a_fixed_end_holds() -> None:
    """Per cent end at 100."""
    assert columns(50, 95, high=100)[1].startswith("100")


def test_without_values_it_says_so() -> None:
    """NaN counts as nothing beside values, and alone as no values yet."""
    assert "no values yet" in " ".join(columns(math.nan))
    assert "no values yet" not in " ".join(columns(math.nan, 1.0))
