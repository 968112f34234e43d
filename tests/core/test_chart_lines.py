"""Curves: where their dots stand, their gaps, arrows, ticks, names, theory and marks."""

from __future__ import annotations

import math

import pytest

from quizapp.core.chart import Axis, Chart, Drawing, Mark, RoleKind, Series, draw, to_text
from quizapp.core.chart.raster import PATTERNS, SPARSE
from quizapp.core.chart.scale import Scale
from quizapp.core.chart.ticks import ticks

LAYERS = range(51)
PLAIN = tuple(0.9**layer for layer in LAYERS)
RESIDUAL = tuple(1.345**layer for layer in LAYERS)


def cells(drawing: Drawing, kind: RoleKind, index: int = 0) -> list[tuple[int, int, str]]:
    """Return (row, column, character) of every cell of a role, row by row."""
    found = []
    for number, row in enumerate(drawing.rows):
        col = 0
        for run in row:
            if run.role.kind is kind and run.role.index == index:
                found += [(number, col + offset, char) for offset, char in enumerate(run.text)]
            col += len(run.text)
    return found


def curve(*values: float, low: float | None = None, high: float | None = None) -> Drawing:
    """Draw one unnamed curve on 60 by 16 cells."""
    return draw(Chart((Series("", values),), y=Axis(low=low, high=high)), 60, 16)


def test_a_rising_line_rises() -> None:
    """Further right, the dots of a rising line stand higher, from the bottom row to the top one."""
    found = sorted(cells(curve(*range(11)), RoleKind.SERIES), key=lambda cell: (cell[1], -cell[0]))
    heights = [row for row, _, _ in found]
    assert heights == sorted(heights, reverse=True)
    assert (heights[0], heights[-1]) == (13, 0)


def test_nan_leaves_a_gap() -> None:
    """No dot stands between the neighbours of a missing value, and none of both sides is lost."""
    whole = {col for _, col, _ in cells(curve(1, 1, 1, 1, 1, 1, 1), RoleKind.SERIES)}
    gapped = {col for _, col, _ in cells(curve(1, 1, 1, math.nan, 1, 1, 1), RoleKind.SERIES)}
    missing = sorted(whole - gapped)
    assert missing == list(range(missing[0], missing[-1] + 1))
    assert len(missing) == pytest.approx(len(whole) / 3, abs=2)


@pytest.mark.parametrize(("value", "sign", "row"), [(math.inf, "▲", 0), (-math.inf, "▼", 13)])
def test_an_infinity_is_an_arrow_at_the_edge(value: float, sign: str, row: int) -> None:
    """An infinite value points out of the plot where it happened, once for each stretch of them."""
    found = cells(curve(1, 2, 3, value, value, value, 1, 2), RoleKind.ARROW)
    assert [(at, char) for at, _, char in found] == [(row, sign)]


def test_a_value_outside_the_axis_is_an_arrow_where_the_curve_leaves() -> None:
    """With a bound, the curve runs up to the edge and an arrow stands where it crosses it."""
    drawn = curve(0, 0, 100, 0, 0, low=0.0, high=10.0)
    (arrow,) = cells(drawn, RoleKind.ARROW)
    inside = [col for _, col, _ in cells(drawn, RoleKind.SERIES)]
    assert (arrow[0], arrow[2]) == (0, "▲")
    assert min(inside) < arrow[1] < 60 / 2


def test_zero_on_a_log_axis_is_an_arrow_down_and_a_negative_value_a_gap() -> None:
    """A logarithm's axis has no place for zero, which lies below it, nor for less."""
    chart = Chart((Series("", (1.0, 10.0, 0.0, 100.0, -5.0, 1000.0)),), y=Axis(log=True))
    drawn = draw(chart, 60, 16)
    assert [(row, char) for row, _, char in cells(drawn, RoleKind.ARROW)] == [(13, "▼")]


def test_a_lone_point_is_drawn_with_the_curves_sign() -> None:
    """A single value, or one between two gaps, is legible although no line goes through it."""
    assert [char for _, _, char in cells(curve(5.0), RoleKind.SERIES_LABEL)] == ["●"]
    lone = curve(1, 1, math.nan, 3, math.nan, 1, 1)
    assert [char for _, _, char in cells(lone, RoleKind.SERIES_LABEL)] == ["●"]


def test_a_constant_stands_in_the_middle() -> None:
    """A constant curve crosses the middle of the plot with its value on the axis."""
    drawn = curve(3.0, 3.0, 3.0)
    assert {row for row, _, _ in cells(drawn, RoleKind.SERIES)} <= {6, 7}
    assert any(line.strip().startswith("3") for line in to_text(drawn).splitlines())


def test_x_values_place_the_points() -> None:
    """A curve stands where its x values are, and values without an x are ignored."""
    chart = Chart((Series("", (1.0, 2.0, 9e9), x=(5.0, 10.0)),), x=Axis(low=0.0, high=10.0))
    columns = [col for _, col, _ in cells(draw(chart, 61, 16), RoleKind.SERIES)]
    assert min(columns) == pytest.approx(31, abs=2)
    assert "9" not in to_text(draw(chart, 61, 16))


def test_log_ticks_are_decades() -> None:
    """A log axis counts in powers of ten, evenly skipped where they would crowd."""
    assert [tick.text for tick in ticks(Scale(-3, 3, log=True), 7)] == [
        "10⁻³",
        "10⁻²",
        "10⁻¹",
        "1",
        "10",
        "10²",
        "10³",
    ]
    assert [tick.text for tick in ticks(Scale(-3, 15, log=True), 4)] == ["1", "10⁵", "10¹⁰", "10¹⁵"]


def test_a_log_axis_within_a_decade_counts_one_two_five() -> None:
    """A narrow log axis falls back to numbers that a reader knows."""
    low, high = math.log10(2), math.log10(10)
    assert [tick.text for tick in ticks(Scale(low, high, log=True), 4)] == ["2", "5", "10"]


def test_linear_ticks_are_round() -> None:
    """A linear axis counts in steps of 1, 2 or 5 times a power of ten."""
    assert [tick.text for tick in ticks(Scale(0, 50), 5)] == ["0", "10", "20", "30", "40", "50"]
    assert [tick.text for tick in ticks(Scale(-0.4, 1.1), 4)] == ["0.0", "0.5", "1.0"]


def test_names_stand_at_the_curves_ends() -> None:
    """At 80 by 20 every curve has its sign and name on the row where it ends."""
    drawn = draw(Chart((Series("plain", PLAIN), Series("residual", RESIDUAL)), y=Axis(log=True)), 80, 20)
    for index, name in enumerate(("● plain", "◆ residual")):
        named = cells(drawn, RoleKind.SERIES_LABEL, index)
        end = max(cells(drawn, RoleKind.SERIES, index), key=lambda cell: cell[1])
        assert "".join(char for _, _, char in named) == name
        assert {row for row, _, _ in named} == {end[0]}


def test_names_that_meet_move_apart() -> None:
    """Curves that end at one place keep all their names, one a row."""
    names = ("one", "two", "three")
    lines = to_text(draw(Chart(tuple(Series(name, (1.0, 2.0)) for name in names)), 60, 14)).splitlines()
    assert sorted(sum(name in line for name in names) for line in lines)[-3:] == [1, 1, 1]


def test_a_name_that_reaches_into_the_margin_keeps_its_row() -> None:
    """Where one curve ends a little before the others, no other name is written over its name in the margin."""
    ends = {"A gradient": 55, "B gradient": 57, "A paths": 55, "B paths": 57}
    series = tuple(
        Series(name, tuple(math.exp(-(((at - 12) / 4) ** 2)) for at in range(end)))
        for name, end in ends.items()
    )
    lines = to_text(draw(Chart(series), 78, 12)).splitlines()
    assert [sum(line.endswith(f" {name}") for line in lines) for name in ends] == [1, 1, 1, 1]


def test_a_name_rides_along_with_a_curve_that_is_on_its_way() -> None:
    """While the x axis has room ahead of a curve, its name follows the curve's tip."""
    chart = Chart((Series("loss", (3.0, 2.0, 1.0)),), x=Axis(low=0.0, high=10.0))
    (_, col, sign), *_ = cells(draw(chart, 80, 16), RoleKind.SERIES_LABEL)
    assert sign == "●"
    assert col < 30


def test_long_names_are_cut_on_a_narrow_chart() -> None:
    """Names take at most a third of the width and end in an ellipsis."""
    drawn = to_text(draw(Chart((Series("a very long name indeed", (1.0, 2.0)),)), 30, 8))
    assert "● a very…" in drawn


def test_theory_is_faint_and_beneath() -> None:
    """Theory is dotted sparsely, and a cell that the measurement crosses shows the measurement alone."""
    line = (1.0, 2.0, 3.0)
    same = draw(Chart((Series("m", line), Series("m", line, faint=True))), 60, 16)
    assert cells(same, RoleKind.FAINT) == []
    alone = draw(Chart((Series("m", line, faint=True),)), 60, 16)
    dots = sum(int.bit_count(ord(char) - 0x2800) for _, _, char in cells(alone, RoleKind.FAINT))
    solid = sum(int.bit_count(ord(char) - 0x2800) for _, _, char in cells(same, RoleKind.SERIES))
    assert dots * 3 < solid


def test_theory_shares_its_measurements_number_and_name() -> None:
    """The theory of the second series bears its number and does not repeat its name."""
    series = (Series("a", (1.0, 2.0)), Series("b", (2.0, 1.0)), Series("b", (5.0, 5.0), faint=True))
    drawn = draw(Chart(series), 60, 16)
    assert cells(drawn, RoleKind.FAINT, 1)
    assert cells(drawn, RoleKind.FAINT_LABEL, 1) == []


def test_line_styles_differ_without_colour() -> None:
    """No two of the first six series, nor theory, share a dot pattern."""
    assert len({*PATTERNS, SPARSE}) == 7


def test_a_mark_stands_on_the_axis_at_its_value() -> None:
    """The prediction points at its value on the axis, with its words on the same row."""
    drawn = draw(Chart((Series("", RESIDUAL),), y=Axis(log=True), marks=(Mark(1e4, "you said 10⁴"),)), 80, 20)
    (line,) = [line for line in to_text(drawn).splitlines() if "▶" in line]
    assert line.startswith("10⁴▶")
    assert "you said 10⁴" in line


@pytest.mark.parametrize(("value", "sign", "row"), [(1e9, "▲", 0), (-1e9, "▼", 17), (math.inf, "▲", 0)])
def test_a_mark_far_away_is_an_arrow_and_does_not_squeeze_the_curve(
    value: float, sign: str, row: int
) -> None:
    """A prediction far outside of the values stands at the edge, and the curve keeps its room."""
    drawn = draw(Chart((Series("", (0.0, 1.0)),), marks=(Mark(value, "you"),)), 60, 20)
    assert (row, sign) in [(at, char) for at, _, char in cells(drawn, RoleKind.MARK)]
    assert len({at for at, _, _ in cells(drawn, RoleKind.SERIES)}) > 15


def test_a_prediction_shows_before_the_first_value() -> None:
    """A chart with nothing but a mark draws its axes around it."""
    assert "▶ you said 3" in to_text(draw(Chart((), marks=(Mark(3.0, "you said 3"),)), 60, 16))


def test_parts_drop_one_after_another_as_room_shrinks() -> None:
    """Names go first, then numbers, then the axes, and the curve stays to the end."""
    chart = Chart((Series("name", RESIDUAL),), x=Axis("layer"), y=Axis("norm", log=True), title="Title")
    large, small, smaller, least = (
        to_text(draw(chart, *size)) for size in ((60, 14), (20, 6), (12, 4), (6, 2))
    )
    assert all(part in large for part in ("Title", "norm", "layer", "name", "┤", "└"))
    assert "name" not in small
    assert "└┬" in small
    assert "┬" not in smaller
    assert "└" in smaller
    assert "└" not in least
    assert least.strip()


def test_a_curve_that_overflows_is_named_where_it_left() -> None:
    """The name of a curve that ends in infinities stands beside its arrow, not at the right edge."""
    fp16 = tuple(2.0**layer if layer < 16 else math.inf for layer in range(40))
    bf16 = tuple(2.0**layer for layer in range(40))
    drawn = draw(Chart((Series("fp16", fp16), Series("bf16", bf16)), y=Axis(log=True)), 60, 14)
    assert "▲ fp16" in to_text(drawn).splitlines()[0]


def test_a_name_makes_way_for_theory_ahead_of_the_curve() -> None:
    """Where theory goes on from the tip of a curve, the name stands beside it with its sign repeated."""
    theory = tuple(float(x) for x in range(51))
    series = (Series("measured", theory[:31]), Series("measured", theory, faint=True))
    lines = to_text(draw(Chart(series), 80, 16)).splitlines()
    (tip,) = [number for number, line in enumerate(lines) if "●" in line and "measured" not in line]
    assert "● measured" in lines[tip + 1]


def test_a_mark_takes_another_values_number_off_its_row() -> None:
    """Where a mark shares the row of a tick that is not its value, only the mark's words are left to read."""
    chart = Chart((Series("", RESIDUAL),), y=Axis(log=True), marks=(Mark(30.0, "you"),))
    lines = [to_text(draw(chart, 60, height)).splitlines() for height in range(5, 20)]
    marked = [line for rows in lines for line in rows if "▶" in line]
    assert len(marked) == 15
    assert all(line.lstrip().startswith("▶") for line in marked)


def test_a_wide_log_axis_never_prints_parts_of_decades() -> None:
    """Where there is room for one decade only, that one is printed, and no 2 or 5 of any other."""
    falling = tuple(10.0 ** (5 - step / 4) for step in range(50))
    for height in range(4, 16):
        text = to_text(draw(Chart((Series("a", falling),), y=Axis("size", log=True)), 60, height))
        numbers = {line.partition("┤")[0].strip() for line in text.splitlines() if "┤" in line}
        assert all(number == "1" or number.startswith("10") for number in numbers), (height, numbers)


def test_more_curves_than_rows_are_named_or_counted() -> None:
    """The row of the axis takes one more name; where even more are left, it says how many."""
    for count, told in ((9, "curve 8"), (11, "+ 3 more")):
        chart = Chart(tuple(Series(f"curve {number}", (1.0, 2.0 + number)) for number in range(count)))
        height = next(rows for rows in range(4, 30) if _named(chart, rows) == 8)
        text = to_text(draw(chart, 70, height))
        assert told in text
        assert all(f"curve {number}" in text for number in range(9)) is (count == 9)


def _named(chart: Chart, height: int) -> int:
    """Return how many rows of a drawing's plot have a name."""
    rows = to_text(draw(chart, 70, height)).split("\n")
    plot = rows[: next((at for at, row in enumerate(rows) if "└" in row), 0)]
    return len(plot)
