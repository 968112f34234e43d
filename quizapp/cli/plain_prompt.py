"""What can be typed at a card on plain lines: at length once, then in a few words."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from quizapp.cli.plain_answer import how_to_answer
from quizapp.cli.plain_words import rating_words, unscheduled_words
from quizapp.core.long_answer import is_long

if TYPE_CHECKING:
    from quizapp.cli.plain_front import Front


class Stage(Enum):
    """What a card waits for."""

    PREDICTION = auto()
    VERDICT = auto()
    ANSWER = auto()
    REVEAL = auto()
    RATING = auto()


def stage_of(front: Front) -> Stage:
    """Return what a card waits for now."""
    if front.asks_first:
        return Stage.PREDICTION
    if front.verdict is not None and not front.reading.revealed:
        return Stage.VERDICT
    if front.asks_answer:
        return Stage.ANSWER
    return Stage.RATING if front.reading.revealed else Stage.REVEAL


def prompt(front: Front, *, moves_schedule: bool) -> str:
    """Return what can be typed now, at length."""
    match stage_of(front):
        case Stage.PREDICTION:
            return "Enter asks for your prediction, n shows the answer without one. h helps."
        case Stage.VERDICT:
            return (
                f"Enter gives {_proposed(front)}, which the prediction earned; n shows the answer. h helps."
            )
        case Stage.ANSWER if front.expectation is not None:
            return f"{how_to_answer(front.expectation)} Enter shows the answer without yours. h helps."
        case Stage.RATING:
            rate = (
                rating_words(front.intervals, front.scale)
                if moves_schedule
                else unscheduled_words(front.scale)
            )
            return _before_rating(front) + rate
    if is_long(front.card.answer):
        return (
            "Enter shows the answer section by section, w all of it; a keeps your words beside it. h helps."
        )
    return "Enter shows the answer; a keeps your words beside it. h helps."


def short_prompt(front: Front) -> str:
    """Return what can be typed now to a learner who has been told it at length."""
    match stage_of(front):
        case Stage.PREDICTION:
            return "Enter predicts, n shows the answer, h helps."
        case Stage.VERDICT:
            return f"Enter gives {_proposed(front)}, n shows the answer, h helps."
        case Stage.ANSWER:
            return "Your answer, or h."
        case Stage.RATING:
            return f"{_before_rating(front)}Rate {'1 or 2' if front.scale.has_two else '1 to 4'}, or h."
    return "Enter shows the answer, h helps."


def _before_rating(front: Front) -> str:
    left = front.reading.left
    more = f"Enter shows the next of {left} more sections, w all of them. " if left > 1 else ""
    more = "Enter shows the last section. " if left == 1 else more
    if front.proposed is not None:
        more += f"p gives the proposed {front.proposed.name.capitalize()}. "
    return more


def _proposed(front: Front) -> str:
    return front.scale.name(front.proposed) if front.proposed is not None else "the rating"
