"""Matches topics read from files against those that the library holds, so that cards keep their ids.

Nothing is deleted: what vanished is archived, and gets its old id back when it returns.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from quizapp.core.cloze import hidden_words
from quizapp.core.deck_ids import card_id, new_follow_up_ids, prediction_slug
from quizapp.core.deck_matching import (
    KnownCard,
    KnownTopic,
    match_predictions,
    match_questions,
    match_topics,
)
from quizapp.core.deck_predictions import kept_prediction
from quizapp.core.topic import CardId, CardKind, Topic, TopicId

__all__ = ["KeptTopic", "KnownCard", "KnownTopic", "Reconciliation", "reconcile"]


@dataclass(frozen=True, slots=True)
class KeptTopic:
    """An incoming topic under the ids that the library has for it.

    Attributes:
        topic: As read, but with the id that stays, which may differ from the file's.
        follow_up_cards: One id for each of `topic.follow_ups`, in order.
        prediction_cards: One id for each of `topic.predictions`, in order.
    """

    path: str
    topic: Topic
    question_card: CardId
    follow_up_cards: tuple[CardId, ...]
    prediction_cards: tuple[CardId, ...] = ()


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What the library has to do, and what can be told to the learner about it.

    Attributes:
        added: Cards that the library does not hold yet.
        changed: Held cards whose question has other words now.
        renamed: Held cards whose topic has another title or comes from another path now.
        archived: Cards that are no longer in the files.
        restored: Archived cards that are in the files again.
        archived_topics: The topics that are no longer in the files.
    """

    topics: tuple[KeptTopic, ...]
    added: tuple[CardId, ...]
    changed: tuple[CardId, ...]
    renamed: tuple[CardId, ...]
    archived: tuple[CardId, ...]
    restored: tuple[CardId, ...]
    archived_topics: tuple[TopicId, ...]


def reconcile(
    known: Sequence[KnownTopic], incoming: Sequence[tuple[str, Topic]], covered: Container[str]
) -> Reconciliation:
    """Return which card each incoming question is, and what came, changed and went.

    Args:
        incoming: Topics with their paths; no path twice.
        covered: The paths that were looked at. Known topics from there (and from the incoming paths) that
            are not among the incoming ones are archived; all others stay as they are. Leave out the path
            of a file that could not be read, or its topic is archived.
    """
    paths = {path for path, _ in incoming}
    vanishing = frozenset(topic.id for topic in known if topic.path in paths or topic.path in covered)
    matches = match_topics(known, incoming, vanishing)
    ledger = _Ledger(known)
    for index, (path, topic) in enumerate(incoming):
        ledger.keep(path, topic, known[matches[index]] if index in matches else None)
    returned = set(matches.values())
    for index, old in enumerate(known):
        if old.id in vanishing and not old.archived and index not in returned:
            ledger.archive(old)
    return ledger.closed()


class _Ledger:
    """Gives ids to topic after topic and writes down what that does to the cards."""

    def __init__(self, known: Sequence[KnownTopic]) -> None:
        self._taken: set[str] = {topic.id for topic in known}
        self._taken |= {card.id for topic in known for card in topic.cards}
        self._topics: list[KeptTopic] = []
        self._added: list[CardId] = []
        self._changed: list[CardId] = []
        self._renamed: list[CardId] = []
        self._archived: list[CardId] = []
        self._restored: list[CardId] = []
        self._archived_topics: list[TopicId] = []

    def keep(self, path: str, topic: Topic, old: KnownTopic | None) -> None:
        """Take in a topic, as the known one that it is or as a new one."""
        kept = dataclasses.replace(topic, id=old.id if old else self._free_id(topic.id))
        cards = old.cards if old else ()
        asked = next((card for card in cards if card.kind is CardKind.QUESTION), None)
        question_card = asked.id if asked else card_id(kept)
        is_renamed = old is not None and (old.title, old.path) != (topic.title, path)
        self._taken.add(kept.id)
        self._note(question_card, topic.question, asked, is_renamed)
        followed = self._follow_ups(kept, cards, is_renamed)
        predicted = self._predictions(kept, cards, is_renamed)
        self._topics.append(KeptTopic(path, kept, question_card, followed, predicted))

    def _follow_ups(self, topic: Topic, cards: Sequence[KnownCard], is_renamed: bool) -> tuple[CardId, ...]:
        known = [card for card in cards if card.kind is CardKind.FOLLOW_UP]
        asked = [follow_up.question for follow_up in topic.follow_ups]
        matches = match_questions([(card.question, card.archived) for card in known], asked)
        names = [hidden_words(question) for question in asked]
        return self._given(topic, known, matches, asked, names, is_renamed)

    def _predictions(self, topic: Topic, cards: Sequence[KnownCard], is_renamed: bool) -> tuple[CardId, ...]:
        known = [card for card in cards if card.kind is CardKind.PREDICTION]
        blocks = [(kept_prediction(card.question, card.answer), card.archived) for card in known]
        matches = match_predictions(blocks, topic.predictions)
        asked = [block.markdown for block in topic.predictions]
        names = [prediction_slug(block) for block in topic.predictions]
        return self._given(topic, known, matches, asked, names, is_renamed)

    def _given(
        self,
        topic: Topic,
        known: Sequence[KnownCard],
        matches: Mapping[int, int],
        asked: Sequence[str],
        names: Sequence[str],
        is_renamed: bool,
    ) -> tuple[CardId, ...]:
        """Return the cards' ids, old ones where they match, and write down what came of all cards of the kind.

        Args:
            asked: What each incoming card asks.
            names: The words that a new card's id is made of.
        """
        fresh = [name for index, name in enumerate(names) if index not in matches]
        new_ids = iter(new_follow_up_ids(topic.id, fresh, self._taken))
        ids = tuple(
            known[matches[index]].id if index in matches else next(new_ids) for index in range(len(names))
        )
        self._taken |= set(ids)
        for index, (card, question) in enumerate(zip(ids, asked, strict=True)):
            self._note(card, question, known[matches[index]] if index in matches else None, is_renamed)
        self._archived += [card.id for card in known if not card.archived and card.id not in ids]
        return ids

    def archive(self, old: KnownTopic) -> None:
        """Write down that a topic vanished with all of its cards."""
        self._archived_topics.append(old.id)
        self._archived += [card.id for card in old.cards if not card.archived]

    def closed(self) -> Reconciliation:
        """Return all that was written down."""
        return Reconciliation(
            tuple(self._topics),
            tuple(self._added),
            tuple(self._changed),
            tuple(self._renamed),
            tuple(self._archived),
            tuple(self._restored),
            tuple(self._archived_topics),
        )

    def _note(self, card: CardId, question: str, old: KnownCard | None, is_renamed: bool) -> None:
        if old is None:
            self._added.append(card)
            return
        if old.question != question:
            self._changed.append(card)
        if is_renamed:
            self._renamed.append(card)
        if old.archived:
            self._restored.append(card)

    def _free_id(self, wanted: TopicId) -> TopicId:
        number, found = 2, wanted
        while found in self._taken:
            number, found = number + 1, TopicId(f"{wanted}-{number}")
        return found
