"""Frames, bands of frames over seeds, and the views that draw them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Frame:
    """One moment of a run: plain floats and tuples, no tensors. NaN and inf are legal values.

    Attributes:
        step: Counts 1, 2, ... up to `total`, which is the same in every frame of a run.
        series: One curve each; its x values are 0, 1, 2, ... unless the view names another series for x.
        theory: The analytic curves, under the same keys as `series`, drawn beneath them.
        event: What just happened that the learner should see, such as "overflow at layer 15 (fp16)".
    """

    step: int
    total: int
    scalars: Mapping[str, float] = field(default_factory=dict)
    series: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    theory: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    event: str = ""

    @property
    def is_last(self) -> bool:
        """Whether the run is over; only then do its claims and its outcome mean anything."""
        return self.step == self.total


@dataclass(frozen=True, slots=True)
class Band(Frame):
    """One moment of several seeds' runs: `scalars`, `series` and `theory` hold medians over the seeds.

    Attributes:
        seeds: How many runs it is made of.
        low, high: The least and the largest value of each series, under the same keys; a series in which no seeds
            differ, such as one of x values, is in neither.
    """

    seeds: int = 1
    low: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    high: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


class ViewKind(StrEnum):
    """How a view draws its series."""

    LINES = "lines"
    BARS = "bars"
    HEAT = "heat"


@dataclass(frozen=True, slots=True)
class View:
    """One way to draw a frame; the first view of a simulation is the one shown first.

    Attributes:
        series: The keys drawn, in order; those that a frame lacks are skipped. Empty: every series of the frame that
            no other view names, as series or as x.
        x: The key of the series that holds the x values; empty: 0, 1, 2, ...
        kind: Lines; bars (one bar a series: its last value); heat (one row a series, one cell a value).
    """

    name: str
    title: str
    x_label: str
    y_label: str
    series: tuple[str, ...] = ()
    x: str = ""
    log_x: bool = False
    log_y: bool = False
    kind: ViewKind = ViewKind.LINES
