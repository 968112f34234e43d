"""What stands on the front of a card: its own words, or for a prediction card the question of this review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.sentence import sentence
from quizapp.core.topic import CardKind
from quizapp.errors import DeckError

if TYPE_CHECKING:
    from quizapp.core.card import Card
    from quizapp.core.expectation import Expectation
    from quizapp.core.experiment import Experiment


def trial_of(card: Card) -> Experiment:
    """Return what a prediction card asks at its next review.

    Raises:
        DeckError: Its block names a simulation, knobs or values that there are not.
    """
    # Most cards ask in words: those wait for no simulation's import.
    from quizapp.core.deck_predictions import kept_prediction
    from quizapp.core.trial import trial
    from sims import catalogue
    from sims.protocol import KnobError

    block = kept_prediction(card.question)
    hint = "Correct the block in its file, or suspend the card."
    if block is None:
        raise DeckError("This prediction card's block cannot be read.", hint)
    try:
        return trial(catalogue.get(block.simulation), block, card.id, card.state.memory.reps)
    except (catalogue.UnknownSimulation, KnobError) as error:
        raise DeckError(sentence(f"This prediction card cannot be asked: {error}"), hint) from error


def front(card: Card) -> str:
    """Return the Markdown on the front of a card, its blanks hidden."""
    if card.kind is not CardKind.PREDICTION:
        return _with_blanks(card.question)
    from quizapp.core.trial import escaped, trial_markdown

    try:
        return trial_markdown(trial_of(card))
    except DeckError as error:
        return escaped(str(error)).replace("\n", "\n\n")


def revealed_front(card: Card) -> str:
    """Return the Markdown of the front once the answer is shown: its blanks are filled in."""
    if card.kind is CardKind.PREDICTION or "{{" not in card.question:
        return front(card)
    from quizapp.core.cloze import filled

    return filled(card.question)


def expectation_of(card: Card) -> Expectation | None:
    """Return what a card expects for an answer, a choice in the order of its present review; None where it expects none."""
    # Most cards expect nothing: those wait for no import.
    if "{{" not in card.question and "expect" not in card.answer:
        return None
    from quizapp.core.deck_expect import expectation_of as written
    from quizapp.core.expectation import Choice

    found = written(card)
    return found.asked(card.id, card.state.memory.reps) if isinstance(found, Choice) else found


def back(card: Card) -> str:
    """Return a card's answer, the options of a choice in the order of its present review."""
    expected = expectation_of(card)
    if expected is None:
        return card.answer
    from quizapp.core.choice_order import with_options
    from quizapp.core.expectation import Choice

    return with_options(card.answer, expected.texts) if isinstance(expected, Choice) else card.answer


def front_line(card: Card) -> str:
    """Return the front in plain words, as far as one line says it."""
    if card.kind is not CardKind.PREDICTION:
        if "{{" not in card.question:
            return card.question
        from quizapp.core.cloze import hidden_words

        return hidden_words(card.question)
    try:
        return trial_of(card).prediction.question
    except DeckError as error:
        return error.message


def _with_blanks(question: str) -> str:
    if "{{" not in question:
        return question
    from quizapp.core.cloze import hidden

    return hidden(question)


def can_be_asked(card: Card) -> bool:
    """Return whether a card asks for a prediction, and can be run."""
    if card.kind is not CardKind.PREDICTION:
        return False
    try:
        trial_of(card)
    except DeckError:
        return False
    return True


def asked_extra(trial: Experiment) -> dict[str, object]:
    """Return what the log keeps of a review of a prediction card that no run graded: what it asked."""
    return {"prediction": {"knobs": dict(trial.values), "seed": trial.seed}}
