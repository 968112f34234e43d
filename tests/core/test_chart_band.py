"""Bands around curves and curves that are compared: where their dots lie, what NaN and infinities do, and their roles."""

import math

from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.chart import Axis, Chart, ChartKind, RoleKind, Series, draw, to_text
from quizapp.core.chart.raster import DOTS, Raster
from quizapp.core.chart.shade import shaded

NUMBERS = st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=12).map(tuple)
PARTS = st.lists(st.one_of(st.floats(0, 1), st.just(math.nan)), min_size=1, max_size=12)


def lit(
    xs: list[float], lows: list[float], highs: list[float], cols: int = 10, rows: int = 5
) -> set[tuple[int, int]]:
    """Return the dots of a band as (column, row from the top)."""
    cells = shaded(xs, lows, highs, Raster(cols, rows))
    return {
        (2 * (cell % cols) + side, 4 * (cell // cols) + row)
        for cell, dots in cells.items()
        for row in range(4)
        for side in (0, 1)
        if dots & DOTS[row][side]
    }


def test_a_band_lies_between_its_ends() -> None:
    """A level band from a quarter to three quarters lights nothing outside of it, its edges, and a quarter inside."""
    dots = lit([0.0, 1.0], [0.25, 0.25], [0.75, 0.75])
    rows = {row for _, row in dots}
    assert (min(rows), max(rows)) == (5, 14)
    assert {column for column, _ in dots} == set(range(20))
    inside = [(column, row) for column, row in dots if 5 < row < 14]
    assert 0.2 < len(inside) / (20 * 8) < 0.3


def test_a_sloping_band_follows_its_ends() -> None:
    """Between two points both ends are straight lines."""
    dots = lit([0.0, 1.0], [0.0, 0.5], [0.0, 1.0])
    assert {row for column, row in dots if column == 0} == {19}
    at_right = {row for column, row in dots if column == 18}
    assert (min(at_right), max(at_right)) == (1, 10)


def test_a_gap_in_either_end_is_a_gap_in_the_band() -> None:
    """A NaN parts the band; a point alone between two of them is one column."""
    nan = math.nan
    dots = lit([0.0, 0.25, 0.5, 0.75, 1.0], [0.2, nan, 0.2, 0.2, nan], [0.8, 0.8, 0.8, nan, 0.8])
    assert {column for column, _ in dots} == {0, 10}


def test_an_infinite_end_reaches_the_edge() -> None:
    """Where the largest value is infinite the band goes on to the top, and nowhere beyond."""
    dots = lit([0.0, 1.0], [0.5, 0.5], [math.inf, math.inf])
    assert min(row for _, row in dots) == 0
    assert max(row for _, row in dots) == 10


def test_what_lies_outside_is_cut_off() -> None:
    """A band above or below the field lights nothing."""
    assert lit([0.0, 1.0], [1.2, 1.2], [1.5, 1.5]) == set()
    assert lit([0.0, 1.0], [-2.0, -2.0], [-1.0, -1.0]) == set()


@given(PARTS, PARTS, PARTS)
def test_every_dot_stays_on_the_field(xs: list[float], lows: list[float], highs: list[float]) -> None:
    """Whatever the order of the points and of the ends, no dot falls off the raster."""
    assert all(0 <= column < 20 and 0 <= row < 20 for column, row in lit(xs, lows, highs))


@given(NUMBERS, NUMBERS, NUMBERS, st.booleans(), st.sampled_from(ChartKind))
def test_no_band_raises(
    values: tuple[float, ...], low: tuple[float, ...], high: tuple[float, ...], log: bool, kind: ChartKind
) -> None:
    """Any figures, any lengths, either axis: a drawing of the size asked for."""
    chart = Chart((Series("y", values, low=low, high=high),), Axis("x"), Axis("y", log=log), kind=kind)
    drawing = draw(chart, 40, 12)
    assert drawing.height == 12
    assert all(sum(len(run.text) for run in row) == 40 for row in drawing.rows)


def test_the_axis_holds_the_whole_band() -> None:
    """Its numbers go as far as the least and the largest value."""
    plain = Chart((Series("y", (1.0, 1.0)),))
    banded = Chart((Series("y", (1.0, 1.0), low=(0.0, 0.0), high=(10.0, 10.0)),))
    assert "10" not in to_text(draw(plain, 40, 22))
    assert "10" in to_text(draw(banded, 40, 22))


def test_the_curve_lies_over_its_band() -> None:
    """The median keeps its role where the band crosses it, and the band is quiet."""
    chart = Chart((Series("y", (1.0, 1.0), low=(0.0, 0.0), high=(2.0, 2.0)),))
    kinds = [{run.role.kind for run in row} for row in draw(chart, 40, 13).rows]
    middle = next(row for row in kinds if RoleKind.SERIES in row)
    assert RoleKind.QUIET not in middle
    assert sum(RoleKind.QUIET in row for row in kinds) > 6


def test_a_twin_takes_the_number_and_keeps_its_own_name() -> None:
    """What is compared is drawn quietly in the colour of its counterpart, and both names are written."""
    pair = (Series("B y", (1.0, 2.0)), Series("A y", (2.0, 1.0), twin="B y"), Series("B z", (0.0, 0.0)))
    drawing = draw(Chart(pair), 50, 12)
    roles = {(run.role.kind, run.role.index) for row in drawing.rows for run in row}
    assert {(RoleKind.SERIES, 0), (RoleKind.QUIET, 0), (RoleKind.SERIES, 1)} <= roles
    text = to_text(drawing)
    assert all(name in text for name in ("● B y", "○ A y", "◆ B z"))


def test_bars_bracket_their_band() -> None:
    """A bar shows the least and the largest value as brackets, and its axis holds them."""
    chart = Chart((Series("y", (2.0,), low=(1.0,), high=(4.0,)),), kind=ChartKind.BARS)
    row = next(row for row in to_text(draw(chart, 50, 9)).splitlines() if "█" in row)
    assert 0 < row.index("├") < row.index("┤")
