"""Finds the names in a deck file that are nearly ones that quizapp knows, and so do nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from quizapp.core.deck_blocks import Blocks
from quizapp.core.deck_report import Report
from quizapp.core.nearest import nearest

_LIKE = 0.82
"""High enough that `text`, `vim` and `exec` are no misspellings of `expect` and `sim`."""
_METADATA_LIKE = 0.75
_INFO_WORDS = {
    "sim": "sim",
    "simulate": "sim",
    "simulation": "sim",
    "expect": "expect",
    "expected": "expect",
    "predict": "sim predict",
    "prediction": "sim predict",
}
"""What may be written for the first word of an info string, and what is meant."""
_LETTERS = re.compile(r"[^\W\d_]*")


def report_metadata(name: str, line: int, column: int, known: Iterable[str], report: Report) -> None:
    """Report a metadata name that is none and nearly one; a name of the learner's own goes without a word."""
    if (near := nearest(name, known, _METADATA_LIKE)) is not None:
        report.warn(line, column, f"{name!r} says nothing to quizapp", f"did you mean {near.capitalize()!r}?")


def report_fences(blocks: Blocks, report: Report) -> None:
    """Report each code fence that is nearly one of quizapp's own; real languages go without a word."""
    for token in blocks.tokens:
        word = token.info.split()[0] if token.type == "fence" and token.info.split() else ""
        letters = _LETTERS.match(word.casefold())
        near = nearest(letters.group(), _INFO_WORDS, _LIKE) if letters and letters.group() else None
        if near is None or _INFO_WORDS[near] == word or token.map is None:
            continue
        line = blocks.lines[token.map[0]]
        column = line.find(word, line.find(token.markup) + len(token.markup)) + 1
        what = f"a code fence of {word!r} is only shown"
        report.warn(token.map[0] + 1, column, what, f"did you mean {_INFO_WORDS[near]!r}?")
