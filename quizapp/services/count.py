"""How far a change of many cards or topics has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
Count = Callable[[int, int], None]
"""Is told how many are done, and of how many."""
PAGE = 500


def uncounted(done: int, of: int) -> None:
    """Tell nobody."""


def pages(things: Sequence[T], count: Count) -> Iterator[Sequence[T]]:
    """Yield a few hundred things at a time, and tell after each page how many were taken."""
    for first in range(0, len(things), PAGE):
        yield things[first : first + PAGE]
        count(min(first + PAGE, len(things)), len(things))
