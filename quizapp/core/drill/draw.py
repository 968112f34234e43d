"""Which questions come, in which order: drawn by a seed, the weaker the sooner, each once.

Source: Efraimidis & Spirakis 2006, Weighted random sampling with a reservoir: the items in falling order of u^(1/w),
u uniform in (0, 1), are a draw without replacement with chances in proportion to the weights w.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass

from quizapp.core.drill.setup import Setup
from quizapp.core.topic import CardId, TopicId

UNKNOWN_WEAKNESS = 0.6
"""Of a card that was never reviewed: nobody knows, and an interviewer may well ask it."""
LEAST_WEIGHT = 0.1
"""A card known perfectly comes now and then all the same."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic's question that may be asked.

    Attributes:
        recall: The probability that it is recalled today; None when it was never reviewed.
        score: The mean score of its latest drill; None when it was never drilled.
        simulations: Those that its topic's answer opens, in order.
    """

    card_id: CardId
    topic_id: TopicId
    deck: str
    difficulty: int
    tags: tuple[str, ...]
    recall: float | None = None
    score: float | None = None
    simulations: tuple[str, ...] = ()
    follow_ups: tuple[CardId, ...] = ()

    @property
    def weakness(self) -> float:
        """0 for what is known for certain, 1 for what is not known at all: the worse of memory and last drill."""
        forgotten = UNKNOWN_WEAKNESS if self.recall is None else 1 - self.recall
        return forgotten if self.score is None else max(forgotten, 1 - self.score)

    def fits(self, setup: Setup) -> bool:
        """Return whether it is among the topics that the learner chose."""
        inside = not setup.deck or self.deck == setup.deck or self.deck.startswith(setup.deck + "/")
        tagged = not setup.tag or setup.tag.casefold() in (tag.casefold() for tag in self.tags)
        return inside and tagged and setup.easiest <= self.difficulty <= setup.hardest


def drawn(candidates: Iterable[Candidate], seed: int, purpose: str = "") -> tuple[Candidate, ...]:
    """Return the candidates in the order of a weighted draw; the same seed gives the same order.

    Args:
        purpose: Draws for different purposes are independent of each other.
    """
    return tuple(sorted(candidates, key=lambda one: (-_key(one, seed, purpose), one.card_id)))


def chance(seed: int, *words: str) -> float:
    """Return a number strictly between 0 and 1 that belongs to the seed and the words."""
    digest = hashlib.blake2b("/".join((str(seed), *words)).encode(), digest_size=8).digest()
    return (int.from_bytes(digest) + 0.5) / 2**64


def _key(candidate: Candidate, seed: int, purpose: str) -> float:
    weight = max(LEAST_WEIGHT, candidate.weakness)
    return math.log(chance(seed, purpose, candidate.card_id)) / weight
