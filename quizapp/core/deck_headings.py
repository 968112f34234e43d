"""Finds the headings that start a topic's sections, and those that were meant to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from quizapp.core.deck_blocks import Block, Blocks, line_column
from quizapp.core.deck_report import Report
from quizapp.core.nearest import nearest


class SectionName(StrEnum):
    """The headings that start a section. Any other heading belongs to the section that it stands in."""

    QUESTION = "Question"
    COVER = "What to Cover"
    ANSWER = "Answer"
    CLAIMS = "Claims"
    FOLLOW_UPS = "Follow-up Questions"


NEEDED = (SectionName.QUESTION, SectionName.ANSWER)
_MAKE_CARDS = (*NEEDED, SectionName.FOLLOW_UPS)
_SECTIONS = {name.casefold(): name for name in SectionName}
_ALSO_WRITTEN = {"follow-up": SectionName.FOLLOW_UPS, "follow-ups": SectionName.FOLLOW_UPS}
_LIKE = 0.82
_QUESTION_LINE = re.compile(r"[QC]:\s")
_ANSWER_LINE = re.compile(r"A:(?:\s|$)")


def read_headings(top: Sequence[Block], blocks: Blocks, report: Report) -> list[tuple[SectionName, Block]]:
    """Return the headings of the sections in order, and report those that nearly name one that the file lacks.

    One that was meant for a section that every topic needs is taken as that, so that the rest of the file can be
    judged; the topic is refused all the same.
    """
    found = [(name, block) for block in top if (name := _section_name(block))]
    lacking = [name for name in SectionName if name not in {name for name, _ in found}]
    title = next((block for block in top if block.tag == "h1"), None)
    for block in top:
        if block.kind != "heading" or block is title or _section_name(block):
            continue
        name = _meant(block, lacking)
        if name is None:
            continue
        line, column = block.start + 1, line_column(blocks.lines[block.start])
        words = blocks.lines[block.start].strip()[:60]
        what, hint = f"{words!r} starts no section", f"did you mean '## {name}'?"
        if name in NEEDED:
            report.refuse(line, column, what, hint)
            found.append((name, block))
        else:
            report.warn(line, column, what, hint)
        lacking.remove(name)
    return sorted(found, key=lambda pair: pair[1].start)


def question_and_answer(blocks: Blocks) -> int | None:
    """Return the 0-based line of the first card in the form of hashcards, `Q:` and `A:` or `C:`; None without any."""
    first = next((at for at, line in enumerate(blocks.lines) if _QUESTION_LINE.match(line)), None)
    if first is None or blocks.lines[first].startswith("C:"):
        return first
    return first if any(_ANSWER_LINE.match(line) for line in blocks.lines[first:]) else None


def _section_name(block: Block) -> SectionName | None:
    """Return which section the block is the heading of."""
    return _SECTIONS.get(_plain(block)) if block.tag == "h2" else None


def _meant(block: Block, lacking: Sequence[SectionName]) -> SectionName | None:
    """Return which of the sections a heading was meant for: misspelt, or of another level than the second."""
    words = _plain(block)
    if block.tag != "h2":
        name = _SECTIONS.get(words)
        return name if name in lacking and name in _MAKE_CARDS else None
    spellings = _SECTIONS | _ALSO_WRITTEN
    if SectionName.QUESTION not in lacking:  # who has the question already means those that follow
        spellings = spellings | {"questions": SectionName.FOLLOW_UPS}
    known = [words for words, name in spellings.items() if name in lacking]
    near = nearest(words, known, _LIKE)
    return spellings[near] if near is not None else None


def _plain(block: Block) -> str:
    words = block.words.lstrip("*_ \t").rstrip("*_#: \t")
    return " ".join(words.casefold().split())
