"""The values that a knob may take in a prediction card: `50`, `10..80`, `0,0.5,1`, or several of these with commas."""

from __future__ import annotations

import math

from quizapp.core.deck_sims import BETWEEN
from sims.protocol import Knob, KnobError, KnobValue

MOST_VALUES = 10_000


def values_in(knob: Knob, text: str) -> tuple[KnobValue, ...]:
    """Return the values that the text stands for, each once, in the order written; a range goes in the knob's steps.

    Raises:
        KnobError: The knob does not take one of them, or a range is none.
    """
    found: dict[KnobValue, None] = {}
    for part in text.split(","):
        found.update(dict.fromkeys(_values(knob, part)))
    return tuple(found)


def _values(knob: Knob, part: str) -> tuple[KnobValue, ...]:
    low_text, between, high_text = part.partition(BETWEEN)
    if not between:
        return (knob.parse(part),)
    if knob.choices:
        raise KnobError(f"{knob.name}={part}: has no range, takes some of {', '.join(knob.choices)}")
    low, high = knob.parse(low_text), knob.parse(high_text)
    assert not isinstance(low, str)
    assert not isinstance(high, str)
    if low >= high:
        raise KnobError(f"{knob.name}={part}: a range goes from the lower value to the higher one")
    # A hair more than the division: 0.5 to 0.95 in steps of 0.05 ends at 0.95.
    steps = math.floor((high - low) / knob.step + 1e-9)
    if steps >= MOST_VALUES:
        raise KnobError(f"{knob.name}={part}: holds {steps + 1} values, {MOST_VALUES} at most")
    if not steps:
        raise KnobError(f"{knob.name}={part}: holds one value only, the knob goes in steps of {knob.step:g}")
    return tuple(knob.move(low, step) for step in range(steps + 1))
