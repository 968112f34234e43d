"""Where two versions of a text differ: line by line, and within a line that was changed, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

_CONTEXT = 2
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_MATCHED = 2_000
"""Between more lines than this the unchanged ones are not looked for: it takes the square of their number."""
_LONGEST_MATCHED = 4_000
"""The same of the characters of a line."""
_ALIKE = 0.4
"""Lines that share less are shown as one that went and another that came."""


class Side(Enum):
    """Whose a line is."""

    BOTH = " "
    FIRST = "-"
    SECOND = "+"
    LEFT_OUT = "…"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line, and whether the other version has other words there."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class DifferentLine:
    """A line of one of the versions or of both; of those that are left out the parts are empty.

    Attributes:
        number: Its line in the version that has it, the second of both; of those left out, how many they are.
    """

    side: Side
    number: int
    parts: tuple[Part, ...] = ()

    @property
    def text(self) -> str:
        """The whole line."""
        return "".join(part.text for part in self.parts)


def places_that_differ(first: Sequence[str], second: Sequence[str]) -> int:
    """Return at how many places two versions differ."""
    return sum(tag != "equal" for tag, *_ in _opcodes(first, second))


def difference(
    first: Sequence[str], second: Sequence[str], context: int | None = _CONTEXT
) -> tuple[DifferentLine, ...]:
    """Return the lines that differ, each change with what stands around it.

    Args:
        context: How many lines are shown on both sides of a change; None for all of them.
    """
    shown: list[DifferentLine] = []
    codes = _opcodes(first, second)
    for index, (tag, old, old_end, new, new_end) in enumerate(codes):
        if tag == "equal":
            edges = (index > 0, index < len(codes) - 1)
            shown += _same(second[new:new_end], new, edges, context)
        else:
            shown += _changed(first[old:old_end], old, second[new:new_end], new)
    return tuple(shown)


def _same(
    lines: Sequence[str], at: int, edges: tuple[bool, bool], context: int | None
) -> Iterator[DifferentLine]:
    """Yield the unchanged lines that stand close to a change, and how many others are left out."""
    head = len(lines) if context is None else context * edges[0]
    tail = 0 if context is None else context * edges[1]
    left_out = len(lines) - head - tail
    if left_out <= 1:
        head, tail, left_out = len(lines), 0, 0
    for number in range(head):
        yield _whole(Side.BOTH, at + number, lines[number])
    if left_out:
        yield DifferentLine(Side.LEFT_OUT, left_out)
    for number in range(len(lines) - tail, len(lines)):
        yield _whole(Side.BOTH, at + number, lines[number])


def _changed(old: Sequence[str], at: int, new: Sequence[str], new_at: int) -> Iterator[DifferentLine]:
    """Yield lines that went and lines that came; where they pair off, with the words that differ in them."""
    paired = [_words(one, other) for one, other in zip(old, new, strict=False)]
    for number, line in enumerate(old):
        parts = paired[number][0] if number < len(paired) else (Part(line, True),)
        yield DifferentLine(Side.FIRST, at + number + 1, parts)
    for number, line in enumerate(new):
        parts = paired[number][1] if number < len(paired) else (Part(line, True),)
        yield DifferentLine(Side.SECOND, new_at + number + 1, parts)


def _words(one: str, other: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return two lines with what differs in them; all of them, where they have little in common."""
    whole = (Part(one, True),), (Part(other, True),)
    if max(len(one), len(other)) > _LONGEST_MATCHED:
        return whole
    words, others = _WORD.findall(one), _WORD.findall(other)
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return whole
    codes = matcher.get_opcodes()
    return (
        tuple(Part("".join(words[a:b]), tag != "equal") for tag, a, b, _, _ in codes if a < b),
        tuple(Part("".join(others[a:b]), tag != "equal") for tag, _, _, a, b in codes if a < b),
    )


def _whole(side: Side, at: int, line: str) -> DifferentLine:
    return DifferentLine(side, at + 1, (Part(line, False),))


def _opcodes(first: Sequence[str], second: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """Return what `difflib` says, of what is left between the same beginning and the same end."""
    shorter = min(len(first), len(second))
    head = next((at for at in range(shorter) if first[at] != second[at]), shorter)
    tail = next((at for at in range(shorter - head) if first[-1 - at] != second[-1 - at]), shorter - head)
    old, new = first[head : len(first) - tail], second[head : len(second) - tail]
    inner: Sequence[tuple[str, int, int, int, int]] = [("replace", 0, len(old), 0, len(new))]
    if max(len(old), len(new)) <= _MOST_MATCHED:
        inner = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    codes = [(tag, a + head, b + head, c + head, d + head) for tag, a, b, c, d in inner]
    begin = [("equal", 0, head, 0, head)] if head else []
    end = [("equal", len(first) - tail, len(first), len(second) - tail, len(second))] if tail else []
    return [*begin, *codes, *end]
