"""What a simulation is: knobs, frames, views, claims, a prediction. Loads neither torch nor an interface."""

from __future__ import annotations

import hashlib
import math
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast

if TYPE_CHECKING:
    import torch

P = TypeVar("P")

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


@dataclass(frozen=True, slots=True)
class ClaimSpec:
    """A claim as declared, before any run: what is stated and where it is stated."""

    id: str
    statement: str
    source: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as a run measured it. `tolerance` is the largest |measured - expected| that still holds."""

    id: str
    statement: str
    expected: float
    measured: float
    tolerance: float
    source: str

    @property
    def holds(self) -> bool:
        """Whether the measurement agrees; NaN never does, and equal infinities do."""
        return self.measured == self.expected or abs(self.measured - self.expected) <= self.tolerance

    @property
    def verdict(self) -> str:
        """The same in a word."""
        return "holds" if self.holds else "fails"


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the learner commits to before the first frame: a choice, or a number when there are none.

    Attributes:
        log_scale: A number's error is counted in decades (factors of ten), not in units.
    """

    question: str
    choices: tuple[str, ...] = ()
    unit: str = ""
    log_scale: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the prediction should have been, by this run's own figures, and one sentence why."""

    truth: str | float
    reason: str


@dataclass(frozen=True, slots=True)
class Header:
    """What the learner reads above the chart, and what the catalogue lists.

    Attributes:
        group: gradients, scale, depth, transformers, vision or training.
        symbols: Each symbol of the formula and what it stands for.
        words: What a card about this would say; a card without a `sim` block is matched by them.
    """

    name: str
    title: str
    group: str
    claim: str
    formula: str
    symbols: Mapping[str, str]
    source: str
    simplification: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """Where and from which seed a run draws its numbers: the same weights on every device."""

    seed: int = 0
    device: str = "cpu"

    def generator(self, stream: str) -> torch.Generator:
        """Return a CPU generator that belongs to (seed, stream); draw on the CPU, then move."""
        import torch

        digest = hashlib.blake2b(f"{self.seed}/{stream}".encode(), digest_size=8).digest()
        generator = torch.Generator(device="cpu")
        generator.manual_seed(int.from_bytes(digest) >> 1)
        return generator


class Simulation(Protocol[P]):
    """One live program. `run` is pure: the same knobs, seed and device give the same frames.

    `P` is a frozen dataclass whose fields are the knobs. Importing the module loads no torch: `run` does.
    """

    @property
    def header(self) -> Header:
        """What the learner reads above the chart."""
        ...

    @property
    def knobs(self) -> type[P]:
        """The frozen dataclass whose fields are the knobs."""
        ...

    @property
    def views(self) -> tuple[View, ...]:
        """The ways to draw a frame, the first shown first."""
        ...

    @property
    def declared_claims(self) -> tuple[ClaimSpec, ...]:
        """Everything that it may claim, in the order in which `claims` returns what applies."""
        ...

    def run(self, knobs: P, context: Context) -> Iterator[Frame]:
        """Yield the frames of one run; stepping is `next`, pausing is not calling it, stopping is `close`."""
        ...

    def claims(self, knobs: P, last: Frame) -> tuple[Claim, ...]:
        """Return the declared claims that apply to these knobs, as the last frame measured them."""
        ...

    def prediction(self, knobs: P) -> Prediction:
        """Return what to ask before the first frame."""
        ...

    def outcome(self, knobs: P, last: Frame) -> Outcome:
        """Return the prediction's true answer by the last frame's own figures."""
        ...


def knobs_from_text(simulation: Simulation[P], settings: Mapping[str, KnobValue]) -> P:
    """Return the simulation's knobs with these settings applied to the defaults.

    Raises:
        KnobError: A name that the simulation does not have, or a value that the knob does not take.
    """
    declared = {knob.name: knob for knob in knobs_of(simulation.knobs)}
    values: dict[str, KnobValue] = {}
    for name, setting in settings.items():
        if name not in declared:
            raise KnobError(f"{simulation.header.name} has no knob {name!r}: it has {', '.join(declared)}")
        values[name] = declared[name].parse(str(setting))
    return simulation.knobs(**values)


def knob_values(knobs: object) -> dict[str, KnobValue]:
    """Return the knobs' values by name, in the declared order."""
    return {item.name: getattr(knobs, item.name) for item in fields(cast("Any", knobs))}


@dataclass(frozen=True, slots=True)
class Result(Generic[P]):
    """A finished run: everything that is said, shown and kept about it."""

    simulation: Simulation[P]
    knobs: P
    context: Context
    last: Frame

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims as this run measured them; none when it was stopped early."""
        return self.simulation.claims(self.knobs, self.last) if self.last.is_last else ()

    @property
    def outcome(self) -> Outcome:
        """What the prediction should have been."""
        return self.simulation.outcome(self.knobs, self.last)


def reproduce(result: Result[Any]) -> str:
    """Return the one command line that runs this again: every knob is named, so changed defaults do no harm."""
    words = ["quizapp", "sim", result.simulation.header.name]
    for name, value in knob_values(result.knobs).items():
        words += ["--set", f"{name}={value}"]
    words += ["--seed", str(result.context.seed), "--device", result.context.device]
    return shlex.join(words)
