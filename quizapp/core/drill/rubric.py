"""How an answer is judged: four dimensions in four bands, each with its meaning, and what follows from them.

A band counts 0, 1/3, 2/3 or 1; an answer's score is the mean over the four dimensions. For the schedule the bands become
one FSRS rating, in which correctness has the last word, because a card asks whether something is known:

- Again: correctness is in the lowest band;
- Hard: correctness is partial, or the bands' mean is below 2.5;
- Easy: correctness is in the highest band and the bands' mean is at least 3.75 (one band below the top, at most);
- Good: everything else.

A good answer is one that gives Good or Easy: it earns a follow-up. Any other one is poor: a hint is offered.

An answer that took a hint is at most Hard, and its score is halved: it was not recalled without help.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum

from quizapp.core.memory import Rating


class Dimension(StrEnum):
    """What an answer is judged by."""

    CORRECTNESS = "correctness"
    DEPTH = "depth"
    CLARITY = "clarity"
    EVIDENCE = "evidence"


class Band(IntEnum):
    """How well an answer does in a dimension."""

    MISSING = 1
    PARTIAL = 2
    SOLID = 3
    STRONG = 4


Bands = Mapping[Dimension, Band]

MEANINGS: dict[Dimension, tuple[str, str, str, str]] = {
    Dimension.CORRECTNESS: (
        "wrong, or not answered: the central point is missing or false",
        "the central point is there, with an error that matters",
        "right in all that matters; slips that you would correct yourself",
        "right throughout, and says where it stops being true",
    ),
    Dimension.DEPTH: (
        "names things without saying how they work",
        "says how it works, not why",
        "gives the mechanism and why it follows",
        "derives it, or gives limits, costs and what it is traded against",
    ),
    Dimension.CLARITY: (
        "hard to follow: no order, terms mixed up",
        "followable with help: the point comes late or is buried",
        "the point first, then the reasons in order",
        "the same, in few words, with an example that fits",
    ),
    Dimension.EVIDENCE: (
        "claims only",
        "appeals to common knowledge, or to a source not named",
        "one figure, formula or named result that carries the claim",
        "figures or a derivation, with their source or how you would measure them",
    ),
}
"""What each band means, the lowest first."""

QUESTIONS = {
    Dimension.CORRECTNESS: "Is it true?",
    Dimension.DEPTH: "Does it say how and why?",
    Dimension.CLARITY: "Could a colleague follow it at once?",
    Dimension.EVIDENCE: "What makes it believable?",
}
"""What each dimension asks of an answer."""

_HARD_BELOW, _EASY_FROM = 2.5, 3.75


def band_mean(bands: Bands) -> float:
    """Return the mean of the four bands, 1 to 4."""
    return sum(bands[dimension] for dimension in Dimension) / len(Dimension)


def score(bands: Bands) -> float:
    """Return an answer's score: 0 when every dimension is in the lowest band, 1 when all are in the highest."""
    return (band_mean(bands) - Band.MISSING) / (Band.STRONG - Band.MISSING)


def rating_of(bands: Bands, *, is_helped: bool = False) -> Rating:
    """Return what the bands mean to the schedule; the module's head says how.

    Args:
        is_helped: The answer took a hint.
    """
    rating = _unaided_rating(bands)
    return min(rating, Rating.HARD) if is_helped else rating


def _unaided_rating(bands: Bands) -> Rating:
    correctness, mean = bands[Dimension.CORRECTNESS], band_mean(bands)
    if correctness is Band.MISSING:
        return Rating.AGAIN
    if correctness is Band.PARTIAL or mean < _HARD_BELOW:
        return Rating.HARD
    return Rating.EASY if correctness is Band.STRONG and mean >= _EASY_FROM else Rating.GOOD


def is_complete(bands: Bands) -> bool:
    """Return whether every dimension has its band."""
    return all(dimension in bands for dimension in Dimension)


def plain_bands(bands: Bands) -> dict[str, int]:
    """Return bands as plain values."""
    return {dimension.value: int(bands[dimension]) for dimension in Dimension if dimension in bands}


def bands_from(values: Mapping[str, int]) -> dict[Dimension, Band]:
    """Return the bands that `plain_bands` wrote."""
    return {Dimension(name): Band(value) for name, value in values.items()}
