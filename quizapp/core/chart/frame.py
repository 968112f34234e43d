"""The room around a plot: title, axes, ticks and the margin for the curves' names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quizapp.core.chart.canvas import Canvas
from quizapp.core.chart.drawing import AXIS, LABEL, TITLE
from quizapp.core.chart.label import clean, fit
from quizapp.core.chart.raster import Raster
from quizapp.core.chart.scale import Scale
from quizapp.core.chart.ticks import Tick

# What a size must offer before a part is drawn: names of curves go first, then numbers, then the axes.
NAMES_FROM_COLS, NAMES_FROM_ROWS = 24, 3
NUMBERS_FROM_COLS, NUMBERS_FROM_ROWS = 16, 5
AXES_FROM_COLS, AXES_FROM_ROWS = 8, 3
TWO_HEADERS_FROM_ROWS, HEADER_FROM_ROWS = 10, 7
# One number on the y axis for so many rows, and on the x axis for so many columns.
ROWS_A_TICK, COLS_A_TICK = 3, 10


@dataclass(frozen=True, slots=True)
class Frame:
    """A plot and what surrounds it. `top`, `left`, `rows` and `cols` are the plot's own cells."""

    top: int
    left: int
    rows: int
    cols: int
    axes: bool
    numbers: bool
    x: Scale
    y: Scale
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]

    @property
    def names_left(self) -> int:
        """The column where the margin for the curves' names begins."""
        return self.left + self.cols


def put_header(canvas: Canvas, title: str, label: str) -> int:
    """Write the title and the y axis' label atop, as far as there is room, and return the rows taken."""
    if canvas.height < HEADER_FROM_ROWS or canvas.width < NUMBERS_FROM_COLS:
        return 0
    lines = [(fit(title, canvas.width), TITLE), (fit(label, canvas.width), LABEL)]
    lines = [(text, role) for text, role in lines if text]
    lines = lines if canvas.height >= TWO_HEADERS_FROM_ROWS else lines[-1:]
    for row, (text, role) in enumerate(lines):
        canvas.put(row, 0, text, role)
    return len(lines)


def margin(labels: Iterable[str], width: int, height: int) -> int:
    """Return the columns that the curves' names take, at most a third of the width."""
    longest = max((len(clean(label)) for label in labels), default=0)
    if not longest or width < NAMES_FROM_COLS or height < NAMES_FROM_ROWS:
        return 0
    return min(longest + 2, width // 3)


def put_axes(canvas: Canvas, frame: Frame, x_label: str) -> None:
    """Draw the two axes with their ticks and numbers, and the x axis' label at the bottom right."""
    if not frame.axes:
        return
    raster = Raster(frame.cols, frame.rows)
    bottom, side = frame.top + frame.rows, frame.left - 1
    for row in range(frame.top, bottom):
        canvas.put(row, side, "│", AXIS)
    canvas.put(bottom, side, "└" + "─" * frame.cols, AXIS)
    for tick in frame.y_ticks:
        row = frame.top + raster.row(frame.y.position(tick.at))
        canvas.put(row, side, "┤", AXIS)
        canvas.put(row, side - len(tick.text), tick.text, LABEL)
    if frame.numbers:
        limit = _put_x_label(canvas, frame, x_label)
        _put_x_ticks(canvas, frame, limit)


def _put_x_label(canvas: Canvas, frame: Frame, label: str) -> int:
    """Write the label under the names' margin if it fits there, else at the end, and return its column."""
    beside = canvas.width - frame.names_left - 2
    text = fit(label, canvas.width // 2)
    col = frame.names_left + 2 if len(text) <= beside else canvas.width - len(text)
    canvas.put(frame.top + frame.rows + 1, col, text, LABEL)
    return col if text else canvas.width + 1


def _put_x_ticks(canvas: Canvas, frame: Frame, limit: int) -> None:
    """Write the numbers below their ticks, each clear of the one before and of the label at `limit`."""
    raster = Raster(frame.cols, frame.rows)
    taken = -1
    for tick in frame.x_ticks:
        at = frame.left + raster.column(frame.x.position(tick.at))
        col = min(max(0, at - len(tick.text) // 2), canvas.width - len(tick.text))
        if col > taken and col + len(tick.text) < limit:
            canvas.put(frame.top + frame.rows, at, "┬", AXIS)
            canvas.put(frame.top + frame.rows + 1, col, tick.text, LABEL)
            taken = col + len(tick.text)
