"""The curves' names at their right ends, moved apart where they would overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.core.chart.canvas import Canvas
from quizapp.core.chart.drawing import LABEL
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
    """Write each name beside its curve's end: inside the plot while the curve is on its way, else in the margin.

    Where the margin has too few rows, that of the axis takes one more name, or says how many curves have none.
    """
    room = canvas.width - frame.names_left - 2
    if room < 1:
        return
    raster = Raster(frame.cols, frame.rows)
    left: list[Name] = []
    for name in sorted(names, key=lambda name: name.place.series.faint):
        if name.place.label and not _put_inside(canvas, frame, name, raster):
            row = _free_row(canvas, frame, name, raster)
            if row is None:
                left.append(name)
                continue
            _put_in_margin(canvas, frame, name, row, raster)
    if left and frame.axes:
        _put_left(canvas, frame, left, raster)


def _put_left(canvas: Canvas, frame: Frame, left: Sequence[Name], raster: Raster) -> None:
    if len(left) == 1:
        _put_in_margin(canvas, frame, left[0], raster.rows, raster)
    else:
        words = fit(f"+ {len(left)} more", canvas.width - frame.names_left)
        canvas.put(frame.top + raster.rows, frame.names_left, words, LABEL)


def _put_inside(canvas: Canvas, frame: Frame, name: Name, raster: Raster) -> bool:
    """Write the name next to a curve that ends before the margin, or just below or above, if nothing stands there.

    A name that is not on the curve's row repeats the sign.
    """
    row, col = raster.row(name.end[1]), frame.left + raster.column(name.end[0])
    text = fit(name.place.label, canvas.width - frame.names_left - 2)
    if col + 1 >= frame.names_left:
        return False
    for beside, words in (
        (row, f" {text}"),
        (row + 1, f" {name.sign} {text}"),
        (row - 1, f" {name.sign} {text}"),
    ):
        if 0 <= beside < frame.rows and canvas.is_blank(frame.top + beside, col + 1, len(words)):
            canvas.put(frame.top + beside, col + 2, words[1:], name.place.label_role)
            canvas.put(frame.top + row, col, name.sign, name.place.label_role)
            return True
    return False


def _put_in_margin(canvas: Canvas, frame: Frame, name: Name, row: int, raster: Raster) -> None:
    """Write the sign and the name; where they could not stay on the curve's row, the curve's end repeats the sign."""
    text = fit(name.place.label, canvas.width - frame.names_left - 2)
    canvas.put(frame.top + row, frame.names_left, f"{name.sign} {text}", name.place.label_role)
    own = raster.row(name.end[1])
    col = raster.column(name.end[0])
    if row != own or col < frame.cols - 1:
        canvas.put(frame.top + own, frame.left + col, name.sign, name.place.label_role)


def _free_row(canvas: Canvas, frame: Frame, name: Name, raster: Raster) -> int | None:
    """Return the curve's own row, else the nearest one whose margin is blank; None when none is.

    A name inside the plot may reach into the margin, and would be written over there.
    """
    y = name.end[1]
    own, exact = raster.row(y), (1 - y) * raster.rows - 0.5
    left, room = frame.names_left, canvas.width - frame.names_left
    free = [row for row in range(raster.rows) if canvas.is_blank(frame.top + row, left, room)]
    return min(free, key=lambda row: (row != own, abs(row - exact)), default=None)
