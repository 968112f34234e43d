"""Claims that a run measures, the prediction before it and the outcome after it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


class PredictionKind(StrEnum):
    """How the learner answers."""

    CHOICE = "choice"
    NUMBER = "number"
    PROFILE = "profile"
    SKETCH = "sketch"


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the learner commits to before the first frame. Its kind follows from what it offers.

    Choices are one of a few texts; a profile is one of a few drawn curves, named by the choices; a sketch is a bar
    for each of a few settings; a number is what is left.

    Attributes:
        log_scale: An error is counted in decades (factors of ten), not in units; bars stand on a log scale.
        curves: One for each choice, drawn for the learner to pick from.
        bars: The settings that a value is sketched for, such as "α = 0.1".
        low, high: The range of a sketched bar; above 0 on a log scale.
        tolerance: The largest error that counts as right: decades on a log scale, else a share of the truth. Of a
            sketch, the mean error over its bars, in decades or as a share of the range. None: the usual one.
        view: The name of the view in which a number, the picked curve or the sketch is drawn over the result; empty: the
            first. The values of a curve or a sketch stand at that view's x values, in order.
    """

    question: str
    choices: tuple[str, ...] = ()
    unit: str = ""
    log_scale: bool = False
    curves: tuple[tuple[float, ...], ...] = ()
    bars: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 1.0
    tolerance: float | None = None
    view: str = ""

    @property
    def kind(self) -> PredictionKind:
        """How the learner answers."""
        if self.bars:
            return PredictionKind.SKETCH
        if self.curves:
            return PredictionKind.PROFILE
        return PredictionKind.CHOICE if self.choices else PredictionKind.NUMBER


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the prediction should have been, by this run's own figures, and one sentence why.

    Attributes:
        truth: One of the choices, a number, or a value for each bar.
    """

    truth: str | float | tuple[float, ...]
    reason: str
