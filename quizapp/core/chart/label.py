"""Words in a chart: text of any origin, made into single-cell characters that cannot act on a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

_UNKNOWN = "□"
# Characters whose width Python's table does not tell: Hangul parts without a width of their own, and signs
# that Unicode 16 widened.
_HANGUL_PARTS = (range(0x1160, 0x1200), range(0xD7B0, 0xD800), range(0xFFA0, 0xFFA1))
_WIDENED = (range(0x2630, 0x2638), range(0x268A, 0x2690), range(0x4DC0, 0x4E00))
_MATHEMATICAL = range(0x1D400, 0x1D800)


@lru_cache(maxsize=1024)
def clean(text: str) -> str:
    """Return the text as one line of printable characters, each exactly one cell wide.

    Control, format and combining characters go, white space becomes a space, a full-width letter its narrow
    form; any other wide character becomes □.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(map(_cell, unicodedata.normalize("NFC", text))).strip()


def fit(text: str, width: int) -> str:
    """Return the clean text, cut to the width with … where it is longer."""
    words = clean(text)
    if len(words) <= width:
        return words
    return words[: width - 1].rstrip() + "…" if width > 0 else ""


def first_fitting(variants: Iterable[Sequence[str]], width: int) -> str:
    """Return the first of some lists of words that fits on a line, three blanks between each; the last one is cut."""
    words = ""
    for variant in variants:
        words = "   ".join(map(clean, variant))
        if len(words) <= width:
            return words
    return fit(words, width)


def _cell(char: str) -> str:
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    code = ord(char)
    if category[0] in "CM" or any(code in part for part in _HANGUL_PARTS):
        return ""
    if unicodedata.east_asian_width(char) in "WF":
        narrow = unicodedata.normalize("NFKC", char)
        return narrow if narrow.isascii() and narrow.isprintable() else _UNKNOWN
    if any(code in signs for signs in _WIDENED):
        return _UNKNOWN
    return char if code <= 0xFFFF or code in _MATHEMATICAL else _UNKNOWN
