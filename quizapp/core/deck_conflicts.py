"""Finds the marks of a merge that was not finished, as git and its kin leave them in a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quizapp.core.deck_blocks import Blocks
from quizapp.core.deck_report import Report

_OURS = re.compile(r"<{7}(?: .*)?")
_ANCESTOR = re.compile(r"\|{7}(?: .*)?")
_BETWEEN = re.compile(r"={7}")
_THEIRS = re.compile(r">{7}(?: .*)?")

_WHOLE = "keep one of the two sides, or both, and take the lines with <<<<<<<, ======= and >>>>>>> out"
_LEFT = "take the line out; the merge left it"
_EXAMPLE = "take the line out if a merge left it; if it is an example, put a blank before it"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where a conflict stands, by 0-based lines.

    Attributes:
        start, end: The lines of the outer marks.
        ours_end: The mark that ends our side; between it and `halved` stands the common ancestor, if any does.
        halved: The mark that their side begins below.
    """

    start: int
    ours_end: int
    halved: int
    end: int


def report_conflicts(blocks: Blocks, report: Report) -> tuple[Conflict, ...]:
    """Refuse a file that holds both sides of a conflict, and return the conflicts.

    Three marks in their order are a conflict wherever they stand: one that was left in code has the fences of both sides,
    so that nothing can be said of what is code. A mark alone is one that was forgotten; in code it may be an example.
    """
    conflicts = tuple(_conflicts(blocks.lines))
    for one in conflicts:
        report.refuse(one.start + 1, 1, f"merge conflict, up to line {one.end + 1}", _WHOLE)
    inside = {number for one in conflicts for number in range(one.start, one.end + 1)}
    code = set() if conflicts else _code(blocks)
    for number, line in enumerate(blocks.lines):
        if number in inside or not (_OURS.fullmatch(line) or _THEIRS.fullmatch(line)):
            continue
        if number in code:
            report.warn(number + 1, 1, "merge conflict marker", _EXAMPLE)
        else:
            report.refuse(number + 1, 1, "merge conflict marker", _LEFT)
    return conflicts


def one_side(lines: Sequence[str], conflicts: Iterable[Conflict], *, ours: bool) -> list[str]:
    """Return the lines with one side of each conflict; all else of it is left empty, so that the lines keep their places."""
    kept = list(lines)
    for one in conflicts:
        side = range(one.start + 1, one.ours_end) if ours else range(one.halved + 1, one.end)
        for number in range(one.start, one.end + 1):
            if number not in side:
                kept[number] = ""
    return kept


def _conflicts(lines: Sequence[str]) -> Iterator[Conflict]:
    """Yield each whole conflict."""
    start = ancestor = halved = -1
    for number, line in enumerate(lines):
        if _OURS.fullmatch(line):
            start, ancestor, halved = number, -1, -1
        elif start >= 0 > halved and _ANCESTOR.fullmatch(line):
            ancestor = number
        elif start >= 0 and _BETWEEN.fullmatch(line):
            halved = halved if halved >= 0 else number
        elif start >= 0 <= halved and _THEIRS.fullmatch(line):
            yield Conflict(start, ancestor if ancestor >= 0 else halved, halved, number)
            start = -1


def _code(blocks: Blocks) -> set[int]:
    return {
        number
        for token in blocks.tokens
        if token.type == "fence" and token.map
        for number in range(*token.map)
    }
