"""Finds dollars of a deck file that should hold a formula and have no partner. A price is none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizapp.core.dollars import formula_end

if TYPE_CHECKING:
    from quizapp.core.deck_blocks import Blocks
    from quizapp.core.deck_report import Report

_MARK = re.compile(r"\\.|(?P<code>`+)|(?P<dollars>\$+)", re.DOTALL)
_SIGNS = re.compile(r"\\[A-Za-z]|[\^_={}]")
# What stands before a price in another dollar, and what a shell or a template calls a variable.
_CURRENCY = re.compile(r"\b[A-Z]{1,3}\Z")
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]+\b|\{")
_AMOUNT = re.compile(r"[ \t]?[-−+~]?\.?\d")
_AMOUNT_BEFORE = re.compile(r"(?:^|(?<=[\s(\[~–—-]))[-−+]?\d[\d.,]*[kKMB]?\Z")
_WORD_BEFORE = re.compile(r"[^\s$]\Z")

_LONE = "dollar sign without a partner"
_LONE_HINT = "close the formula with another '$', or write '\\$' for the sign itself"
_LONE_PAIR = "'$$' without a partner"
_PAIR_HINT = "close the formula with '$$' at the end of a line, without a blank line within it"
_BLANKS = "a formula begins or ends with a blank"
_BLANKS_HINT = "write '$' right before its first and right behind its last sign"


def report_dollars(blocks: Blocks, report: Report) -> None:
    """Warn of each dollar sign that begins or ends a formula and stands alone."""
    for token in blocks.tokens:
        if token.type != "inline" or "$" not in token.content or token.map is None:
            continue
        for offset, what, hint in _findings(token.content):
            before = token.content[:offset]
            number = token.map[0] + before.count("\n")
            row = token.content.split("\n")[before.count("\n")]
            within = offset - (before.rfind("\n") + 1)
            column = max(0, blocks.lines[number].find(row)) + within + 1
            report.warn(number + 1, column, what, hint)


def _findings(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield where a dollar stands alone, with what is wrong and what to do about it."""
    lone = list(_lone_dollars(text))
    blank_from = -1
    for place, (start, length) in enumerate(lone):
        if length == 2:
            yield start, _LONE_PAIR, _PAIR_HINT
        elif length > 2 or start == blank_from or _is_no_formula(text, start):
            continue
        elif place + 1 < len(lone) and _SIGNS.search(text, start, lone[place + 1][0]):
            blank_from = lone[place + 1][0]
            yield start, _BLANKS, _BLANKS_HINT
        elif _is_beside_something(text, start):
            yield start, _LONE, _LONE_HINT


def _lone_dollars(text: str) -> Iterator[tuple[int, int]]:
    """Yield the place and the length of each run of dollars that belongs to no formula, no code and no escape."""
    at = 0
    while found := _MARK.search(text, at):
        at = found.end()
        if found["code"]:
            closed = re.compile(rf"(?<!`){found['code']}(?!`)").search(text, at)
            at = closed.end() if closed else at
        elif found["dollars"]:
            end = formula_end(text, found.start())
            at = end or at
            if not end:
                yield found.start(), len(found["dollars"])


def _is_no_formula(text: str, start: int) -> bool:
    """Return whether a dollar is a price's or a variable's."""
    behind = start + 1
    return bool(
        _AMOUNT.match(text, behind)
        or _VARIABLE.match(text, behind)
        or _AMOUNT_BEFORE.search(text[:start])
        or (_CURRENCY.search(text[:start]) and not _SIGNS.search(text, behind))
    )


def _is_beside_something(text: str, start: int) -> bool:
    behind = text[start + 1 : start + 2]
    return bool(behind.strip() or _WORD_BEFORE.search(text[:start]))
