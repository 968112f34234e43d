"""States replayed from the log: of a topic as a whole, or of the cards whose entries were taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quizapp.core.fold import MARKS, CardState, TopicState, fold, marked_anew
from quizapp.core.log import EntryKind
from quizapp.core.topic import CardId
from quizapp.store import entries
from quizapp.store.database import Execute
from quizapp.store.states import TopicStanding


def refolded(execute: Execute, standing: TopicStanding) -> TopicState:
    """Return a topic's state by replaying its log."""
    return fold(entries.of_topic(execute, standing.id), standing.state.question, entries.policies(execute))


def refolded_cards(
    execute: Execute, standings: Sequence[TopicStanding], cards: Sequence[CardId], kinds: frozenset[EntryKind]
) -> list[TopicState]:
    """Return the states of topics in which entries of some kinds were taken back from some cards.

    A card's state follows from its own entries alone. Where the kinds leave memory as it is, no review is replayed:
    that is what makes it quick for thousands of cards.
    """
    if kinds <= MARKS:
        marks = entries.marks_of_cards(execute, cards)
        return [
            _with(standing, {card: marked_anew(standing.state.card(card), card, marks[card]) for card in own})
            for standing, own in _own(standings, marks)
        ]
    logs, policies = entries.of_cards(execute, cards), entries.policies(execute)
    return [
        _with(standing, {card: fold(logs[card], card, policies).card(card) for card in own})
        for standing, own in _own(standings, logs)
    ]


def _own(
    standings: Sequence[TopicStanding], logs: Mapping[CardId, object]
) -> list[tuple[TopicStanding, list[CardId]]]:
    """Return each standing with those of its cards that have a log here."""
    return [(standing, [shape.id for shape in standing.shapes if shape.id in logs]) for standing in standings]


def _with(standing: TopicStanding, states: Mapping[CardId, CardState]) -> TopicState:
    return TopicState(standing.state.question, {**standing.state.cards, **states})
