"""The chart, whatever it is given: nothing raises, every size is exact, no text can act on a terminal."""

from __future__ import annotations

import math
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from quizapp.core.chart import (
    Axis,
    Chart,
    ChartKind,
    Drawing,
    Mark,
    Role,
    RoleKind,
    Series,
    draw,
    meter,
    sparkline,
    to_text,
)
from quizapp.core.chart.label import clean, fit
from quizapp.core.chart.number import number_text, with_powers

HUGE, TINY = 1.7976931348623157e308, 5e-324
NASTY = (math.nan, math.inf, -math.inf, 0.0, -0.0, HUGE, -HUGE, 1e308, TINY, -TINY, 1.0, 1.0 + 1e-12, -1.0)
NASTY_TEXTS = (
    "\x1b[31mred",
    "a\nb\tc",
    "日本語",
    "e\u0301",
    "\u202eback",
    "🙂",
    "Ｌｏｓｓ",
    "\u1160",
    "x" * 400,
    "",
)

numbers = st.sampled_from(NASTY) | st.floats(width=64) | st.floats(-10, 10)
texts = st.sampled_from(NASTY_TEXTS) | st.text(max_size=20)
bounds = st.none() | numbers
axes = st.builds(Axis, texts, st.booleans(), bounds, bounds)
rows = st.lists(numbers, max_size=12).map(tuple)
charts = st.builds(
    Chart,
    st.lists(st.builds(Series, texts, rows, st.just(()) | rows, st.booleans()), max_size=8).map(tuple),
    axes,
    axes,
    st.lists(st.builds(Mark, numbers, texts), max_size=3).map(tuple),
    st.sampled_from(ChartKind),
    texts,
)
sizes = st.tuples(st.integers(1, 40), st.integers(1, 16)) | st.tuples(
    st.integers(1, 300), st.integers(1, 100)
)


def lines_of(drawing: Drawing) -> list[str]:
    """Return each row's full text."""
    return ["".join(run.text for run in row) for row in drawing.rows]


def is_braille(char: str) -> bool:
    """Whether the character is one of the 256 braille patterns."""
    return "\u2800" <= char <= "\u28ff"


@settings(max_examples=400, deadline=None)
@example(Chart((Series("", (1.0 + 1e-10,)),), y=Axis(log=True, low=1.0), kind=ChartKind.BARS), (1, 1))
@example(Chart((*[Series("", ())] * 5, Series("", (1.0,))), kind=ChartKind.HEAT), (60, 6))
@given(charts, sizes)
def test_any_chart_fills_any_size_exactly(chart: Chart, size: tuple[int, int]) -> None:
    """Whatever the values and labels, a drawing has the asked size in printable single-cell characters."""
    width, height = size
    lines = lines_of(draw(chart, width, height))
    assert len(lines) == height
    for line in lines:
        assert len(line) == width
        assert cell_len(line) == width
        assert line.isprintable()
        assert not any(unicodedata.category(char)[0] in "CM" for char in line)


@settings(max_examples=100, deadline=None)
@given(charts, sizes)
def test_a_run_never_mixes_spaces_and_braille(chart: Chart, size: tuple[int, int]) -> None:
    """A run with a braille character holds nothing else, and blanks inside a plot are runs of spaces."""
    runs = [run for row in draw(chart, *size).rows for run in row]
    assert all(run.text for run in runs)
    assert all(all(map(is_braille, run.text)) for run in runs if any(map(is_braille, run.text)))
    assert all(run.text.isspace() for run in runs if run.role.kind is RoleKind.BLANK)


@settings(max_examples=60, deadline=None)
@given(charts, sizes)
def test_drawing_is_deterministic(chart: Chart, size: tuple[int, int]) -> None:
    """The same chart at the same size gives the same drawing."""
    assert draw(chart, *size) == draw(chart, *size)


@settings(max_examples=200)
@given(st.text())
def test_clean_text_is_single_cells(text: str) -> None:
    """Cleaning leaves one line of characters that each take one cell, and cleaning again changes nothing."""
    words = clean(text)
    assert words.isprintable()
    assert cell_len(words) == len(words)
    assert clean(words) == words


def test_every_character_is_cleaned_to_single_cells() -> None:
    """No character of Unicode's basic plane comes through a label as anything but single cells."""
    chars = [chr(code) for code in range(0x10000)]
    assert [char for char in chars if any(cell_len(cell) != 1 for cell in clean(char))] == []


def test_labels_cannot_send_escape_sequences() -> None:
    """An escape sequence in a label is left as harmless letters."""
    drawn = to_text(draw(Chart((Series("\x1b]0;owned\x07", (1.0, 2.0)),), title="\x1b[2Jtitle"), 80, 20))
    assert "\x1b" not in drawn
    assert "\x07" not in drawn
    assert "[2Jtitle" in drawn


def test_long_text_ends_in_an_ellipsis() -> None:
    """Text that does not fit is cut with an ellipsis, down to nothing."""
    assert [fit("measured", width) for width in (8, 5, 1, 0)] == ["measured", "meas…", "…", ""]


def test_plain_text_has_no_trailing_blanks() -> None:
    """Plain output holds all rows, without blanks at their ends."""
    lines = to_text(draw(Chart((Series("a", (1.0, 3.0)),)), 60, 12)).split("\n")
    assert len(lines) == 12
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("kind", ChartKind)
def test_a_chart_without_values_says_so(kind: ChartKind) -> None:
    """A chart with nothing to draw shows one quiet line in place of axes without meaning."""
    drawn = draw(Chart((Series("a", (math.nan,)), Series("b", ())), kind=kind), 40, 9)
    assert to_text(drawn).strip() == "no values yet"


@pytest.mark.parametrize("kind", ChartKind)
def test_a_single_cell_shows_something(kind: ChartKind) -> None:
    """Even one cell by one is not left blank."""
    assert to_text(draw(Chart((Series("a", (1.0, 2.0)), Series("b", (2.0, 1.0))), kind=kind), 1, 1)).strip()


def test_roles_are_values() -> None:
    """Roles compare by what they say, so that a drawing can be compared with one written by hand."""
    kinds = {run.role for row in draw(Chart((Series("a", (1.0, 2.0)),)), 60, 12).rows for run in row}
    assert {Role(RoleKind.SERIES, 0), Role(RoleKind.SERIES_LABEL, 0), Role(RoleKind.AXIS)} <= kinds


@given(st.lists(numbers, max_size=40), st.integers(0, 60))
def test_a_sparkline_is_as_wide_as_asked(values: list[float], width: int) -> None:
    """A sparkline takes exactly its width, whatever it is given."""
    drawn = sparkline(values, width)
    assert len(drawn) == width
    assert set(drawn) <= set(" ▁▂▃▄▅▆▇█")


def test_a_sparkline_follows_its_values() -> None:
    """The least value stands lowest, the greatest highest, and a missing one leaves a blank."""
    assert sparkline((0, 1, 2, 3, 4, 5, 6, 7), 8) == "▁▂▃▄▅▆▇█"
    assert sparkline((0, math.nan, 7), 5) == "▁ █  "
    assert sparkline((0, 0, 7, 7), 2) == "▁█"


@given(numbers, st.integers(0, 60))
def test_a_meter_is_as_wide_as_asked(fraction: float, width: int) -> None:
    """A meter takes exactly its width, whatever it is given."""
    assert len(meter(fraction, width)) == width


def test_a_meter_fills_to_an_eighth_of_a_cell() -> None:
    """A meter shows full cells, one partial cell and dots for the rest."""
    assert meter(0.75, 10) == "███████▌··"
    assert meter(0.0, 3) == "···"
    assert meter(1.5, 3) == "███"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (1.404, "1.4"),
        (-2.345, "−2.35"),
        (12345.0, "12345"),
        (3.4e7, "3.4·10⁷"),
        (1e-9, "10⁻⁹"),
        (TINY, "4.94·10⁻³²⁴"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "NaN"),
    ],
)
def test_numbers_read_as_in_a_text(value: float, text: str) -> None:
    """Numbers have few digits, a true minus and powers of ten in superscript."""
    assert number_text(value) == text


def test_a_text_has_its_powers_written_as_the_chart_writes_them() -> None:
    """Numbers that a program would write with an e, and nothing else."""
    said = "Plain ends at 0.00473, residual at 2.97e+06, -1e-12 below fp16's 65504; see 1e5 and recipe+1."
    assert with_powers(said) == said.replace("2.97e+06", "2.97·10⁶").replace("-1e-12", "−10⁻¹²")
