"""Marks over and under letters, as combining characters."""

from __future__ import annotations

from quizapp.core.maths.tree import NeedsRowsError
from quizapp.core.page.cells import cells

_COMBINING = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "bar": "\u0304",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "vec": "\u20d7",
    "overrightarrow": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
    "breve": "\u0306",
    "acute": "\u0301",
    "grave": "\u0300",
    "mathring": "\u030a",
    "overline": "\u0305",
    "underline": "\u0332",
}
_LINES = {"overline": "\u0305", "bar": "\u0305", "underline": "\u0332"}


def accented(text: str, mark: str) -> str:
    """Return a letter with its mark, or several under one line.

    Raises:
        NeedsRowsError: The mark has to span several characters, and no combining one does.
    """
    if cells(text) == 1 and len(text) == 1 and mark in _COMBINING:
        return text + _COMBINING[mark]
    if mark in _LINES and text.isalnum():
        return "".join(char + _LINES[mark] for char in text)
    raise NeedsRowsError(f"\\{mark} spans several characters")
