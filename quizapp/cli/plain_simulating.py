"""The simulation of a card on plain lines: its prediction, its run, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.cli.plain_words import finding_lines, question_lines
from quizapp.core.plain import printable
from quizapp.core.prediction import Answer, AnswerError, parsed_answer, parsed_number
from quizapp.core.reading import first_sim
from quizapp.core.verdict import Verdict
from sims.protocol import Prediction, PredictionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.cli.plain_front import Front
    from quizapp.cli.plain_terminal import Terminal
    from quizapp.core.card import Card
    from quizapp.core.topic import SimBlock
    from quizapp.services.workspace import Workspace


def simulate(front: Front, terminal: Terminal, workspace: Workspace, words: Sequence[str]) -> None:
    """Ask for a prediction and run: what a prediction card asks, or the simulation that fits the card or was named."""
    from quizapp.services.plain_trial import experiment_of, missing_device, run

    experiment = front.trial if front.asks_first else None
    if experiment is None:
        block = _block(front.card, words)
        if block is None:
            terminal.write("This card runs no simulation. `quizapp sim` lists those that there are.")
            return
        experiment = experiment_of(block)
    experiment = experiment.committed(_predicted(experiment.prediction, terminal))
    terminal.write("Running.")
    try:
        finding = run(workspace, experiment, front.card.id)
    except KeyboardInterrupt:
        terminal.write("Stopped.")
        return
    front.finding = finding
    if note := missing_device(workspace, finding):
        terminal.write(note)
    terminal.say([*finding_lines(finding, terminal.width), "g draws its chart.", ""])
    if front.asks_first and finding.outcome is not None:
        front.verdict = Verdict(finding, front.scale)
        rating = front.verdict.rating
        terminal.write(f"Proposed: {rating.value} {rating.name.capitalize()}.")


def draw(front: Front, terminal: Terminal) -> None:
    """Draw the chart of the last run."""
    from quizapp.services.plain_run import chart_lines

    if front.finding is None or front.finding.last is None:
        terminal.write("Nothing has run yet: x runs the simulation of this card.")
        return
    terminal.say(chart_lines(front.finding.experiment.name, front.finding.last))


def _block(card: Card, words: Sequence[str]) -> SimBlock | None:
    """Return the simulation that was asked for by its number, or the one that fits the card best."""
    from quizapp.core.deck_sims import sim_blocks

    blocks = list(sim_blocks(card.answer))
    number = int(words[0]) if words and words[0].isdecimal() else 0
    return blocks[number - 1] if 0 < number <= len(blocks) else first_sim(card)


def _predicted(prediction: Prediction, terminal: Terminal) -> Answer | None:
    """Ask until there is an answer that means something, or none."""
    terminal.say(["", *question_lines(prediction, terminal.width)])
    while text := terminal.read().strip():
        try:
            return _answer(prediction, text)
        except AnswerError as error:
            terminal.write(printable(str(error)))
    return None


def _answer(prediction: Prediction, text: str) -> Answer:
    """Return what a typed line stands for.

    Raises:
        AnswerError: It is no answer to this question.
    """
    if prediction.kind is PredictionKind.SKETCH:
        return _sketch(prediction, text)
    if prediction.choices and text.isdecimal() and 0 < int(text) <= len(prediction.choices):
        return prediction.choices[int(text) - 1]
    return parsed_answer(prediction, text)


def _sketch(prediction: Prediction, text: str) -> Answer:
    values = tuple(parsed_number(part, prediction.unit) for part in text.replace(",", " ").split())
    if len(values) != len(prediction.bars):
        numbers = "1 number" if len(values) == 1 else f"{len(values)} numbers"
        raise AnswerError(f"{numbers} for {len(prediction.bars)} bars: give one for each.")
    if not all(prediction.low <= value <= prediction.high for value in values):
        raise AnswerError(f"Each number lies between {prediction.low} and {prediction.high}.")
    return values
