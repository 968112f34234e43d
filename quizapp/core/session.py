"""A study session as a value: which deck, which card is in front, which follow-ups come next."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizapp.core.memory import Phase, Rating
from quizapp.core.topic import CardId

LEARN_AHEAD_MS = 20 * 60 * 1000
"""When nothing else is left, a learning card may come this much before its time."""

ELAPSED_CAP_MS = 5 * 60 * 1000
"""A learner who left the terminal open did not think for an hour."""


@dataclass(frozen=True, slots=True)
class Done:
    """How many cards of a study day count against its limits."""

    new: int = 0
    reviews: int = 0

    def with_one(self, phase: Phase) -> Done:
        """Return the count after a review of one more card that was in this phase."""
        return Done(self.new + (phase is Phase.NEW), self.reviews + (phase is Phase.REVIEW))


@dataclass(frozen=True, slots=True)
class Session:
    """Where a learner stands.

    Attributes:
        deck: The deck studied, with all below it; empty for the whole library.
        current: The card in front; None when nothing is left.
        probes: What comes before anything else: the follow-ups of the question just answered, in order.
        started_ms: UTC milliseconds.
    """

    id: str
    deck: str
    day: int
    started_ms: int
    current: CardId | None = None
    probes: tuple[CardId, ...] = ()

    def to_json(self) -> str:
        """Return the text that the database keeps."""
        return json.dumps(
            {"day": self.day, "started": self.started_ms, "current": self.current, "probes": self.probes}
        )


def session_from_json(identifier: str, deck: str, text: str) -> Session:
    """Return the session that `Session.to_json` wrote."""
    values = json.loads(text)
    return Session(
        id=identifier,
        deck=deck,
        day=values["day"],
        started_ms=values["started"],
        current=values["current"],
        probes=tuple(values["probes"]),
    )


def after_answer(
    session: Session, card: CardId, rating: Rating, *, is_question: bool, follow_ups: Sequence[CardId]
) -> Session:
    """Return the session after a rating, with the probes that it earned; the caller then sets the next card.

    Args:
        follow_ups: The topic's follow-ups that are new or due, in the author's order.
    """
    probes = tuple(probe for probe in session.probes if probe != card)
    if is_question and rating >= Rating.HARD:
        probes = (*(probe for probe in follow_ups if probe not in probes), *probes)
    return replace(session, current=None, probes=probes)


def after_undo(session: Session, card: CardId, *, is_question: bool, siblings: Sequence[CardId]) -> Session:
    """Return the session with an answer taken back: its card is in front again, and its probes wait for it.

    The card that was in front comes again after it, for a follow-up of today is not in the queues any more.

    Args:
        siblings: The follow-ups of the card's topic.
    """
    probes = session.probes
    if session.current is not None and session.current not in probes:
        probes = (session.current, *probes)
    if is_question:
        probes = tuple(probe for probe in probes if probe not in siblings)
    return replace(session, current=card, probes=tuple(probe for probe in probes if probe != card))
