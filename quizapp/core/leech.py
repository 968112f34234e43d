"""Leeches: cards that are forgotten again and again, and what their history says about why."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from quizapp.core.calibration import Tally, tally_words
from quizapp.core.memory import Rating


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """One review of a card.

    Attributes:
        ticked: The key points that the learner ticked; None where nothing says which were named.
    """

    rating: Rating
    ticked: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class PointMissed:
    """A key point, and in how many of the answers that tell it was missing."""

    text: str
    missed: int
    told: int


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Why a card does not stay.

    Attributes:
        lapses, reviews: How often it was forgotten after it had been learnt, and answered in all.
        points: Its key points, the most missed first; empty where it has none or no answer tells.
        told: How many answers tell which points were named.
        predicted: The predictions that were made on it.
        simulation: The one that its text names; empty for none.
        is_suspended: It comes no more already.
    """

    lapses: int
    reviews: int
    points: tuple[PointMissed, ...]
    told: int
    predicted: Tally
    simulation: str
    is_suspended: bool = False


def is_leech(lapses: int, threshold: int) -> bool:
    """Return whether a card with so many lapses is a leech."""
    return lapses >= threshold


def becomes_leech(before: int, after: int, threshold: int) -> bool:
    """Return whether a rating that brings a card to so many lapses makes it a leech, or reminds of it.

    It does at the threshold and at every half of it after that, the half rounded up.

    Source: Anki's manual, section Leeches, for the halves; its scheduler rounds them up.
    """
    if after <= before or after < threshold:
        return False
    return (after - threshold) % max(1, math.ceil(threshold / 2)) == 0


def missed_points(points: Sequence[str], answers: Iterable[PastAnswer]) -> tuple[PointMissed, ...]:
    """Return the key points with how often each was missed, the most missed first.

    Only answers that tell what was named count: who ticks nothing at all may just not tick.
    """
    told = [answer.ticked for answer in answers if answer.ticked is not None]
    if not told:
        return ()
    counted = [PointMissed(text, sum(text not in named for named in told), len(told)) for text in points]
    return tuple(sorted(counted, key=lambda point: -point.missed))


def named_points(extra: object, points: Collection[str]) -> frozenset[str] | None:
    """Return the points that a review's entry says were named; None where it says nothing.

    Args:
        extra: What the log keeps under `ticked`.
        points: The key points of today; those that an edit took away count no more.
    """
    if not isinstance(extra, list):
        return None
    return frozenset(text for text in extra if isinstance(text, str) and text in points)


def diagnosis_lines(diagnosis: Diagnosis) -> list[str]:
    """Return the diagnosis in plain sentences, a line each."""
    lines = [f"Forgotten {_times(diagnosis.lapses)} in {diagnosis.reviews} reviews."]
    missed = [point for point in diagnosis.points if point.missed]
    if missed:
        lines.append(f"Missed in the {_answers(diagnosis.told)} ticked:")
        lines += [f"  {point.missed} of {point.told}  {point.text}" for point in missed]
    elif diagnosis.told:
        lines.append(f"No key point was missed in the {_answers(diagnosis.told)} ticked.")
    else:
        lines.append("No key points were ticked: tick what you said, and the next diagnosis tells more.")
    lines.append(f"Predictions on it: {tally_words(diagnosis.predicted)}.")
    return lines


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _answers(count: int) -> str:
    return "one answer" if count == 1 else f"{count} answers"
