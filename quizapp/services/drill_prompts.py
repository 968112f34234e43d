"""From a reference to what the learner reads: the words of a card, a formula to derive, a failed run, the closing."""

from __future__ import annotations

from collections.abc import Sequence

from quizapp.core.card import Card
from quizapp.core.drill.answered import Answered
from quizapp.core.drill.ask import Ask, AskKind, Prompt, seconds_for
from quizapp.core.drill.points import points_of
from quizapp.core.reading import first_sim, opened_at
from quizapp.core.topic import CardId, KeyPoint, SimBlock
from quizapp.services.trials import front, revealed_front
from quizapp.store import cards, states
from quizapp.store.database import Execute

_ASKING_WELL = (
    "Asks about this team's practice, not what could be looked up",
    "Refers to something said in this interview",
    "Its answer would change what you do or decide",
)


def prompt_of(execute: Execute, ask: Ask, answers: Sequence[Answered]) -> Prompt | None:
    """Return what is asked; None when its card, simulation or failed run is no longer there to be asked.

    Args:
        answers: Those of the drill so far, which the closing goes back to.
    """
    match ask.kind:
        case AskKind.QUESTION | AskKind.FOLLOW_UP:
            return _of_card(execute, ask)
        case AskKind.DERIVATION:
            return _derivation(execute, ask)
        case AskKind.DEBUGGING:
            return _debugging(execute, ask)
        case AskKind.SUMMARY:
            return _summary(execute, answers)
        case AskKind.YOUR_QUESTIONS:
            return _your_questions(execute, answers)


def _card(execute: Execute, card_id: CardId) -> Card | None:
    found = cards.card(execute, card_id)
    gone = found is None or found.archived or found.state.deleted or found.state.suspended
    return None if gone else found


def _of_card(execute: Execute, ask: Ask) -> Prompt | None:
    card = _card(execute, ask.card_id)
    if card is None:
        return None
    return Prompt(
        ask=ask,
        topic_id=card.topic_id,
        title=card.title,
        deck=card.deck,
        question=front(card),
        model=card.answer,
        points=points_of(card),
        seconds=seconds_for(ask.kind, card.difficulty),
        opened_at=opened_at(card),
        sim=first_sim(card),
        siblings=_siblings(execute, card.id),
        synonyms=card.synonyms,
        filled=_filled(card),
    )


def _filled(card: Card) -> str:
    """Return the question with its blanks filled in; empty where it has none."""
    filled = revealed_front(card)
    return "" if filled == front(card) else filled


def _siblings(execute: Execute, card_id: CardId) -> tuple[CardId, ...]:
    """Return the follow-ups of a card's topic that may be asked."""
    standing = states.known_standing(execute, card_id)
    kept = (card for card in standing.follow_ups if not standing.state.card(card).suspended)
    return tuple(card for card in kept if not standing.state.card(card).deleted)


def _derivation(execute: Execute, ask: Ask) -> Prompt | None:
    from quizapp.core.drill.derivation import derivation_answer, derivation_points, derivation_question
    from sims import catalogue

    card = _card(execute, ask.card_id)
    try:
        header = catalogue.get(ask.subject).header
    except catalogue.UnknownSimulation:
        return None
    if card is None:
        return None
    return Prompt(
        ask=ask,
        topic_id=card.topic_id,
        title=card.title,
        deck=card.deck,
        question=derivation_question(header),
        model=derivation_answer(header),
        points=derivation_points(header),
        seconds=seconds_for(ask.kind, card.difficulty),
        sim=SimBlock(ask.subject, (), 0),
    )


def _debugging(execute: Execute, ask: Ask) -> Prompt | None:
    from quizapp.core.drill.failures import BY_NAME

    card, failure = _card(execute, ask.card_id), BY_NAME.get(ask.subject)
    if card is None or failure is None:
        return None
    return Prompt(
        ask=ask,
        topic_id=card.topic_id,
        title=card.title,
        deck=card.deck,
        question=f"**{failure.title}.** {failure.question}",
        model=failure.model,
        points=failure.key_points,
        seconds=seconds_for(ask.kind, card.difficulty),
        sim=SimBlock(failure.simulation, failure.settings, 0),
    )


def _summary(execute: Execute, answers: Sequence[Answered]) -> Prompt | None:
    """Return the weakest point of the drill, to be said once more; None when nothing was judged."""
    judged = [one for one in answers if one.counts and one.is_of_card]
    if not judged:
        return None
    weakest = min(judged, key=lambda one: one.score)
    card = _card(execute, weakest.card_id)
    if card is None:
        return None
    missed = tuple(KeyPoint(text, "Missed before") for text in weakest.missed)
    return Prompt(
        ask=Ask(AskKind.SUMMARY, card.id),
        topic_id=card.topic_id,
        title=card.title,
        deck=card.deck,
        question=f"Your weakest answer was this one. Say it again in one minute, the point first:\n\n{front(card)}",
        model=card.answer,
        points=missed or points_of(card),
        seconds=seconds_for(AskKind.SUMMARY, card.difficulty),
        opened_at=opened_at(card),
        sim=first_sim(card),
        filled=_filled(card),
    )


def _your_questions(execute: Execute, answers: Sequence[Answered]) -> Prompt | None:
    """Return the interviewer's last question, kept under the topic that went best; None when nothing was asked."""
    asked = [one for one in answers if one.is_of_card and not one.is_second]
    if not asked:
        return None
    best = max(asked, key=lambda one: one.score)
    card = _card(execute, best.card_id)
    if card is None:
        return None
    points = "\n".join(f"- {words}" for words in _ASKING_WELL)
    return Prompt(
        ask=Ask(AskKind.YOUR_QUESTIONS, card.id),
        topic_id=card.topic_id,
        title=card.title,
        deck=card.deck,
        question="What would you like to ask me? Put two questions, at least one of them on what we talked about, such as "
        f"“{card.title}”.",
        model=f"There is no model answer. A good question:\n\n{points}\n",
        points=tuple(KeyPoint(words, "A good question") for words in _ASKING_WELL),
        seconds=seconds_for(AskKind.YOUR_QUESTIONS, card.difficulty),
    )
