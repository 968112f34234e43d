"""Writes an answer with the options of its choice in the order in which a review asked them."""

from __future__ import annotations

from quizapp.core.deck_blocks import read_blocks
from quizapp.core.deck_expect import expect_fences, read_expectation
from quizapp.core.expectation import Choice
from quizapp.core.sections import LINE


def with_options(answer: str, order: tuple[str, ...]) -> str:
    """Return an answer whose first choice has its options in this order; no other line moves.

    Args:
        order: The options' texts, all of them.
    """
    blocks, lines = read_blocks(answer), LINE.findall(answer)
    for token in expect_fences(blocks):
        if token.map is None or not isinstance(read_expectation(blocks, token), Choice):
            continue
        places = [line for line in range(token.map[0] + 1, token.map[1]) if _place(lines[line], order) >= 0]
        moved = sorted((lines[line] for line in places), key=lambda text: _place(text, order))
        for line, text in zip(places, moved, strict=True):
            lines[line] = text
        break
    return "".join(lines)


def _place(line: str, order: tuple[str, ...]) -> int:
    """Return the place of a line's option; -1 for a line that is none."""
    words = " ".join(line.partition("]")[2].split())
    return order.index(words) if words in order else -1
