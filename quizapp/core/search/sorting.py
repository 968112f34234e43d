"""The orders in which found cards stand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SortKey(StrEnum):
    """What found cards are sorted by."""

    ADDED = "added"
    QUESTION = "question"
    DECK = "deck"
    STATE = "state"
    DUE = "due"
    INTERVAL = "interval"
    STABILITY = "stability"
    DIFFICULTY = "difficulty"
    RECALL = "recall"
    REPS = "reps"
    LAPSES = "lapses"
    LEVEL = "level"
    FLAG = "flag"
    TAGS = "tags"


@dataclass(frozen=True, slots=True)
class Sorting:
    """An order: a key, and whether the greatest comes first. Cards without the figure come last either way."""

    key: SortKey = SortKey.ADDED
    descending: bool = False
