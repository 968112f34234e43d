"""Terminal cells: which characters of a text are shown, how wide they are, and where to cut."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from quizapp.core.plain import printable

REPLACEMENT = "\ufffd"
TOO_WIDE = "□"
"""Stands for a wide character where there is but one cell."""
TAB = 4
_TAILS = (0.0, 0.5, 1.0)

# Letters that join the one before and take no cell of their own.
_JOINING = (range(0x1160, 0x1200), range(0xD7B0, 0xD7FC))
# Wide since Unicode 16, which is younger than the tables of the oldest Python that runs this.
_WIDE = (
    range(0x2630, 0x2638),
    range(0x268A, 0x2690),
    range(0x4DC0, 0x4E00),
    range(0x1D300, 0x1D357),
    range(0x1D360, 0x1D379),
)
# Terminals disagree on the width of what these make of their neighbours: skin tones and blank letters.
_DROPPED = (range(0x1F3FB, 0x1F400), range(0x3164, 0x3165), range(0xFFA0, 0xFFA1), range(0xFE00, 0xFE10))


def shown(text: str) -> str:
    """Return the text without what could act on a terminal or whose width terminals disagree on.

    Invisible format characters, such as joiners and variation selectors, go; what is unassigned becomes �.
    Tabs and line ends stay.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, printable(text)))


def cells(text: str) -> int:
    """Return how many terminal cells a shown text takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def head_and_tail(text: str, width: int) -> tuple[str, str]:
    """Cut a text after at most `width` cells; the head takes at least one character, so that cutting ends."""
    if cells(text) <= width:
        return text, ""
    used = 0
    for place, char in enumerate(text):
        used += _width(char)
        if used > width:
            return (text[:place], text[place:]) if place else (TOO_WIDE, text[1:])
    return text, ""


def cut(text: str, width: int) -> str:
    """Return the text, ended with … where it is wider than `width`, which is at least 1."""
    if cells(text) <= width:
        return text
    return head_and_tail(text, width - 1)[0] + "…" if width > 1 else "…"


def cut_within(text: str, width: int, tail: float = 0.5) -> str:
    """Return the text, with … for what is left out of its middle where it is wider than `width`, at least 1.

    Args:
        tail: The part of the room that its end gets, from 0 to 1.
    """
    if cells(text) <= width:
        return text
    room = max(0, width - 1)
    end = ""
    for char in reversed(text):
        if cells(char + end) > round(tail * room):
            break
        end = char + end
    room -= cells(end)
    return f"{head_and_tail(text, room)[0] if room else ''}…{end}"


def cut_beside(name: str, width: int, others: Iterable[str]) -> str:
    """Return a name that is cut to `width` so that it differs from others as they would be cut.

    At its end, where names read best, if that does; else in its middle, else at its beginning.
    """
    if cells(name) <= width:
        return name
    apart = [other for other in others if other != name and cells(other) > width]
    for tail in _TAILS:
        shown = cut_within(name, width, tail)
        if all(cut_within(other, width, tail) != shown for other in apart):
            return shown
    return cut_within(name, width)


def without_tabs(text: str) -> str:
    """Return the text of one line with each tab made spaces up to the next tab stop."""
    first, *others = text.split("\t")
    for part in others:
        first += " " * (TAB - cells(first) % TAB) + part
    return first


@lru_cache(maxsize=4096)
def _shown(char: str) -> str:
    code, category = ord(char), unicodedata.category(char)
    if category == "Cf" or any(code in dropped for dropped in _DROPPED):
        return ""
    if category in ("Zl", "Zp"):
        return " "
    return REPLACEMENT if category in ("Cn", "Cs") else char


@lru_cache(maxsize=4096)
def _width(char: str) -> int:
    code = ord(char)
    if unicodedata.category(char) in ("Mn", "Me", "Mc") or any(code in joining for joining in _JOINING):
        return 0
    is_wide = unicodedata.east_asian_width(char) in "WF" or any(code in wide for wide in _WIDE)
    return 2 if is_wide else 1
