"""Text as the search compares it: one form for every way to write it, and the words that the index knows."""

from __future__ import annotations

import re
import unicodedata

FIELD_END = "\x1f"
"""Stands between the parts of an indexed text, so that no phrase reaches from one into the next."""

_WORD = re.compile(r"[0-9a-z\x80-\U0010ffff]+")
"""A word of the index. Whatever lies beyond ASCII belongs to words, so that `√L` and `∂` are found as well."""


def folded(text: str) -> str:
    """Return the text without differences of case, of composed characters and of line breaks.

    A blank at either end stays, for a phrase may begin with one.
    """
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    words = " ".join(composed.split())
    if not words:
        return " " if text else ""
    before, after = (" " if blank.isspace() else "" for blank in (composed[0], composed[-1]))
    return f"{before}{words}{after}"


def index_words(folded_text: str) -> list[tuple[int, int]]:
    """Return where the words of a folded text begin and end."""
    return [found.span() for found in _WORD.finditer(folded_text)]


def vocabulary(folded_text: str) -> set[str]:
    """Return the words of a folded text, each once."""
    return set(_WORD.findall(folded_text))


_TAG_SIGNS = {code: 0xE000 + code for code in range(0x80) if not chr(code).isalnum()}


def tag_word(tag: str) -> str:
    """Return a tag as one word of the index: its ASCII signs, which would part words, give way to private ones."""
    return folded(tag).translate(_TAG_SIGNS)
