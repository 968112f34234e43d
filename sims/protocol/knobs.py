"""Knobs: the settings of a simulation, declared as the fields of a frozen dataclass."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from typing import Any, cast

KnobValue = float | int | str


class KnobError(ValueError):
    """A knob was named or set to what it cannot be; the text says what it takes."""


@dataclass(frozen=True, slots=True)
class Knob:
    """One setting of a simulation, as declared: its kind follows from the type of `default`.

    Attributes:
        choices: The closed set of a choice knob; empty for a number.
        low, high: The inclusive range of a number.
        step: How far one press of an arrow key moves a number.
    """

    name: str
    default: KnobValue
    about: str
    low: float = -math.inf
    high: float = math.inf
    step: float = 1.0
    choices: tuple[str, ...] = ()
    unit: str = ""

    def parse(self, text: str) -> KnobValue:
        """Return the value that the text stands for.

        Raises:
            KnobError: It is not a number, out of range, or none of the choices.
        """
        if self.choices:
            if text in self.choices:
                return text
            raise KnobError(f"{self.name}={text}: takes one of {', '.join(self.choices)}")
        whole = isinstance(self.default, int)
        try:
            value = int(text) if whole else float(text)
        except ValueError:
            kind = "a whole number" if whole else "a number"
            raise KnobError(f"{self.name}={text}: takes {kind} from {self.low:g} to {self.high:g}") from None
        if not self.low <= value <= self.high:  # NaN fails too
            raise KnobError(f"{self.name}={text}: takes {self.low:g} to {self.high:g}")
        return value

    def move(self, value: KnobValue, steps: int) -> KnobValue:
        """Return the value that lies `steps` presses of an arrow key away, held inside the range."""
        if self.choices:
            return self.choices[(self.choices.index(str(value)) + steps) % len(self.choices)]
        moved = min(self.high, max(self.low, float(value) + steps * self.step))
        if isinstance(self.default, int):
            return round(moved)
        return round(moved, 10)


def whole(default: int, low: int, high: int, about: str, *, step: int = 1, unit: str = "") -> int:
    """Declare a whole-number knob as a dataclass field."""
    return cast("int", _knob(default, about, low=low, high=high, step=step, unit=unit))


def number(
    default: float,
    low: float,
    high: float,
    about: str,
    *,
    step: float,
    unit: str = "",
) -> float:
    """Declare a real-number knob as a dataclass field."""
    return cast("float", _knob(default, about, low=low, high=high, step=step, unit=unit))


def choice(default: str, choices: tuple[str, ...], about: str) -> str:
    """Declare a knob with a closed set of values as a dataclass field."""
    return cast("str", _knob(default, about, choices=choices))


def _knob(default: KnobValue, about: str, **declared: Any) -> Any:
    return field(default=default, metadata={"about": about, **declared})


def knobs_of(declaration: type[Any]) -> tuple[Knob, ...]:
    """Return the knobs that a frozen dataclass declares by its fields, in order."""
    return tuple(
        Knob(name=item.name, default=cast("KnobValue", item.default), **item.metadata)
        for item in fields(declaration)
    )


def knob_values(knobs: object) -> dict[str, KnobValue]:
    """Return the knobs' values by name, in the declared order."""
    return {item.name: getattr(knobs, item.name) for item in fields(cast("Any", knobs))}
