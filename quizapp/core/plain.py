"""Text from decks is data: nothing in it may act on a terminal."""

from __future__ import annotations

import re

_ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Return the text with every control and direction character made visible; tabs and line ends stay."""
    return _ACTING.sub("�", text)
