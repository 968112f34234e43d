"""A change of cards as values: what is wanted, what came of it, and what was taken back again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quizapp.core.due_days import DueDays
from quizapp.core.fold import CardState
from quizapp.core.log import EntryKind
from quizapp.core.memory import Rating
from quizapp.core.topic import CardId
from quizapp.errors import UsageError

MAX_TAG = 60


@dataclass(frozen=True, slots=True)
class Change:
    """What shall be done to cards.

    Attributes:
        flag: The number of the flag to set, 0 to take it away.
        words: The tag, or the deck to move to.
        days: When the cards shall come, for `set-due`.
    """

    kind: EntryKind
    flag: int = 0
    words: str = ""
    days: DueDays | None = None

    def value(self, card_id: CardId, today: int) -> int:
        """Return the number that the log keeps for a card: its flag, or its day."""
        return self.days.draw(card_id, today) if self.days is not None else self.flag


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change did, or would do.

    Attributes:
        cards: Those that it changed, in the order of their topics.
        along: Those of them that were not chosen themselves, but go with one that was.
        unchanged: How many of the chosen were so already.
        day: The study day on which it was made.
    """

    change: Change
    cards: tuple[CardId, ...]
    along: tuple[CardId, ...]
    unchanged: int
    day: int

    def and_then(self, more: Changed) -> Changed:
        """Return what this did and what the same change did to further cards."""
        return replace(
            self,
            cards=self.cards + more.cards,
            along=self.along + more.along,
            unchanged=self.unchanged + more.unchanged,
        )


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back.

    Attributes:
        card_id: The card, or the first of several.
        count: How many cards.
        flag, words: The flag, the tag or the deck that is taken back.
        by_itself: It was made to one card in study or by a script's answer, not to cards chosen from a list.
        note: What could not be put back, and why; empty when all was.
        rating: Which one was taken back, where it was a rating.
        question: What the card asks; empty where that is not known.
    """

    kind: EntryKind
    card_id: CardId
    count: int = 1
    flag: int = 0
    words: str = ""
    by_itself: bool = True
    note: str = ""
    rating: Rating | None = None
    question: str = ""

    @property
    def comes_to_front(self) -> bool:
        """Whether study goes back to the card: what was taken back had taken it away."""
        return self.by_itself and self.kind in TAKES_AWAY


@dataclass(frozen=True, slots=True)
class Redone:
    """What was done again after it had been taken back.

    Attributes:
        card_id: The card, or the first of several.
        count: How many cards.
        rating: Of a single card's rating.
        flag, words: The flag, the tag or the deck.
        by_itself: It was made to one card in study or by a script's answer, not to cards chosen from a list.
        question: What the card asks; empty where that is not known.
    """

    kind: EntryKind
    card_id: CardId
    count: int = 1
    rating: Rating | None = None
    flag: int = 0
    words: str = ""
    by_itself: bool = True
    question: str = ""

    @property
    def takes_away(self) -> bool:
        """Whether study goes on to the next card if this one is in front."""
        return self.by_itself and self.kind in TAKES_AWAY


TAKES_AWAY = frozenset(
    {
        EntryKind.REVIEW,
        EntryKind.CRAM,
        EntryKind.SUSPEND,
        EntryKind.BURY,
        EntryKind.RESET,
        EntryKind.SET_DUE,
        EntryKind.DELETE,
    }
)
"""What makes a card in front give way to the next one."""


def is_so_already(card: CardState, after: CardState, kind: EntryKind, today: int) -> bool:
    """Return whether a change that makes one state of another leaves nothing different for the learner."""
    if kind is EntryKind.UNBURY:
        return card.buried_until <= today
    return card == after


def plain_tag(text: str) -> str:
    """Return a tag as it is kept.

    Raises:
        UsageError: It is empty, too long, or holds a comma, which parts the tags of a deck file.
    """
    tag = " ".join(text.split())
    if not tag:
        raise UsageError("A tag needs at least one character.", "Give a tag such as hard.")
    if "," in tag or not tag.isprintable():
        raise UsageError(f"{text!r} is no tag.", "A tag holds no comma and no control character.")
    if len(tag) > MAX_TAG:
        raise UsageError(f"The tag has {len(tag)} characters.", f"It takes {MAX_TAG} at most.")
    return tag
