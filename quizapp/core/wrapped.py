"""Lines of text that keep a number and its unit together."""

from __future__ import annotations

import re
import textwrap

UNIT = r"(?:%|[±–→] ?\d|(?:[µmk]?s|min|h|d|mo|y|[kKMGT]i?B|[kMG]?Hz|days?|points?)(?![\w-]))"
"""What belongs to the number before it, with a blank between the two."""
_BEFORE_UNIT = re.compile(rf"(?<=\d) (?={UNIT})|(?<=[±→]) (?=\d)")
_KEPT = "\u00a0"


def wrapped(text: str, width: int) -> list[str]:
    """Return a text as lines of at most so many characters, broken between words but not before a unit."""
    return [line.replace(_KEPT, " ") for line in textwrap.wrap(_BEFORE_UNIT.sub(_KEPT, text), width)]
