"""One review of a prediction card: which knob values it asks about. The same review always asks the same."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import Any

from quizapp.core.chart.number import number_text
from quizapp.core.deck_sims import first_value
from quizapp.core.experiment import Experiment
from quizapp.core.knob_range import values_in
from quizapp.core.topic import CardId, PredictionBlock
from sims.protocol import KnobValue, Prediction, Simulation, knobs_from_text, knobs_of

_SPECIAL = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def trial(simulation: Simulation[Any], block: PredictionBlock, card_id: CardId, review: int) -> Experiment:
    """Return what a card asks at its review of this number, counted from 0; the run's seed is that number, too.

    Raises:
        KnobError: The simulation has no such knob, or it does not take such values.
    """
    ranges = ranges_of(simulation, block.settings)
    place = _place([len(values) for values in ranges.values()], card_id, review)
    drawn: dict[str, KnobValue] = {}
    for knob, values in ranges.items():
        place, index = divmod(place, len(values))
        drawn[knob] = values[index]
    knobs = knobs_from_text(simulation, drawn)
    return Experiment(simulation, knobs, seed=review, tolerance=block.tolerance)


def ranges_of(
    simulation: Simulation[Any], settings: Sequence[tuple[str, str]]
) -> dict[str, tuple[KnobValue, ...]]:
    """Return the values that each of these knobs may take.

    Raises:
        KnobError: The simulation has no such knob, or it does not take such values.
    """
    knobs_from_text(simulation, {knob: first_value(values) for knob, values in settings})
    declared = {knob.name: knob for knob in knobs_of(simulation.knobs)}
    return {knob: values_in(declared[knob], values) for knob, values in settings}


def trial_markdown(experiment: Experiment) -> str:
    """Return the front of the card as Markdown: the simulation's question, and the knobs that it is about."""
    asked: Prediction = experiment.prediction
    knobs = " · ".join(f"{knob} {_value_text(value)}" for knob, value in experiment.values.items())
    return f"{escaped(asked.question)}\n\n{escaped(f'{experiment.name}: {knobs}')}"


def _value_text(value: KnobValue) -> str:
    return value if isinstance(value, str) else number_text(float(value))


def _place(counts: Sequence[int], card_id: CardId, review: int) -> int:
    """Return a review's place among all combinations: drawn evenly, never that of the review before."""
    total = math.prod(counts)
    place = _draw(card_id, 0) % total
    for number in range(1, review + 1 if total > 1 else 0):
        place = (place + 1 + _draw(card_id, number) % (total - 1)) % total
    return place


def _draw(card_id: CardId, number: int) -> int:
    return int.from_bytes(hashlib.blake2b(f"{card_id}\n{number}".encode(), digest_size=8).digest())


def escaped(text: str) -> str:
    """Return plain words as Markdown that shows them as they are."""
    return "".join(f"\\{character}" if character in _SPECIAL else character for character in text)
