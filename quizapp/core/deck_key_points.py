"""Reads the key points out of a "What to Cover" section."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizapp.core.deck_blocks import ListItem, bold_line, list_items, read_blocks, top_blocks, trimmed
from quizapp.core.topic import KeyPoint

# Right below a bullet Markdown takes a bold line for more of the bullet; its author meant a lead.
_LEAD_BELOW_BULLET = re.compile(r"([^\n])\n(\*\*[^*\n]+\*\*:?[ \t]*)(?=\n)")


def key_points(cover: str) -> tuple[KeyPoint, ...]:
    """Return one key point for each bullet, under the bold line or heading that stands above it.

    A bullet that is nothing but a bold line, with bullets nested below it, is the lead of those bullets.
    """
    blocks = read_blocks(_LEAD_BELOW_BULLET.sub(r"\1\n\n\2", cover))
    points: list[KeyPoint] = []
    lead = ""
    for block in top_blocks(blocks):
        if block.kind.endswith("_list"):
            for item in list_items(blocks, block.start, block.end):
                points += _points(item, lead)
        elif block.kind == "heading":
            lead = bold_line(block.words) or block.words.strip().removesuffix(":")
        elif block.kind == "paragraph":
            lead = bold_line(block.words) or lead
    return tuple(points)


def _points(item: ListItem, lead: str) -> Iterator[KeyPoint]:
    opening = item.opening
    own_lead = bold_line(opening.words) if opening and opening.kind == "paragraph" else ""
    if opening and own_lead:
        below = read_blocks("\n".join(item.body[opening.end :]))
        texts = [trimmed(nested.body) for nested in list_items(below, 0, len(below.lines))]
        if texts:
            yield from (KeyPoint(text, own_lead) for text in texts if text)
            return
    if text := trimmed(item.body):
        yield KeyPoint(text, lead)
