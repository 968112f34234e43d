"""A curve on a field of cells: its dots, its gaps, and the arrows where it leaves the field."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quizapp.core.chart.raster import Point, Raster

# What rounding may push over an edge still lies on it.
_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Arrow:
    """Where a curve leaves the field through the top or the bottom."""

    col: int
    up: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """A drawn curve.

    Attributes:
        cells: The dots of each cell, by row * columns + column.
        alone: Points without a neighbour, as fractions: no line would show them.
        end: Where the curve ends, as fractions held inside the field; None when nothing of it is in sight.
    """

    cells: dict[int, int]
    arrows: tuple[Arrow, ...]
    alone: tuple[Point, ...]
    end: Point | None


def trace(xs: Sequence[float], ys: Sequence[float], raster: Raster) -> Trace:
    """Draw the curve through these fractions onto the raster and return what came of it."""
    if len(xs) > 1 and len(xs) == len(ys) and _all_inside(xs) and _all_inside(ys):
        points = list(zip(xs, ys, strict=True))
        raster.draw(points)
        return Trace(raster.cells, (), (), points[-1])
    arrows: list[Arrow] = []
    alone: list[Point] = []
    phase = 0
    for stretch in _stretches(xs, ys):
        arrows += _arrows(stretch, raster)
        alone += _alone(stretch)
        for piece in _pieces(stretch):
            phase = raster.draw(piece, phase)
    return Trace(raster.cells, tuple(arrows), tuple(alone), _end(xs, ys))


def _all_inside(parts: Sequence[float]) -> bool:
    return sum(parts) >= 0 and min(parts) >= 0 and max(parts) <= 1  # the sum is NaN where one part is


def _stretches(xs: Sequence[float], ys: Sequence[float]) -> Iterator[list[Point]]:
    """Yield the points between gaps: NaN on either axis, or an infinite x."""
    stretch: list[Point] = []
    for x, y in zip(xs, ys, strict=False):
        if x - x == 0 and y == y:  # x is finite and y is not NaN
            stretch.append((x, y))
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _alone(stretch: list[Point]) -> Iterator[Point]:
    """Yield the points inside the field that no line joins to another one."""
    joined = [False, *(not math.isinf(point[1]) for point in stretch), False]
    for number, point in enumerate(stretch):
        if not joined[number] and not joined[number + 2] and _inside(point):
            yield _held(point)


def _pieces(stretch: list[Point]) -> Iterator[list[Point]]:
    """Yield the parts of a stretch that lie inside the field, cut at its edges."""
    if all(map(_inside, stretch)):
        yield [_held(point) for point in stretch]
        return
    piece: list[Point] = []
    for start, stop in pairwise(stretch):
        part = None if math.isinf(start[1]) or math.isinf(stop[1]) else _clipped(start, stop)
        if part and piece and piece[-1] == part[0]:
            piece.append(part[1])
            continue
        if piece:
            yield piece
        piece = list(part) if part else []
    if piece:
        yield piece


def _clipped(start: Point, stop: Point) -> tuple[Point, Point] | None:
    """Return the part of a segment inside the unit square (Liang and Barsky's way), or None."""
    (x0, y0), (x1, y1) = start, stop
    enter, leave = 0.0, 1.0
    for move, room_low, room_high in ((x1 - x0, -x0, 1 - x0), (y1 - y0, -y0, 1 - y0)):
        if move == 0:
            if room_low > _SLACK or room_high < -_SLACK:
                return None
            continue
        near, far = sorted((room_low / move, room_high / move))
        enter, leave = max(enter, near), min(leave, far)
    if enter > leave + _SLACK:
        return None
    first, last = _at(start, stop, enter), _at(start, stop, leave)
    return _held(first), _held(last)


def _at(start: Point, stop: Point, part: float) -> Point:
    if part in (0, 1):
        return stop if part else start
    return start[0] + part * (stop[0] - start[0]), start[1] + part * (stop[1] - start[1])


def _arrows(stretch: list[Point], raster: Raster) -> Iterator[Arrow]:
    """Yield one arrow for each time that the curve goes off through the top or the bottom."""
    before = 0
    previous: Point | None = None
    for point in stretch:
        side = _side(point[1])
        if side and side != before:
            leaving = _leaving(previous, point)
            if -_SLACK <= leaving <= 1 + _SLACK:
                yield Arrow(raster.column(leaving), side > 0)
        before, previous = side, point


def _leaving(previous: Point | None, point: Point) -> float:
    """Return the x at which the curve crosses the edge on its way to a point outside."""
    if previous is None or math.isinf(point[1]) or math.isinf(previous[1]):
        return point[0]
    part = _clipped(previous, point)
    return part[1][0] if part else point[0]


def _end(xs: Sequence[float], ys: Sequence[float]) -> Point | None:
    """Return the last point; for a curve that went off and stayed away, the place where it left."""
    points = [(x, y) for x, y in zip(xs, ys, strict=False) if -_SLACK <= x <= 1 + _SLACK and y == y]
    if not points:
        return None
    at, side = len(points) - 1, _side(points[-1][1])
    while side and at and _side(points[at - 1][1]) == side:
        at -= 1
    left = _leaving(points[at - 1] if at else None, points[at]) if side else points[at][0]
    return _held((left, points[at][1]))


def _side(y: float) -> int:
    return 1 if y > 1 + _SLACK else -1 if y < -_SLACK else 0


def _inside(point: Point) -> bool:
    return -_SLACK <= point[0] <= 1 + _SLACK and -_SLACK <= point[1] <= 1 + _SLACK


def _held(point: Point) -> Point:
    return min(1.0, max(0.0, point[0])), min(1.0, max(0.0, point[1]))
