"""Quantities: numbers as they are typed, and units that are turned into each other."""

from __future__ import annotations

import math

import pytest

from quizapp.core.prediction import AnswerError
from quizapp.core.quantity import Unit, dimension_of, parsed_quantity, unit_of


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("98.3", 98.3, ""),
        ("98.3 MB", 98.3, "MB"),
        ("98.3MB", 98.3, "MB"),
        ("1.13e15", 1.13e15, ""),
        ("1.13·10^15", 1.13e15, ""),
        ("1.13·10¹⁵ B", 1.13e15, "B"),
        ("10⁷ parameters", 1e7, "parameters"),
        ("69 632", 69632, ""),
        ("69,632 bytes", 69632, "bytes"),
        ("25.6 M parameters", 25.6, "M parameters"),
        ("−3 dB", -3, "dB"),
        ("1/200 s", 0.005, "s"),
        ("~5 %", 5, "%"),
        (".5 ms", 0.5, "ms"),
        ("inf", math.inf, ""),
    ],
)
def test_numbers_and_units_are_parted(text: str, number: float, unit: str) -> None:
    """However the number is written."""
    found = parsed_quantity(text)
    assert found.number == pytest.approx(number)
    assert found.unit == unit


@pytest.mark.parametrize("text", ["", "many", "MB 98", "1,5", "1e99999", "9" * 70])
def test_what_is_no_number_says_so(text: str) -> None:
    """With an example of what is."""
    with pytest.raises(AnswerError, match="is not a number"):
        parsed_quantity(text)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("MB", "B", 1e6),
        ("MiB", "B", 2**20),
        ("GB", "MB", 1000),
        ("kB", "KB", 1),
        ("Mb", "MB", 1 / 8),
        ("ms", "s", 1e-3),
        ("µs", "us", 1),
        ("h", "min", 60),
        ("GHz", "MHz", 1000),
        ("TFLOPS", "GFLOP/s", 1000),
        ("GB/s", "MB/s", 1000),
    ],
)
def test_units_of_one_kind_have_a_ratio(one: str, other: str, ratio: float) -> None:
    """By the SI's prefixes, the binary ones, and the units of time."""
    left, right = unit_of(one, dimension_of(other)), unit_of(other, dimension_of(other))
    assert left.dimension == right.dimension
    assert left.factor / right.factor == pytest.approx(ratio)


def test_capitals_are_forgiven_where_one_reading_fits() -> None:
    """mb is asked for as MB; kb is a kilobyte where bytes are asked for; Mb stays a megabit."""
    assert unit_of("mb", "byte") == Unit("byte", 1e6)
    assert unit_of("kb", "byte") == Unit("byte", 1e3)
    assert unit_of("Mb", "byte") == Unit("byte", 1e6 / 8)
    assert unit_of("MS", "second") == Unit("second", 1e-3)


def test_what_is_counted_may_have_a_factor_before_it() -> None:
    """In the singular or the plural."""
    assert unit_of("M parameters") == unit_of("million Parameters") == Unit("parameter", 1e6)
    assert unit_of("layers") == Unit("layer")
    assert unit_of("B") != unit_of("B", "parameter") == Unit("", 1e9)
