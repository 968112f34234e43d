"""Where a further follow-up goes in a deck file: lines are added and no other one is touched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.core.deck_blocks import Blocks, list_items, read_blocks
from quizapp.core.deck_headings import SectionName
from quizapp.core.deck_layout import SectionLines, read_layout
from quizapp.core.deck_report import Report

_MARKER = re.compile(r"(?P<indent> *)(?:(?P<sign>[-+*])|(?P<number>\d{1,9})(?P<end>[.)]))[ \t]*")


@dataclass(frozen=True, slots=True)
class Insertion:
    """Lines to be put in before a line, and where in the text the new question ends then; all count from 0."""

    at: int
    lines: tuple[str, ...]
    row: int
    column: int


def follow_up_place(lines: Sequence[str], question: str = "", answer: str = "") -> Insertion:
    """Return what to add to a file so that it asks this too, after its other follow-ups and in their form."""
    blocks = read_blocks("\n".join(lines))
    section = read_layout(blocks, Report("")).sections.get(SectionName.FOLLOW_UPS)
    if section is None:
        at = _end_of_words(lines, 0, len(lines))
        before, marker = (
            ["", f"## {SectionName.FOLLOW_UPS}"] if at else [f"## {SectionName.FOLLOW_UPS}"],
            "- ",
        )
    else:
        at = _end_of_words(lines, section.start, section.end)
        marker, is_apart = _form(blocks, section, at)
        before = [""] if is_apart else []
    own = [f"{marker}{question}"]
    if answer:
        indent = " " * len(marker)
        own += ["", *(indent + line if line else "" for line in answer.split("\n"))]
    # What follows the section stays apart from it.
    after = [""] if at < len(lines) and lines[at].strip() else []
    row = at + len(before)
    return Insertion(at, (*before, *own, *after), row, len(own[0]))


def _form(blocks: Blocks, section: SectionLines, end: int) -> tuple[str, bool]:
    """Return the marker for one item more, and whether a blank line stands before it."""
    items = [item.start for item in list_items(blocks, section.start, section.end)]
    if not items:
        return "- ", end > section.start
    last = items[-1]
    is_apart = end - last > 1 or any(not line.strip() for line in blocks.lines[items[0] : end])
    found = _MARKER.match(blocks.lines[last])
    if found is None:
        return "- ", True
    sign = found["sign"] or f"{int(found['number']) + 1}{found['end']}"
    return f"{found['indent']}{sign} ", is_apart


def _end_of_words(lines: Sequence[str], start: int, end: int) -> int:
    """Return the line after the last one that is not blank."""
    return next((number + 1 for number in range(end - 1, start - 1, -1) if lines[number].strip()), start)
