"""What a chart shows: series, axes, marks and the way they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ChartKind(StrEnum):
    """How the series are drawn."""

    LINES = "lines"
    BARS = "bars"
    HEAT = "heat"
    COLUMNS = "columns"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values. NaN is a gap; an infinity is an arrow at the edge.

    Attributes:
        x: Where each value stands; empty means 0, 1, 2, ... What one of the two has more is ignored.
        faint: Theory: drawn beneath the measurement, dotted. It belongs to the measured series of the same
            label, and then has no label of its own in the drawing.
        twin: The label of a series that this one is compared with: it takes that one's number and is drawn quietly
            beneath it.
        low, high: The ends of a band around the values, such as the least and the largest over several seeds; shaded
            as far as both have a value.
    """

    label: str
    values: tuple[float, ...]
    x: tuple[float, ...] = ()
    faint: bool = False
    twin: str = ""
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Axis:
    """A direction. A bound that is None, NaN, infinite, or not positive on a log axis follows the values.

    Attributes:
        names: What stands below each column of a chart of columns, in place of numbers.
        room: The columns that the numbers of a chart of columns take at least, so that charts stand in line.
    """

    label: str = ""
    log: bool = False
    low: float | None = None
    high: float | None = None
    names: tuple[str, ...] = ()
    room: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A value marked on the y axis with words, such as the prediction that the learner committed to."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that a drawing depends on, besides its size.

    Bars draw each series' last value along the y axis' scale; heat draws a row a series, shaded by that scale. Columns
    stand up from zero, one for each value of the first series; a calendar shades the study days that are its x.
    """

    series: tuple[Series, ...]
    x: Axis = Axis()
    y: Axis = Axis()
    marks: tuple[Mark, ...] = ()
    kind: ChartKind = ChartKind.LINES
    title: str = ""
