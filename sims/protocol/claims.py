"""Claims that a run measures, the prediction before it and the outcome after it."""

from __future__ import annotations

from dataclasses import dataclass


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
