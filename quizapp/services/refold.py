"""States replayed from the log: of a topic as a whole, or of the cards whose entries were taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quizapp.core import former
from quizapp.core.fold import MARKS, CardState, TopicState, fold, marked_anew
from quizapp.core.log import Entry
from quizapp.core.topic import CardId
from quizapp.store import entries
from quizapp.store.database import Execute
from quizapp.store.states import TopicStanding


def refolded(execute: Execute, standing: TopicStanding) -> TopicState:
    """Return a topic's state by replaying its log."""
    return fold(entries.of_topic(execute, standing.id), standing.state.question, entries.policies(execute))


def without(
    execute: Execute, standings: Sequence[TopicStanding], batch: Sequence[Entry]
) -> Iterator[TopicState]:
    """Yield the states of topics from whose cards a batch of entries was taken back.

    A card's state follows from its own entries alone. Reviews are replayed only where that cannot be helped: marks leave
    memory as it is, and a change of the schedule keeps what it was before. That is what makes it quick for thousands.
    """
    cards = tuple(dict.fromkeys(entry.card_id for entry in batch))
    kinds = {entry.kind for entry in batch}
    now = {card: state for standing in standings for card, state in standing.state.cards.items()}
    if kinds <= MARKS:
        marks = entries.marks_of_cards(execute, cards)
        back = {card: marked_anew(now[card], card, marks[card]) for card in cards}
    else:
        back = _brought_back(execute, now, batch) if kinds <= former.KINDS else {}
        replayed = [card for card in cards if card not in back]
        logs, policies = entries.of_cards(execute, replayed), entries.policies(execute)
        back |= {card: fold(logs[card], card, policies).card(card) for card in replayed}
    for standing in standings:
        own = {shape.id: back[shape.id] for shape in standing.shapes if shape.id in back}
        yield TopicState(standing.state.question, {**standing.state.cards, **own})


def _brought_back(
    execute: Execute, now: Mapping[CardId, CardState], batch: Sequence[Entry]
) -> dict[CardId, CardState]:
    """Return the cards as the entries of a batch kept them, as far as nothing else was written before or after these."""
    cards, first = [entry.card_id for entry in batch], batch[0].batch or batch[0].id
    counts, others = entries.counts_before(execute, cards, first), entries.with_later(execute, cards, first)
    back = {
        entry.card_id: former.brought_back(now[entry.card_id], entry.extra, counts[entry.card_id])
        for entry in batch
        if entry.card_id not in others
    }
    return {card: state for card, state in back.items() if state is not None}
