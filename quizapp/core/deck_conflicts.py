"""Finds the marks of a merge that was not finished, as git and its kin leave them in a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quizapp.core.deck_blocks import Blocks
from quizapp.core.deck_report import Report

_OURS = re.compile(r"<{7}(?: .*)?")
_BETWEEN = re.compile(r"={7}")
_THEIRS = re.compile(r">{7}(?: .*)?")

_WHOLE = "keep one of the two sides, or both, and take the lines with <<<<<<<, ======= and >>>>>>> out"
_LEFT = "take the line out; the merge left it"
_EXAMPLE = "take the line out if a merge left it; if it is an example, put a blank before it"


def report_conflicts(blocks: Blocks, report: Report) -> bool:
    """Refuse a file that holds both sides of a conflict, and return whether it does.

    Three marks in their order are a conflict wherever they stand: one that was left in code has the fences of both sides,
    so that nothing can be said of what is code. A mark alone is one that was forgotten; in code it may be an example.
    """
    conflicts = list(_conflicts(blocks.lines))
    for start, end in conflicts:
        report.refuse(start + 1, 1, f"merge conflict, up to line {end + 1}", _WHOLE)
    inside = {number for start, end in conflicts for number in range(start, end + 1)}
    code = set() if conflicts else _code(blocks)
    for number, line in enumerate(blocks.lines):
        if number in inside or not (_OURS.fullmatch(line) or _THEIRS.fullmatch(line)):
            continue
        if number in code:
            report.warn(number + 1, 1, "merge conflict marker", _EXAMPLE)
        else:
            report.refuse(number + 1, 1, "merge conflict marker", _LEFT)
    return bool(conflicts)


def _conflicts(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of each whole conflict."""
    start, is_halved = -1, False
    for number, line in enumerate(lines):
        if _OURS.fullmatch(line):
            start, is_halved = number, False
        elif start >= 0 and _BETWEEN.fullmatch(line):
            is_halved = True
        elif start >= 0 and is_halved and _THEIRS.fullmatch(line):
            yield start, number
            start = -1


def _code(blocks: Blocks) -> set[int]:
    return {
        number
        for token in blocks.tokens
        if token.type == "fence" and token.map
        for number in range(*token.map)
    }
