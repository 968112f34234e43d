"""How far a change of many cards has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from quizapp.core.topic import CardId

Count = Callable[[int, int], None]
"""Is told how many cards are done, and of how many."""
TOPICS_AT_ONCE = 250


def uncounted(done: int, of: int) -> None:
    """Tell nobody."""


def pages(topics: Sequence[Sequence[CardId]], count: Count) -> Iterator[Sequence[CardId]]:
    """Yield the cards of some hundred topics at a time, and tell after each page how many were taken."""
    done, of = 0, sum(map(len, topics))
    for first in range(0, len(topics), TOPICS_AT_ONCE):
        page = tuple(chain.from_iterable(topics[first : first + TOPICS_AT_ONCE]))
        yield page
        done += len(page)
        count(done, of)
