"""What a good answer to a card covers: the author's key points, or else what the answer itself says."""

from __future__ import annotations

import re

from quizapp.core.card import Card
from quizapp.core.deck_blocks import list_items, read_blocks, top_blocks
from quizapp.core.deck_key_points import key_points
from quizapp.core.topic import CardKind, KeyPoint

FROM_ANSWER = "From the answer"
"""The heading of points that no author wrote as such."""
MOST = 6
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z*`“\"(])")
_SHORTEST = 12


def points_of(card: Card) -> tuple[KeyPoint, ...]:
    """Return what an answer to a card is ticked against.

    A question has its author's key points. A follow-up with an answer of its own is held to that answer's bullets, or
    else to its sentences, and one without to its topic's key points.
    """
    if card.kind is CardKind.QUESTION or not card.own_answer:
        return key_points(card.cover) or read_from(card.answer)
    return read_from(card.own_answer)


def read_from(answer: str) -> tuple[KeyPoint, ...]:
    """Return an answer's top-level bullets, or the first sentences of its paragraphs with a bold lead, or its sentences."""
    blocks = read_blocks(answer)
    bullets: list[str] = []
    leads: list[str] = []
    sentences: list[str] = []
    for block in top_blocks(blocks):
        if block.kind.endswith("_list"):
            for item in list_items(blocks, block.start, block.end):
                words = " ".join(" ".join(item.body).split())
                bullets.append(words)
        elif block.kind == "paragraph":
            said = _SENTENCE.split(" ".join(block.words.split()))
            sentences += said
            leads += said[:1] if said[0].startswith("**") else ()
    texts = next((found for found in (bullets, leads) if len(found) > 1), [*sentences, *bullets])
    kept = list(dict.fromkeys(text for text in texts if len(text) >= _SHORTEST))
    return tuple(KeyPoint(text, FROM_ANSWER) for text in kept[:MOST])
