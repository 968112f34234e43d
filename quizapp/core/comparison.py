"""Two runs, A and B: in which settings they differ, their curves in one chart or two, and their figures side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from quizapp.core.chart.model import Axis, Chart, Series
from quizapp.core.chart.number import number_text
from quizapp.core.experiment import Experiment
from sims.protocol import Claim, Frame, KnobValue

THE_SAME = "the same settings"


@dataclass(frozen=True, slots=True)
class Pinned:
    """A run to compare with: what was run, the frame that it showed last, and its claims once it was over."""

    experiment: Experiment
    frame: Frame
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class ScalarRow:
    """One figure of both runs."""

    name: str
    a: float
    b: float

    @property
    def difference(self) -> float:
        """B less A; NaN where that cannot be said."""
        return self.b - self.a


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim of both runs; None for the run that does not make it."""

    statement: str
    a: Claim | None
    b: Claim | None


def difference_words(a: Experiment, b: Experiment) -> tuple[str, str]:
    """Return what is particular to A and to B, such as "gain 0.9" and "gain 1.1"; what they share is not named."""
    of_a, of_b = _settings(a), _settings(b)
    names = [name for name in of_a if of_a[name] != of_b[name]]
    return (
        ", ".join(f"{name} {_words(of_a[name])}" for name in names) or THE_SAME,
        ", ".join(f"{name} {_words(of_b[name])}" for name in names) or THE_SAME,
    )


def overlaid(a: Chart, b: Chart) -> Chart:
    """Return B's chart with A's measured curves beneath it; every label says whose it is."""
    twins = {series.label: series for series in a.series if not series.faint}
    drawn: list[Series] = []
    for series in b.series:
        named = replace(series, label=f"B {series.label}")
        drawn.append(named)
        if not series.faint and series.label in twins:
            drawn.append(_twin(twins.pop(series.label), named.label))
    drawn += [_twin(series, f"B {series.label}") for series in twins.values()]
    return replace(b, series=tuple(drawn))


def beside(a: Chart, b: Chart, words: tuple[str, str]) -> tuple[Chart, Chart]:
    """Return both charts with the same axes, so that heights can be compared, each with its settings for a title."""
    charts = (a, b)
    x = _shared(a.x, [series.x or range(len(series.values)) for chart in charts for series in chart.series])
    y = _shared(
        a.y,
        [values for chart in charts for one in chart.series for values in (one.values, one.low, one.high)],
    )
    one, other = (
        replace(
            chart,
            title=f"{name}  {told}",
            x=replace(chart.x, low=x[0], high=x[1]),
            y=replace(chart.y, low=y[0], high=y[1]),
        )
        for chart, name, told in zip(charts, "AB", words, strict=True)
    )
    return one, other


def scalar_rows(a: Frame, b: Frame) -> tuple[ScalarRow, ...]:
    """Return the figures that both have, theory's left out."""
    return tuple(
        ScalarRow(name, a.scalars[name], value)
        for name, value in b.scalars.items()
        if name in a.scalars and "theory" not in name
    )


def claim_rows(a: tuple[Claim, ...], b: tuple[Claim, ...]) -> tuple[ClaimRow, ...]:
    """Return each claim that either makes, in order."""
    of_a, of_b = ({claim.id: claim for claim in claims} for claims in (a, b))
    return tuple(
        ClaimRow((of_b.get(name) or of_a[name]).statement, of_a.get(name), of_b.get(name))
        for name in dict.fromkeys((*of_a, *of_b))
    )


def _settings(experiment: Experiment) -> dict[str, KnobValue]:
    return {**experiment.values, "seed": experiment.seed, "device": experiment.device}


def _words(value: KnobValue) -> str:
    return value if isinstance(value, str) else number_text(float(value))


def _twin(series: Series, label: str) -> Series:
    return replace(series, label=f"A {series.label}", twin=label, low=(), high=())


def _shared(axis: Axis, curves: Iterable[Iterable[float]]) -> tuple[float | None, float | None]:
    """Return the ends of an axis that holds all of these curves; None where there is nothing to hold."""
    values = [value for curve in curves for value in curve if math.isfinite(value)]
    values = [value for value in values if value > 0] if axis.log else values
    return (min(values), max(values)) if values else (None, None)
