"""Asks for a prediction on plain lines: what is asked, how it is answered, and how lines become the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizapp.cli.plain_terminal import in_a_line
from quizapp.core.chart.number import number_text
from quizapp.core.plain import printable
from quizapp.core.prediction import Answer, AnswerError, parsed_answer, parsed_number, said
from sims.protocol import Prediction, PredictionKind

if TYPE_CHECKING:
    from quizapp.cli.plain_terminal import Terminal

_BACK = ("q", "c", "b", "quit", "exit", "back", "cancel")
_HELP = ("h", "?", "help")
_WAYS_ON = "Enter runs without a prediction, q goes back to the card."
_WHY = "A prediction is said before the run, kept, and held against what is measured."


class BackToCard(Exception):  # noqa: N818 - a decision, no error
    """Nothing shall be predicted and nothing run."""


def ask_prediction(prediction: Prediction, terminal: Terminal, *, has_read_it: bool) -> Answer | None:
    """Ask until there is an answer that means something; None where the run shall go without one.

    Args:
        has_read_it: The question itself was read to the learner just before.

    Raises:
        BackToCard: The learner would rather not run it.
    """
    asked = [] if has_read_it else [in_a_line(prediction.question)]
    terminal.say(["", *asked, *_offered(prediction), f"{_how(prediction)} {_WAYS_ON} h helps."])
    while text := terminal.read().strip():
        is_choice = text.casefold() in map(str.casefold, prediction.choices)
        if text.lower() in _BACK and not is_choice:
            raise BackToCard
        if text.lower() in (*_HELP, "r") and not is_choice:
            question = [in_a_line(prediction.question), *_offered(prediction)]
            terminal.say(question if text.lower() == "r" else [_WHY])
            terminal.write(f"{_how(prediction)} {_WAYS_ON} r reads the question again.")
            continue
        try:
            return _answer(prediction, text)
        except AnswerError as error:
            terminal.write(printable(f"{error} {_WAYS_ON}"))
    return None


def _offered(prediction: Prediction) -> Iterator[str]:
    """Yield the choices by their numbers, curves with their values."""
    for number, choice in enumerate(prediction.choices, start=1):
        curve = prediction.curves[number - 1] if prediction.curves else ()
        passed = (said(curve[0]), said(curve[len(curve) // 2]), said(curve[-1])) if curve else ()
        middle = "; from {} over {} to {}".format(*passed) if passed else ""
        yield printable(f"{number}. {choice}{middle}")


def _how(prediction: Prediction) -> str:
    """Return how the question is answered."""
    if prediction.kind is PredictionKind.SKETCH:
        low, high = number_text(prediction.low), number_text(prediction.high)
        bars = ", ".join(prediction.bars)
        return printable(f"Give {len(prediction.bars)} numbers, {low} to {high}, in this order: {bars}.")
    if prediction.kind is PredictionKind.NUMBER:
        unit = f" in {prediction.unit}" if prediction.unit else ""
        return printable(f"Give a number{unit}, such as 0.005, 1e7 or 10^7.")
    return "Give the number or the name of your choice."


def _answer(prediction: Prediction, text: str) -> Answer:
    """Return what a typed line stands for.

    Raises:
        AnswerError: It is no answer to this question.
    """
    if prediction.kind is PredictionKind.SKETCH:
        return _sketch(prediction, text)
    return _choice(prediction, text) if prediction.choices else parsed_answer(prediction, text)


def _choice(prediction: Prediction, text: str) -> str:
    """Return the choice of this number or name, of which the beginning is enough where only one begins so."""
    choices = prediction.choices
    if text.isdecimal() and 0 < int(text) <= len(choices):
        return choices[int(text) - 1]
    name = text.casefold()
    same = [choice for choice in choices if choice.casefold() == name]
    begun = same or [choice for choice in choices if choice.casefold().startswith(name)]
    if len(begun) == 1:
        return begun[0]
    several = f": {len(begun)} choices begin so" if begun else " is no choice"
    raise AnswerError(f"{text[:40]!r}{several}. Give a number from 1 to {len(choices)}, or a name.")


def _sketch(prediction: Prediction, text: str) -> Answer:
    values = tuple(parsed_number(part, prediction.unit) for part in text.replace(",", " ").split())
    if len(values) != len(prediction.bars):
        numbers = "1 number" if len(values) == 1 else f"{len(values)} numbers"
        raise AnswerError(f"{numbers} for {len(prediction.bars)} bars: give one for each.")
    if not all(prediction.low <= value <= prediction.high for value in values):
        low, high = number_text(prediction.low), number_text(prediction.high)
        raise AnswerError(f"Each number lies between {low} and {high}.")
    return values
