"""The band around a curve as sparse dots: both edges dotted, and a quarter of the dots between them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quizapp.core.chart.raster import DOTS, Raster

# Of each cell one dot in the left column and one in the right are lit; at the edges, every dot of the left columns.
_ROW_OF_COLUMN = (0, 2)
_OUTSIDE = 1e-9

Slice = tuple[float, float, float]


def shaded(
    xs: Sequence[float], lows: Sequence[float], highs: Sequence[float], raster: Raster
) -> dict[int, int]:
    """Return the dots of each cell, by row * columns + column, of the band between these fractions of the field.

    A point lacks a band where a low or a high is NaN or its x is not finite; what lies outside of the field is cut off.
    """
    cells: dict[int, int] = {}
    deepest = 4 * raster.rows - 1
    for column, low, high in _columns(xs, lows, highs, 2 * raster.cols - 1):
        if low > 1 + _OUTSIDE or high < -_OUTSIDE:
            continue
        top, bottom = (round((1 - min(1.0, max(0.0, part))) * deepest) for part in (high, low))
        _fill(cells, column, top, bottom, raster.cols)
    return cells


def _fill(cells: dict[int, int], column: int, top: int, bottom: int, cols: int) -> None:
    """Light the dots of one column of dots from row `top` down to `bottom`."""
    side, cell_column = column & 1, column >> 1
    first = top + (_ROW_OF_COLUMN[side] - top) % 4
    dot = DOTS[_ROW_OF_COLUMN[side]][side]
    for row in range(first, bottom + 1, 4):
        cell = (row >> 2) * cols + cell_column
        cells[cell] = cells.get(cell, 0) | dot
    if side == 0:
        for edge in (top, bottom):
            cell = (edge >> 2) * cols + cell_column
            cells[cell] = cells.get(cell, 0) | DOTS[edge & 3][0]


def _columns(
    xs: Sequence[float], lows: Sequence[float], highs: Sequence[float], widest: int
) -> Iterator[tuple[int, float, float]]:
    """Yield each column of dots that the band crosses with its two ends there, straight between the points."""
    for stretch in _stretches(xs, lows, highs):
        if len(stretch) == 1:
            (x, low, high) = stretch[0]
            if -_OUTSIDE <= x <= 1 + _OUTSIDE:
                yield round(min(1.0, max(0.0, x)) * widest), low, high
        for start, stop in pairwise(stretch):
            (x0, low0, high0), (x1, low1, high1) = sorted((start, stop))
            left, span = x0 * widest, (x1 - x0) * widest
            for column in range(max(0, math.ceil(left)), min(widest, math.floor(left + span)) + 1):
                part = (column - left) / span if span else 0.0
                yield column, low0 + part * (low1 - low0), high0 + part * (high1 - high0)


def _stretches(xs: Sequence[float], lows: Sequence[float], highs: Sequence[float]) -> Iterator[list[Slice]]:
    """Yield the points between gaps, their ends held near the field so that infinities can be joined by lines."""
    stretch: list[Slice] = []
    for x, low, high in zip(xs, lows, highs, strict=False):
        if x - x == 0 and low == low and high == high:
            stretch.append((x, min(2.0, max(-1.0, low)), min(2.0, max(-1.0, high))))
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch
