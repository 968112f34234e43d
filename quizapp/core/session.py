"""A study session as a value: which deck, which card is in front, which follow-ups come next."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from quizapp.core.memory import Phase, Rating
from quizapp.core.saved_search import CramOrder, SavedSearch
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
class Filtered:
    """What a session studies when it studies the cards of a search. Their list lies beside it, made once.

    Attributes:
        total: How many cards the search found.
        at: How many of them have been taken from the list.
        again: Those that were forgotten: they come again when the list is through.
    """

    search: SavedSearch
    total: int
    at: int = 0
    again: tuple[CardId, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return what the database keeps."""
        found = self.search
        return {
            "name": found.name,
            "query": found.query,
            "reschedule": found.reschedule,
            "order": found.order.value,
            "total": self.total,
            "at": self.at,
            "again": self.again,
        }


@dataclass(frozen=True, slots=True)
class Session:
    """Where a learner stands.

    Attributes:
        deck: The deck studied, with all below it; empty for the whole library.
        current: The card in front; None when nothing is left.
        probes: What comes before anything else: the follow-ups of the question just answered, in order.
        started_ms: UTC milliseconds.
        filtered: The search whose cards are studied, instead of what is due; None in any other session.
    """

    id: str
    deck: str
    day: int
    started_ms: int
    current: CardId | None = None
    probes: tuple[CardId, ...] = ()
    filtered: Filtered | None = None

    @property
    def key(self) -> str:
        """What the session is taken up by: its deck, or its search."""
        return self.filtered.search.key if self.filtered else self.deck

    @property
    def moves_schedule(self) -> bool:
        """Whether its ratings move the schedule."""
        return self.filtered is None or self.filtered.search.reschedule

    def to_json(self) -> str:
        """Return the text that the database keeps."""
        place = {"day": self.day, "started": self.started_ms, "current": self.current, "probes": self.probes}
        return json.dumps(place | ({"found": self.filtered.to_dict()} if self.filtered else {}))


def session_from_json(identifier: str, key: str, text: str) -> Session:
    """Return the session that `Session.to_json` wrote."""
    values = json.loads(text)
    filtered = _filtered(values["found"]) if "found" in values else None
    return Session(
        id=identifier,
        deck="" if filtered else key,
        day=values["day"],
        started_ms=values["started"],
        current=values["current"],
        probes=tuple(values["probes"]),
        filtered=filtered,
    )


def _filtered(values: dict[str, Any]) -> Filtered:
    search = SavedSearch(values["name"], values["query"], values["reschedule"], CramOrder(values["order"]))
    return Filtered(search, values["total"], values["at"], tuple(values["again"]))


def after_found(session: Session, card: CardId, rating: Rating) -> Session:
    """Return a filtered session after a rating: a forgotten card comes again; the caller then sets the next card."""
    filtered = session.filtered
    assert filtered is not None
    again = tuple(other for other in filtered.again if other != card)
    if rating is Rating.AGAIN:
        again = (*again, card)
    probes = tuple(probe for probe in session.probes if probe != card)
    return replace(session, current=None, probes=probes, filtered=replace(filtered, again=again))


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
    filtered = session.filtered
    if filtered is not None:
        again = tuple(other for other in filtered.again if other != card)
        filtered = replace(filtered, again=again)
    elif is_question:
        probes = tuple(probe for probe in probes if probe not in siblings)
    probes = tuple(probe for probe in probes if probe != card)
    return replace(session, current=card, probes=probes, filtered=filtered)
