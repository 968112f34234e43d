"""One knob over several values: what each measure comes to, with its spread over the seeds."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from sims import catalogue, runner
from sims.protocol import KnobError, KnobValue, knobs_from_text, knobs_of
from sims.side_by_side import side_by_side


class UnknownMeasure(ValueError):  # noqa: N818 - it names the case, as UnknownSimulation does
    """The simulation measures nothing of this name; the text names what it measures."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """What is asked for: a simulation, the knob that moves, and the settings that stay."""

    simulation: str
    knob: str
    values: tuple[KnobValue, ...]
    settings: Mapping[str, KnobValue]
    device: str = "cpu"


@dataclass(frozen=True, slots=True)
class SweptRun:
    """One run: its last scalars and its claims' measurements by name, and how many of the claims hold."""

    scalars: Mapping[str, float]
    claimed: Mapping[str, float]
    held: int


@dataclass(frozen=True, slots=True)
class SweptRow:
    """One measure at one value of the knob, over the seeds. NaN where no seed measured it."""

    knob: str
    value: KnobValue
    measure: str
    seeds: int
    median: float
    low: float
    high: float
    claims: int
    held: int


def planned(name: str, text: str, settings: Mapping[str, KnobValue], device: str = "auto") -> Sweep:
    """Return the sweep that `knob=value,value` asks for; every value is checked.

    Raises:
        UnknownSimulation, KnobError, DeviceError: Something in it does not exist.
    """
    simulation = catalogue.get(name)
    knob, equals, values = text.partition("=")
    declared = {one.name: one for one in knobs_of(simulation.knobs)}
    if not equals or not values.strip(","):
        raise KnobError(f"--sweep {text}: takes knob=value,value")
    if knob in settings:
        raise KnobError(f"--sweep {knob}: it is set to {settings[knob]}, too")
    for value in values.split(","):
        knobs_from_text(simulation, {**settings, knob: value})
    parsed = tuple(declared[knob].parse(value) for value in values.split(","))
    return Sweep(name, knob, tuple(dict.fromkeys(parsed)), settings, runner.pick_device(device))


def sweep(
    asked: Sweep, seeds: range, jobs: int, measures: Sequence[str] = ()
) -> Iterator[tuple[SweptRow, ...]]:
    """Yield the rows of each value of the knob: one for each measure named, or for every scalar if none is.

    Raises:
        UnknownMeasure: The simulation does not measure it.
    """
    tasks = [(value, seed) for value in asked.values for seed in seeds]
    runs = side_by_side(partial(swept, asked), tasks, jobs)
    for value in asked.values:
        yield _rows(asked, value, tuple(islice(runs, len(seeds))), measures)


def swept(asked: Sweep, task: tuple[KnobValue, int]) -> SweptRun:
    """Run the simulation with the knob at one value and return what it measured."""
    value, seed = task
    result = runner.result(asked.simulation, {**asked.settings, asked.knob: value}, seed, asked.device)
    claims = result.claims
    return SweptRun(
        dict(result.last.scalars),
        {claim.id: claim.measured for claim in claims},
        sum(claim.holds for claim in claims),
    )


def _rows(
    asked: Sweep, value: KnobValue, runs: Sequence[SweptRun], measures: Sequence[str]
) -> tuple[SweptRow, ...]:
    claims, held = sum(len(run.claimed) for run in runs), sum(run.held for run in runs)
    rows = []
    for measure in measures or runs[0].scalars:
        found = [figure for run in runs if not math.isnan(figure := _figure(run, measure, asked))]
        figures = (statistics.median(found), min(found), max(found)) if found else (math.nan,) * 3
        rows.append(SweptRow(asked.knob, value, measure, len(runs), *figures, claims, held))
    return tuple(rows)


def _figure(run: SweptRun, measure: str, asked: Sweep) -> float:
    """Return the measure of a run; NaN for a claim that is not made at these settings."""
    if measure in run.scalars:
        return run.scalars[measure]
    declared = [spec.id for spec in catalogue.get(asked.simulation).declared_claims]
    if measure not in declared:
        known = ", ".join([*run.scalars, *declared])
        raise UnknownMeasure(f"{asked.simulation} measures no {measure!r}: it measures {known}")
    return run.claimed.get(measure, math.nan)
