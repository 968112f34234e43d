"""The rows of a sweep: read, laid out as a table, drawn as curves or bars."""

from __future__ import annotations

import json
import math

import pytest

from quizapp.core.chart import ChartKind
from quizapp.core.swept import Swept, read_rows, swept_chart, table_lines


def row(value: float | str, median: float, measure: str = "loss") -> Swept:
    """Return the row of one value, with a spread of a tenth."""
    return Swept("depth", value, measure, 8, median, median * 0.9, median * 1.1, 16, 15)


def test_rows_are_read_with_their_non_finite_numbers() -> None:
    """NaN and infinities are texts in JSON and numbers here."""
    fields = {
        "knob": "depth", "value": 8, "measure": "loss", "seeds": 3,
        "median": "NaN", "min": "-Infinity", "max": 2.5, "claims": 3, "held": 2,
    }  # fmt: skip
    (read,) = read_rows(json.dumps([fields]))
    assert math.isnan(read.median)
    assert (read.low, read.high, read.claims, read.held) == (-math.inf, 2.5, 3, 2)
    for wrong in ("[{}]", "no", "[3]"):
        with pytest.raises(ValueError, match=r"row|Expecting"):
            read_rows(wrong)


def test_the_table_has_a_block_a_measure_and_a_line_a_value() -> None:
    """Rows that come value by value are told measure by measure."""
    rows = [row(8, 1.0), row(8, 5.0, "accuracy"), row(16, 2.0), row(16, 6.0, "accuracy")]
    lines = table_lines(rows)
    assert [line.split()[0] for line in lines if line] == ["depth", "loss", "8", "16", "accuracy", "8", "16"]
    assert lines[3].split() == ["8", "1", "0.9", "1.1", "15", "of", "16"]
    assert len({len(line) for line in lines if line.endswith("of 16")}) == 1


def test_numbers_make_curves_and_choices_make_bars() -> None:
    """The median between its least and greatest; axes are logarithmic where the values span decades."""
    chart = swept_chart([row(8, 1.0), row(16, 10.0), row(64, 1000.0)])
    assert [series.label for series in chart.series] == ["max", "median", "min"]
    assert chart.series[1].x == (8.0, 16.0, 64.0)
    assert (chart.x.log, chart.y.log) == (True, True)
    near = swept_chart([row(8, 1.0), row(9, -2.0)])
    assert (near.x.log, near.y.log) == (False, False)
    bars = swept_chart([row("relu", 1.0), row("tanh", 2.0)])
    assert bars.kind is ChartKind.BARS
    assert [series.label for series in bars.series] == ["relu", "tanh"]
