"""What counts as a long answer: one that is read a part at a time."""

from __future__ import annotations

import math

LONG_LINES = 12
"""More lines than these leave no room for the question in a terminal of 24."""
ENOUGH_LINES = 5
"""A part of a long answer goes on until it has as many."""

_COLUMNS = 70


def is_long(answer: str) -> bool:
    """Return whether an answer has more lines than are read at one look, whatever their number of characters."""
    return lines_of(answer) > LONG_LINES


def lines_of(text: str) -> int:
    """Return how many lines a text takes, about: of 70 columns, blank ones among them, not those at its ends."""
    return sum(max(1, math.ceil(len(line) / _COLUMNS)) for line in text.strip().splitlines())
