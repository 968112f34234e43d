"""The simulation itself: its header, the context of a run, what it can do, and what came of it."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, runtime_checkable

from sims.protocol.claims import Claim, ClaimSpec, Outcome, Prediction
from sims.protocol.frames import Frame, View
from sims.protocol.knobs import KnobError, KnobValue, knob_values, knobs_of

if TYPE_CHECKING:
    import torch

P = TypeVar("P")


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

    def explanation(self, knobs: P, last: Frame) -> str:
        """Return two to five short paragraphs, parted by blank lines, that follow the last frame's own figures."""
        ...


@runtime_checkable
class Batched(Simulation[P], Protocol[P]):
    """A simulation that runs several seeds as one batch, for far less than their runs one after the other."""

    def run_seeds(self, knobs: P, contexts: Sequence[Context]) -> Iterator[tuple[Frame, ...]]:
        """Yield, step by step, a frame for each context: those of its own run, up to rounding."""
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

    @property
    def explanation(self) -> str:
        """Why the figures are what they are; empty when the run was stopped early."""
        return self.simulation.explanation(self.knobs, self.last) if self.last.is_last else ""


def reproduce(result: Result[Any]) -> str:
    """Return the one command line that runs this again: every knob is named, so changed defaults do no harm."""
    words = ["quizapp", "sim", result.simulation.header.name]
    for name, value in knob_values(result.knobs).items():
        words += ["--set", f"{name}={value}"]
    words += ["--seed", str(result.context.seed), "--device", result.context.device]
    return shlex.join(words)
