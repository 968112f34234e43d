"""Marked values on the y axis, such as a committed prediction."""

from __future__ import annotations

import math
from collections.abc import Sequence

from quizapp.core.chart.canvas import Canvas
from quizapp.core.chart.drawing import BLANK, MARK
from quizapp.core.chart.frame import Frame
from quizapp.core.chart.label import fit
from quizapp.core.chart.model import Mark
from quizapp.core.chart.raster import Raster
from quizapp.core.chart.scale import measure

_DASH = "╌"


def put_marks(canvas: Canvas, frame: Frame, marks: Sequence[Mark]) -> None:
    """Point at each mark's value on the axis, with its words and a quiet line across what is still blank."""
    raster = Raster(frame.cols, frame.rows)
    lengths = measure((mark.value for mark in marks), frame.y.log)
    for mark, y in zip(marks, frame.y.positions(lengths), strict=True):
        if math.isnan(y):
            continue
        row = frame.top + raster.row(y)
        sign = "▲" if y > 1 else "▼" if y < 0 else "▶"
        _clear_number(canvas, frame, row, y)
        canvas.put(row, max(0, frame.left - 1), sign, MARK)
        _put_words(canvas, frame, row, fit(mark.label, frame.cols - 2))
        if sign == "▶":
            _put_line(canvas, frame, row)


def _clear_number(canvas: Canvas, frame: Frame, row: int, y: float) -> None:
    """Take the axis' number off the mark's row, unless it is the mark's own value: it would be read as that."""
    raster = Raster(frame.cols, frame.rows)
    for tick in frame.y_ticks:
        at = frame.y.position(tick.at)
        if frame.top + raster.row(at) == row and abs(at - y) > 1 / (4 * frame.rows):
            canvas.put(row, frame.left - 1 - len(tick.text), " " * len(tick.text), BLANK)


def _put_words(canvas: Canvas, frame: Frame, row: int, words: str) -> None:
    """Write the words at the first place of the row, from the axis on, where they cover nothing."""
    length = len(words) + 2
    for col in range(frame.left, frame.names_left - length + 1):
        if words and canvas.is_blank(row, col, length):
            canvas.put(row, col + 1, words, MARK)
            return


def _put_line(canvas: Canvas, frame: Frame, row: int) -> None:
    gaps = [col for col in range(frame.left + 1, frame.names_left - 1, 2) if canvas.is_blank(row, col - 1, 3)]
    for col in gaps:
        canvas.put(row, col, _DASH, MARK)
