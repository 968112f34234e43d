"""The state of a topic's cards as the fold of its log: `step` adds one entry, `fold` replays them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from quizapp.core.log import Entry, EntryKind
from quizapp.core.memory import Memory, Phase, Rating, review
from quizapp.core.policy import Policy
from quizapp.core.topic import CardId, CardKind


@dataclass(frozen=True, slots=True)
class CardState:
    """What the log says of one card.

    Attributes:
        buried_until: The first study day on which it may come again; 0 when it is not buried.
        first_day, seen_day: The study days of its first and of its latest review; 0 before that. A reset keeps them.
        passed: It has been answered Hard or better once. A reset keeps it.
        not_before: The study day that the learner set for it; 0 for none, and again after its next review.
        flag: The number of its flag, 0 for none.
        tags: The learner's own, in their order; those of the topic's file are not among them.
        deleted: Taken out of the library by the learner, its history kept.
    """

    memory: Memory = field(default_factory=Memory)
    suspended: bool = False
    buried_until: int = 0
    first_day: int = 0
    seen_day: int = 0
    passed: bool = False
    not_before: int = 0
    flag: int = 0
    tags: tuple[str, ...] = ()
    deleted: bool = False


NEW_CARD = CardState()


@dataclass(frozen=True, slots=True)
class TopicState:
    """What the log says of a topic's cards, the first of which is its question."""

    question: CardId
    cards: Mapping[CardId, CardState] = field(default_factory=dict)

    @property
    def unlocked(self) -> bool:
        """Whether follow-ups and prediction cards may come: the question has been answered Hard or better once."""
        return self.card(self.question).passed

    @property
    def seen_day(self) -> int:
        """The latest study day on which any card of the topic was reviewed; 0 for never."""
        return max((card.seen_day for card in self.cards.values()), default=0)

    def card(self, card_id: CardId) -> CardState:
        """Return the state of a card; a card that the log does not name is new."""
        return self.cards.get(card_id, NEW_CARD)


def step(state: TopicState, entry: Entry, policies: Mapping[str, Policy]) -> TopicState:
    """Return the topic's state after one entry. Undo is not a step: `fold` leaves out what was undone.

    Args:
        policies: The policies that the entries name, by id.
    """
    card = state.card(entry.card_id)
    match entry.kind:
        case EntryKind.REVIEW:
            card = _reviewed(card, entry, policies[entry.policy_id])
        case EntryKind.DRILL | EntryKind.CRAM:
            if not entry.policy_id:
                return state
            card = _reviewed(card, entry, policies[entry.policy_id])
        case EntryKind.SUSPEND:
            card = replace(card, suspended=True)
        case EntryKind.UNSUSPEND:
            card = replace(card, suspended=False)
        case EntryKind.BURY:
            card = replace(card, buried_until=entry.day + 1)
        case EntryKind.UNBURY:
            card = replace(card, buried_until=0)
        case EntryKind.RESET:
            card = replace(card, memory=Memory(), buried_until=0, not_before=0)
        case EntryKind.SET_DUE:
            card = _due_on(card, entry.value, int(entry.words) if entry.words.isdecimal() else 0)
        case EntryKind.FLAG:
            card = replace(card, flag=entry.value)
        case EntryKind.TAG:
            card = replace(card, tags=tuple(sorted({*card.tags, entry.words})))
        case EntryKind.UNTAG:
            card = replace(card, tags=tuple(tag for tag in card.tags if tag != entry.words))
        case EntryKind.DELETE | EntryKind.RESTORE:
            card = replace(card, deleted=entry.kind is EntryKind.DELETE)
        case EntryKind.MOVE | EntryKind.UNDO:
            return state
    return TopicState(state.question, {**state.cards, entry.card_id: card})


def _reviewed(card: CardState, entry: Entry, policy: Policy) -> CardState:
    assert entry.rating is not None
    memory = review(
        card.memory,
        entry.rating,
        at_ms=entry.at_ms,
        day=entry.day,
        policy=policy,
        card_id=entry.card_id,
    )
    return replace(
        card,
        memory=memory,
        first_day=card.first_day or entry.day,
        seen_day=max(card.seen_day, entry.day),
        passed=card.passed or entry.rating >= Rating.HARD,
        not_before=0,
    )


def _due_on(card: CardState, day: int, place: int) -> CardState:
    """Return a card that comes on a study day: a new one stays new, any other is due for review then.

    It comes whatever else of its topic is asked that day.

    Args:
        place: Its place before all that waits then, 1 the first; 0 for the usual order.
    """
    if card.memory.phase is Phase.NEW:
        return replace(card, not_before=day, memory=replace(card.memory, due_at=place))
    memory = replace(card.memory, phase=Phase.REVIEW, step=0, due_at=place, due_day=day)
    return replace(card, not_before=day, memory=memory)


def _is_put_first(card: CardState) -> bool:
    """Return whether the learner has put a card before all others of its day; its next review ends that."""
    return card.memory.due_at > 0 and card.memory.phase in (Phase.NEW, Phase.REVIEW)


def fold(entries: Iterable[Entry], question: CardId, policies: Mapping[str, Policy]) -> TopicState:
    """Return the state of a topic from all entries of its cards, in any order, undone ones included."""
    ordered = sorted(entries, key=lambda entry: entry.id)
    undone = {entry.target for entry in ordered if entry.kind is EntryKind.UNDO}
    state = TopicState(question)
    for entry in ordered:
        if entry.id not in undone:
            state = step(state, entry, policies)
    return state


MARKS = frozenset(
    {
        EntryKind.SUSPEND,
        EntryKind.UNSUSPEND,
        EntryKind.BURY,
        EntryKind.UNBURY,
        EntryKind.FLAG,
        EntryKind.TAG,
        EntryKind.UNTAG,
        EntryKind.DELETE,
        EntryKind.RESTORE,
        EntryKind.MOVE,
    }
)
"""What leaves a card's memory as it is: taking such an entry back needs no review replayed."""


def marked_anew(card: CardState, card_id: CardId, entries: Iterable[Entry]) -> CardState:
    """Return a card's state with what the kinds in `MARKS` decide folded from its log, and the rest as it was.

    Args:
        entries: All of the card's entries that are no ratings, undone ones and their undos included.
    """
    folded = fold(entries, card_id, {}).card(card_id)
    return replace(
        card,
        suspended=folded.suspended,
        buried_until=folded.buried_until,
        flag=folded.flag,
        tags=folded.tags,
        deleted=folded.deleted,
    )


class Queue(StrEnum):
    """Where a card waits."""

    OUT = "out"
    LOCKED = "locked"
    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Place:
    """A card's place in the queues: which one, from which study day, and in learning from which moment."""

    queue: Queue
    available_day: int = 0
    due_at: int = 0


def place(state: TopicState, card_id: CardId, kind: CardKind, *, archived: bool) -> Place:
    """Return where a card waits. Siblings of a reviewed card wait until the next study day, unless theirs was set.

    A card that was put first waits among the learning ones, which come before all others, from its day on.
    """
    card = state.card(card_id)
    if archived or card.suspended or card.deleted:
        return Place(Queue.OUT)
    if _is_put_first(card):
        day = max(card.buried_until, card.not_before, card.memory.due_day)
        return Place(Queue.LEARNING, day, card.memory.due_at)
    waits_for_siblings = bool(state.seen_day) and not card.not_before
    unseen_today = max(card.buried_until, state.seen_day + 1 if waits_for_siblings else 0)
    match card.memory.phase:
        case Phase.NEW:
            if kind is not CardKind.QUESTION and not state.unlocked:
                return Place(Queue.LOCKED)
            return Place(Queue.NEW, max(unseen_today, card.not_before))
        case Phase.REVIEW:
            return Place(Queue.REVIEW, max(card.memory.due_day, unseen_today))
        case _:
            return Place(Queue.LEARNING, card.buried_until, card.memory.due_at)
