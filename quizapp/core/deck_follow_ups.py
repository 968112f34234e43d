"""Reads the follow-up questions, and the answers that some of them have below their bullet."""

from __future__ import annotations

import re

from quizapp.core.deck_blocks import (
    Blocks,
    ListItem,
    line_column,
    list_items,
    read_blocks,
    top_blocks,
    trimmed,
)
from quizapp.core.deck_layout import SectionLines, report_stray
from quizapp.core.deck_report import Report
from quizapp.core.topic import FollowUp

_ENDS_QUESTION = re.compile(r"[?:][*_\"'”’)]*$")
_WORD = re.compile(r"\w+")


def read_follow_ups(blocks: Blocks, section: SectionLines | None, report: Report) -> tuple[FollowUp, ...]:
    """Return the follow-ups of the section: its top-level list items, bulleted or numbered."""
    if section is None:
        return ()
    for block in top_blocks(blocks):
        if section.start <= block.start < section.end and not block.kind.endswith("_list"):
            report_stray(blocks, block, "write each follow-up as a bullet, its answer indented below", report)
    follow_ups: list[FollowUp] = []
    first_lines: dict[str, int] = {}
    for item in list_items(blocks, section.start, section.end):
        column = line_column(blocks.lines[item.start])
        follow_up = _follow_up(item)
        if follow_up is None:
            hint = "write the question beside the bullet; this one is left out"
            report.warn(item.start + 1, column, "follow-up has no question", hint)
            continue
        first = first_lines.setdefault(same_words(follow_up.question), item.start + 1)
        if first != item.start + 1:
            what = f"follow-up asks the same as the one on line {first}"
            report.warn(item.start + 1, column, what, "take one of them out, or ask for something else")
        follow_ups.append(follow_up)
    return tuple(follow_ups)


def same_words(text: str) -> str:
    """Return a key that is the same for texts that differ in case, signs and blanks only."""
    return " ".join(_WORD.findall(text.casefold())) or text


def _follow_up(item: ListItem) -> FollowUp | None:
    opening = item.opening
    if opening is None or opening.kind not in ("paragraph", "heading"):
        return None
    # Link definitions may stand before the paragraph; they go with the answer.
    definitions, rest = item.body[: opening.start], list(item.body[opening.end :])
    if opening.kind == "heading":
        lines = opening.words.split("\n")
    else:
        paragraph = item.body[opening.start : opening.end]
        count = _question_length(paragraph)
        lines, rest = list(paragraph[:count]), [*paragraph[count:], *rest]
    question = " ".join(line.strip() for line in lines).strip()
    if not question:
        return None
    before = trimmed(definitions)
    answer = trimmed((before, "", *rest) if before else rest)
    return FollowUp(question if _is_plain(question) else f"\\{question}", answer)


def _question_length(lines: tuple[str, ...]) -> int:
    """Return how many lines of the first paragraph ask; what is written right below '?' or ':' answers."""
    if _ENDS_QUESTION.search(lines[-1].rstrip(" \t")):
        return len(lines)
    ends = (count for count, line in enumerate(lines, start=1) if _ENDS_QUESTION.search(line.rstrip(" \t")))
    return next(ends, len(lines))


def _is_plain(question: str) -> bool:
    """Return whether the words are still a paragraph when they stand on one line beside a bullet.

    Lines that were joined may become something else: `_ _` and `_` is a rule when it is one line.
    """
    items = list(list_items(read_blocks(f"- {question}"), 0, 1))
    opening = items[0].opening if len(items) == 1 else None
    return opening is not None and opening.kind == "paragraph" and opening.words == question
