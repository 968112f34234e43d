"""What a learner is about to run: a simulation, its knobs, the seed, the device, and what was predicted of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from quizapp.core.chart.number import with_powers
from quizapp.core.prediction import Answer, Gap, gap, outcome_words, quoted
from quizapp.core.topic import SimBlock
from sims.protocol import Claim, Frame, KnobValue, Outcome, Prediction, Simulation, knob_values

Settings = tuple[tuple[str, KnobValue], ...]


@dataclass(frozen=True, slots=True)
class Experiment:
    """A value: every change returns another one. A prediction belongs to the knobs that it was made for.

    Attributes:
        tolerance: The largest error that counts as right, where a card declares one.
    """

    simulation: Simulation[Any]
    knobs: Any
    seed: int = 0
    device: str = "cpu"
    answers: Mapping[Settings, Answer] = field(default_factory=dict)
    tolerance: float | None = None

    @property
    def name(self) -> str:
        """The simulation's name."""
        return self.simulation.header.name

    @property
    def values(self) -> dict[str, KnobValue]:
        """The knobs' values by name."""
        return knob_values(self.knobs)

    @property
    def block(self) -> SimBlock:
        """The same as a deck's block would launch it."""
        return SimBlock(self.name, tuple((knob, str(value)) for knob, value in self.values.items()), 0)

    @property
    def prediction(self) -> Prediction:
        """What is asked for these knobs."""
        asked = self.simulation.prediction(self.knobs)
        return asked if self.tolerance is None else replace(asked, tolerance=self.tolerance)

    @property
    def answer(self) -> Answer | None:
        """What was predicted for these knobs, if anything."""
        return self.answers.get(tuple(self.values.items()))

    @property
    def said(self) -> str:
        """The same in a sentence; empty without a prediction."""
        return "" if self.answer is None else f"You said {quoted(self.answer, self.prediction.unit)}."

    def turned(self, name: str, value: KnobValue) -> Experiment:
        """Return this with one knob at another value."""
        return replace(self, knobs=self.simulation.knobs(**{**self.values, name: value}))

    def committed(self, answer: Answer | None) -> Experiment:
        """Return this with a prediction for its knobs, or with none."""
        settings = tuple(self.values.items())
        others = {key: kept for key, kept in self.answers.items() if key != settings}
        return replace(self, answers=others if answer is None else {**others, settings: answer})

    def reseeded(self, seeds: int = 1) -> Experiment:
        """Return this with the seed after so many."""
        return replace(self, seed=self.seed + seeds)

    def moved(self, devices: tuple[str, ...]) -> Experiment:
        """Return this on the device after its own."""
        place = devices.index(self.device) + 1 if self.device in devices else 0
        return replace(self, device=devices[place % len(devices)])


@dataclass(frozen=True, slots=True)
class Finding:
    """What an experiment came to, the prediction beside the measurement.

    Attributes:
        last: The last frame; None where none could be read.
        explanation: Why the figures are what they are, in paragraphs parted by blank lines.
    """

    experiment: Experiment
    last: Frame | None
    claims: tuple[Claim, ...]
    outcome: Outcome | None
    explanation: str = ""

    def is_of(self, experiment: Experiment) -> bool:
        """Return whether this came to an outcome for the knobs of an experiment."""
        return self.outcome is not None and self.experiment.values == experiment.values

    @property
    def gap(self) -> Gap | None:
        """How far the prediction lay from the outcome; None where there is no prediction or no outcome."""
        answer = self.experiment.answer
        if answer is None or self.outcome is None:
            return None
        return gap(self.experiment.prediction, answer, self.outcome)

    @property
    def sentence(self) -> str:
        """The gap in words with its reason, or the outcome where nothing was predicted."""
        if self.outcome is None:
            return ""
        missed = self.gap
        prediction = self.experiment.prediction
        return with_powers(outcome_words(prediction, self.outcome) if missed is None else missed.sentence)
