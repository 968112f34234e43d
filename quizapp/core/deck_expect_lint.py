"""Finds what is wrong with the `expect` blocks of a deck file and with the blanks of its questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizapp.core.cloze import blanks, empty_alternatives, open_blanks
from quizapp.core.deck_blocks import Blocks, list_items
from quizapp.core.deck_expect import expect_fences, faults_of
from quizapp.core.deck_headings import SectionName
from quizapp.core.deck_layout import Layout, SectionLines
from quizapp.core.deck_report import Report

if TYPE_CHECKING:
    from markdown_it.token import Token


def check_expectations(blocks: Blocks, layout: Layout, report: Report) -> None:
    """Report what is wrong with `expect` blocks and their places, and with blanks in questions."""
    owners: dict[int, int] = {}
    for token in expect_fences(blocks):
        for fault in faults_of(blocks, token):
            report.warn(fault.line, fault.column, fault.what, fault.hint)
        _check_place(blocks, layout, token, owners, report)
    for start, end, owner in _questions(blocks, layout):
        _check_blanks(blocks, start, end, owners.get(owner), report)


def _check_place(
    blocks: Blocks, layout: Layout, token: Token, owners: dict[int, int], report: Report
) -> None:
    """Report a block that belongs to no card, or to one that has another block already.

    Args:
        owners: By answer, the line of its first block; this one is put in.
    """
    assert token.map is not None, "fences carry their lines"
    line, column = token.map[0] + 1, blocks.lines[token.map[0]].find(token.markup) + 1
    owner = _owner(blocks, layout, token.map[0])
    if owner is None:
        hint = "move it into the answer, or into that of a follow-up"
        report.warn(line, column, "expect block stands in no answer", hint)
    elif owners.setdefault(owner, line) != line:
        what = f"a second expect block for the one card (first on line {owners[owner]})"
        report.warn(line, column, what, "keep one; the first counts")


def _check_blanks(blocks: Blocks, start: int, end: int, block: int | None, report: Report) -> None:
    text = "\n".join(blocks.lines[start:end])
    for at in open_blanks(text):
        line, column = _place(text, at)
        hint = r"close it with '}}' in the same paragraph, or write '\{{' for the signs themselves"
        report.warn(start + line, column, "'{{' begins a blank that says nothing", hint)
    for at in empty_alternatives(text):
        line, column = _place(text, at)
        hint = r"write an answer on both sides of each '|', or '\|' for the sign itself"
        report.warn(start + line, column, "a blank with an empty alternative", hint)
    if block is not None and blanks(text):
        what = f"this question has blanks: the expect block on line {block} is not asked"
        report.warn(start + 1, 1, what, "take one of the two out")


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def _questions(blocks: Blocks, layout: Layout) -> Iterator[tuple[int, int, int]]:
    """Yield the lines of each question, and where the answer begins that belongs to it."""
    question, answer = (layout.sections.get(name) for name in (SectionName.QUESTION, SectionName.ANSWER))
    if question is not None:
        yield question.start, question.end, answer.heading if answer is not None else -1
    follow_ups = layout.sections.get(SectionName.FOLLOW_UPS)
    for item in list_items(blocks, follow_ups.start, follow_ups.end) if follow_ups else ():
        if item.opening is not None:
            yield item.start + item.opening.start, item.start + item.opening.end, item.start


def _owner(blocks: Blocks, layout: Layout, line: int) -> int | None:
    """Return the line that tells apart whose answer a line stands in; None where it stands in none."""
    if _holds(answer := layout.sections.get(SectionName.ANSWER), line) and answer is not None:
        return answer.heading
    section = layout.sections.get(SectionName.FOLLOW_UPS)
    if section is None or not _holds(section, line):
        return None
    starts = [item.start for item in list_items(blocks, section.start, section.end) if item.start <= line]
    return starts[-1] if starts else None


def _holds(section: SectionLines | None, line: int) -> bool:
    return section is not None and section.start <= line < section.end
