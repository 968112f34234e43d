"""One knob over its range: what each measure of a simulation comes to, beside its theory."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sims.protocol import Frame, Knob, KnobValue, View, ViewKind

MOST_VALUES = 8
LOG_FROM_DECADES = 2.0
"""A measure that spans more than this, all of it above zero, is drawn on a logarithmic axis."""
PLACES = "knob's values"


def sweep_values(knob: Knob, most: int = MOST_VALUES) -> tuple[KnobValue, ...]:
    """Return the values of a sweep: every choice, or evenly from end to end, each one that the knob's steps reach."""
    if knob.choices:
        return knob.choices
    gaps = most - 1
    steps = [round(place * (knob.high - knob.low) / gaps / knob.step) for place in range(most)]
    found = [min(knob.high, round(knob.low + count * knob.step, 10)) for count in steps]
    found[-1] = knob.high
    whole = isinstance(knob.default, int)
    return tuple(dict.fromkeys(round(value) if whole else float(value) for value in found))


def theory_of(measure: str, scalars: Mapping[str, float]) -> str:
    """Return the name of the scalar that holds a measure's theory; empty where there is none."""
    names = (f"{measure}, theory", f"{measure} theory", f"theory {measure}", f"{measure} (theory)")
    return next((name for name in names if name in scalars), "")


@dataclass(frozen=True, slots=True)
class Sweep:
    """A value: each run that ends returns another one.

    Attributes:
        found: The last scalars of each value's run, as far as they ran; a run that failed has none.
        chosen: The place of the measure drawn, counted over `measures`.
    """

    knob: Knob
    values: tuple[KnobValue, ...]
    found: tuple[Mapping[str, float], ...] = ()
    chosen: int = 0

    @property
    def is_over(self) -> bool:
        """Whether every value has been run."""
        return len(self.found) == len(self.values)

    @property
    def measures(self) -> tuple[str, ...]:
        """What can be drawn: every scalar that is no theory, in the simulation's order."""
        names = dict.fromkeys(name for scalars in self.found for name in scalars)
        return tuple(name for name in names if "theory" not in name)

    @property
    def measure(self) -> str:
        """What is drawn; empty before the first run has ended."""
        names = self.measures
        return names[self.chosen % len(names)] if names else ""

    def measured(self, scalars: Mapping[str, float]) -> Sweep:
        """Return this with the next value's last scalars."""
        return replace(self, found=(*self.found, scalars))

    def turned(self) -> Sweep:
        """Return this with the next measure drawn."""
        return replace(self, chosen=self.chosen + 1)

    @property
    def frame(self) -> Frame:
        """The measure, and its theory, over the values so far; values not run yet are NaN."""
        name, count = self.measure, len(self.values)
        values = self._column(name)
        told = next((told for scalars in self.found if (told := theory_of(name, scalars))), "")
        theory = self._column(told) if told else ()
        done = len(self.found)
        if self.knob.choices:
            bars = {str(choice): (value,) for choice, value in zip(self.values, values, strict=True)}
            ticks = {str(choice): (value,) for choice, value in zip(self.values, theory, strict=False)}
            return Frame(done, count, series=bars, theory=ticks)
        series = {PLACES: tuple(map(float, self.values)), name: values}
        return Frame(done, count, series=series, theory={name: theory} if told else {})

    @property
    def view(self) -> View:
        """How that is drawn."""
        kind = ViewKind.BARS if self.knob.choices else ViewKind.LINES
        series = tuple(map(str, self.values)) if self.knob.choices else (self.measure,)
        label = f"{self.knob.name} {f'({self.knob.unit})' if self.knob.unit else ''}".strip()
        title, measure = f"Sweep of {self.knob.name}", self.measure or "…"
        return View("sweep", title, label, measure, series, PLACES, log_y=self._spans_decades, kind=kind)

    @property
    def _spans_decades(self) -> bool:
        finite = [value for value in self._column(self.measure) if math.isfinite(value)]
        if not finite or min(finite) <= 0:
            return False
        return math.log10(max(finite)) - math.log10(min(finite)) > LOG_FROM_DECADES

    def _column(self, name: str) -> tuple[float, ...]:
        found = [scalars.get(name, math.nan) for scalars in self.found]
        return (*found, *(math.nan for _ in self.values[len(found) :]))
