"""Parts an answer for revealing: at its headings, and where many paragraphs stand under none, between these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from quizapp.core.deck_blocks import Blocks, read_blocks
from quizapp.core.long_answer import ENOUGH_LINES, is_long, lines_of
from quizapp.core.sections import LINE, Section, sections

_INTRODUCES = ":"


def passages(answer: str) -> tuple[Section, ...]:
    """Return the parts in which an answer is revealed; at least one, and all of them joined are the answer.

    Its sections, as the author made them. Text before the first heading, or an answer that is but one section, is parted
    between its paragraphs and list items where it is long; a paragraph that ends with a colon keeps what it introduces.
    """
    found = sections(answer)
    return tuple(
        passage
        for part in found
        for passage in (_parted(part) if part.level == 0 or len(found) == 1 else (part,))
    )


def _parted(part: Section) -> tuple[Section, ...]:
    if not is_long(part.markdown):
        return (part,)
    lines = LINE.findall(part.markdown)
    cuts = [0, *_cuts(read_blocks("".join(lines)), lines), len(lines)]
    first, *others = (
        Section("", part.line + start, "".join(lines[start:end]), 0) for start, end in pairwise(cuts)
    )
    return (replace(first, title=part.title, level=part.level), *others)


def _cuts(blocks: Blocks, lines: list[str]) -> Iterator[int]:
    """Yield the lines at which another passage begins."""
    start = 0
    for place in _starts(blocks):
        before = "".join(lines[start:place])
        is_enough = lines_of(before) >= ENOUGH_LINES and not before.rstrip().endswith(_INTRODUCES)
        if is_enough and lines_of("".join(lines[place:])) > ENOUGH_LINES // 2:
            yield place
            start = place


def _starts(blocks: Blocks) -> Iterator[int]:
    """Yield the first line of each block and of each item of a list, none of them within another one."""
    for token in blocks.tokens:
        is_item = token.type == "list_item_open" and token.level == 1
        if token.map is not None and token.nesting >= 0 and (token.level == 0 or is_item):
            yield token.map[0]
