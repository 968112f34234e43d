"""Bars and heat maps."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from quizapp.core.chart import Axis, Chart, ChartKind, Mark, RoleKind, Series, draw, to_text

LINEAR = Axis()


def bars(
    *series: Series, y: Axis = LINEAR, marks: tuple[Mark, ...] = (), size: tuple[int, int] = (60, 16)
) -> list[str]:
    """Draw horizontal bars and return their lines."""
    return to_text(draw(Chart(series, y=y, marks=marks, kind=ChartKind.BARS), *size)).splitlines()


def row_of(lines: list[str], label: str) -> str:
    """Return the line that begins with the label."""
    return next(line for line in lines if line.startswith(label))


def test_a_bar_shows_the_last_value_with_its_figure() -> None:
    """Each series is a bar as long as its last value, the figure at the right edge."""
    lines = bars(Series("half", (9.0, 1.0)), Series("whole", (0.0, 2.0)))
    half, whole = row_of(lines, "half"), row_of(lines, "whole")
    assert half.count("█") == pytest.approx(whole.count("█") / 2, abs=1)
    assert (half[-1], whole[-1], len(half), len(whole)) == ("1", "2", 60, 60)


def test_theory_is_a_tick_across_its_bar() -> None:
    """Theory of the same label is no row of its own but a tick in the measurement's row."""
    lines = bars(Series("a", (1.0,)), Series("a", (2.0,), faint=True))
    assert "┃" in row_of(lines, "a")
    assert sum(line.startswith("a") for line in lines) == 1


def test_bars_on_a_log_axis_count_decades() -> None:
    """On a log axis equal factors are equal lengths, and the least bar still has one."""
    lines = bars(*(Series(f"s{n}", (10.0 ** (3 * n),)) for n in range(4)), y=Axis(log=True))
    lengths = [row_of(lines, f"s{n}").count("█") for n in range(4)]
    steps = [longer - shorter for shorter, longer in pairwise(lengths)]
    assert lengths[0] > 0
    assert max(steps) - min(steps) <= 1


def test_negative_bars_grow_to_the_left() -> None:
    """Below zero a bar ends where the others begin."""
    lines = bars(Series("up", (3.0,)), Series("down", (-3.0,)))
    assert row_of(lines, "down").rindex("█") < row_of(lines, "up").index("█")


def test_an_infinite_bar_ends_in_an_arrow_and_a_missing_one_says_so() -> None:
    """Infinity runs off the axis; NaN has no bar, only its word."""
    lines = bars(Series("boom", (math.inf,)), Series("lost", (math.nan,)), Series("one", (1.0,)))
    assert "█▶" in row_of(lines, "boom")
    assert "█" not in row_of(lines, "lost")
    assert row_of(lines, "lost").endswith("NaN")


def test_bars_that_do_not_fit_are_counted() -> None:
    """Where rows run out, the last one says how many bars are missing."""
    lines = bars(*(Series(f"s{n}", (1.0,)) for n in range(20)), size=(40, 4))
    assert lines[-1] == "… 17 more"


def test_a_mark_points_at_its_value_from_above() -> None:
    """The prediction stands over the bars at its value."""
    lines = bars(Series("a", (4.0,)), Series("b", (1.0,)), marks=(Mark(2.0, "you said 2"),))
    assert "▼ you said 2" in lines[0]
    assert row_of(lines, "b")[lines[0].index("▼")] == "╎"


def heat(*series: Series, size: tuple[int, int] = (60, 16)) -> list[str]:
    """Draw a heat map and return its lines."""
    return to_text(draw(Chart(series, y=Axis("weight"), kind=ChartKind.HEAT), *size)).splitlines()


def test_the_label_above_leaves_every_number_of_the_axis() -> None:
    """The values' label stands on top, so that the axis keeps the numbers up to its end; a bar goes before it."""
    ratios = tuple(Series(name, (1.04,)) for name in ("naive", "corr", "rezero"))
    chart = Chart(ratios, y=Axis("Measured over theory, so far: ratio"), kind=ChartKind.BARS)
    high, low = (to_text(draw(chart, 60, height)).splitlines() for height in (10, 5))
    assert high[0].strip() == "Measured over theory, so far: ratio"
    assert any(line.split() == ["0.0", "0.5", "1.0"] for line in high)
    assert [line.split()[0] for line in low[:3]] == ["naive", "corr", "rezero"]
    assert "Measured over" in low[-1]


def test_heat_is_denser_for_greater_values() -> None:
    """A row's cells go from blank to full as its values rise."""
    line = heat(Series("row", (0.0, 0.25, 0.5, 0.75, 1.0)), size=(30, 8))[0]
    assert "".join(dict.fromkeys(line.removeprefix("row").strip())) == "░▒▓█"


def test_heat_tells_a_missing_value_from_a_small_one() -> None:
    """NaN is a dot and infinity an arrow, where the least value is blank."""
    line = heat(Series("row", (0.0, math.nan, math.inf, 1.0)))[1].removeprefix("row")
    assert line.split() == ["·", "▲", "█" * 8]


def test_heat_has_a_legend() -> None:
    """The legend names the scale and its two ends."""
    assert any("weight  2 ░░▒▒▓▓██ 7" in line for line in heat(Series("a", (2.0, 7.0))))


def test_heat_wider_than_the_room_is_averaged() -> None:
    """More values than columns share columns, in the same order."""
    values = tuple(float(number) for number in range(1000))
    line = heat(Series("", values), size=(40, 8))[0]
    assert "".join(dict.fromkeys(line.strip())) == "░▒▓█"


def test_heat_shades_have_the_series_role() -> None:
    """Shaded cells belong to the series role; the blank shade is a blank."""
    chart = Chart((Series("", (0.0, 1.0)),), kind=ChartKind.HEAT)
    kinds = {run.role.kind: run.text for run in draw(chart, 16, 1).rows[0]}
    assert kinds == {RoleKind.BLANK: " " * 8, RoleKind.SERIES: "█" * 8}
