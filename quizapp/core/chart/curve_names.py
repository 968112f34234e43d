"""The curves' names at their right ends, moved apart where they would overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.core.chart.canvas import Canvas
from quizapp.core.chart.frame import Frame
from quizapp.core.chart.label import fit
from quizapp.core.chart.order import Place
from quizapp.core.chart.raster import Point, Raster


@dataclass(frozen=True, slots=True)
class Name:
    """A curve's place, its sign and where it ends, as fractions of the plot."""

    place: Place
    sign: str
    end: Point


def put_names(canvas: Canvas, frame: Frame, names: Sequence[Name]) -> None:
    """Write each name beside its curve's end: inside the plot while the curve is on its way, else in the margin."""
    room = canvas.width - frame.names_left - 2
    if room < 1:
        return
    raster = Raster(frame.cols, frame.rows)
    taken: set[int] = set()
    for name in sorted(names, key=lambda name: name.place.series.faint):
        if name.place.label and not _put_inside(canvas, frame, name, raster):
            row = _free_row(name.end[1], frame.rows, taken)
            if row is not None:
                taken.add(row)
                _put_in_margin(canvas, frame, name, row, raster)


def _put_inside(canvas: Canvas, frame: Frame, name: Name, raster: Raster) -> bool:
    """Write the name next to a curve that ends well before the margin, if nothing stands there."""
    row, col = frame.top + raster.row(name.end[1]), frame.left + raster.column(name.end[0])
    text = " " + fit(name.place.label, canvas.width - frame.names_left - 2)
    if col + 1 >= frame.names_left or not canvas.is_blank(row, col + 1, len(text)):
        return False
    canvas.put(row, col, name.sign, name.place.label_role)
    canvas.put(row, col + 1, text, name.place.label_role)
    return True


def _put_in_margin(canvas: Canvas, frame: Frame, name: Name, row: int, raster: Raster) -> None:
    """Write the sign and the name; where they could not stay on the curve's row, the curve's end repeats the sign."""
    text = fit(name.place.label, canvas.width - frame.names_left - 2)
    canvas.put(frame.top + row, frame.names_left, f"{name.sign} {text}", name.place.label_role)
    own = raster.row(name.end[1])
    col = raster.column(name.end[0])
    if row != own or col < frame.cols - 1:
        canvas.put(frame.top + own, frame.left + col, name.sign, name.place.label_role)


def _free_row(y: float, rows: int, taken: set[int]) -> int | None:
    """Return the free row nearest to the curve's end, or None when all are taken."""
    exact = (1 - y) * rows - 0.5
    return min(
        (row for row in range(rows) if row not in taken), key=lambda row: abs(row - exact), default=None
    )
