"""Finds what may break a deck file apart as a whole: open fences, open HTML, deep nesting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.core.deck_blocks import MAX_NESTING, Blocks, line_column
from quizapp.core.deck_dollars import report_dollars
from quizapp.core.deck_report import Report

if TYPE_CHECKING:
    from markdown_it.token import Token

# CommonMark's HTML blocks that do not end at a blank line, and what ends them.
_OPEN_HTML = (
    (
        re.compile(r"[ \t]*<(?:script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE),
        re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
    ),
    (re.compile(r"[ \t]*<!--"), re.compile(r"-->")),
    (re.compile(r"[ \t]*<\?"), re.compile(r"\?>")),
    (re.compile(r"[ \t]*<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(r"[ \t]*<![A-Za-z]"), re.compile(r">")),
)


def lint(blocks: Blocks, report: Report) -> None:
    """Report everything that lets one part of the file swallow another."""
    _report_open_fences(blocks, report)
    _report_open_html(blocks, report)
    _report_deep_nesting(blocks, report)
    report_dollars(blocks, report)


def _report_open_fences(blocks: Blocks, report: Report) -> None:
    """Report fences without an end: fatal at the top level, where they swallow the sections that follow."""
    for token in blocks.tokens:
        if token.type != "fence" or not _is_open_fence(token):
            continue
        line, column = _place(blocks, token)
        add = report.refuse if token.level == 0 else report.warn
        add(line, column, "code fence is not closed", f"close it with a line '{token.markup[:80]}'")


def _is_open_fence(token: Token) -> bool:
    """Return whether the fence's last line is content: all but the opening line are then content lines."""
    assert token.map is not None, "fences carry their lines"
    start, end = token.map
    return token.content.count("\n") == end - start - 1


def _report_open_html(blocks: Blocks, report: Report) -> None:
    for token in blocks.tokens:
        if token.type != "html_block" or token.level > 0:
            continue
        ending = next((ending for opening, ending in _OPEN_HTML if opening.match(token.content)), None)
        if ending and not ending.search(token.content):
            line, column = _place(blocks, token)
            report.refuse(
                line, column, "HTML block is not closed", "close it, or write '&lt;' for the sign '<'"
            )


def _report_deep_nesting(blocks: Blocks, report: Report) -> None:
    # A list takes two levels at once, so the parser may stop one level early.
    deep = next((token for token in blocks.tokens if token.level >= MAX_NESTING - 2), None)
    if deep and deep.map:
        hint = f"keep lists and quotes less than {MAX_NESTING // 2 - 1} deep"
        report.refuse(deep.map[0] + 1, 1, "lists or quotes are nested too deep", hint)


def _place(blocks: Blocks, token: Token) -> tuple[int, int]:
    assert token.map is not None, "block tokens carry their lines"
    line = blocks.lines[token.map[0]]
    at = line.find(token.markup) if token.markup else line_column(line) - 1
    return token.map[0] + 1, at + 1
