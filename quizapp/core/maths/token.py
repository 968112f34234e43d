"""Cuts the source of a formula into tokens."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from quizapp.core.maths.tree import UnreadableError
from quizapp.core.page.cells import shown

LONGEST = 4000
"""A longer formula is shown as its source."""

_TOKEN = re.compile(r"\\(?P<command>[A-Za-z]+|\\|[^A-Za-z\\])|(?P<blank>\s+)|(?P<char>.)", re.DOTALL)
_SPECIAL = "#%"
# Combining marks and what no terminal shows have no place of their own.
_UNPLACED = ("M", "C", "Z")


class Token(StrEnum):
    """What a token is."""

    COMMAND = "command"
    CHAR = "char"
    BLANK = "blank"
    END = "end"


@dataclass(frozen=True, slots=True)
class Piece:
    """One token: a command's name without its backslash, a character, or blanks."""

    kind: Token
    text: str = ""


END = Piece(Token.END)


def tokens(source: str) -> list[Piece]:
    """Return the tokens of a formula, blanks included.

    Raises:
        UnreadableError: It is too long, or holds a character that means nothing in a formula.
    """
    if len(source) > LONGEST:
        raise UnreadableError("the formula is too long")
    found = []
    for match in _TOKEN.finditer(source):
        kind = Token(match.lastgroup or "char")
        text = " " if kind is Token.BLANK else match.group(match.lastgroup or 0)
        if text == "\\" and kind is Token.CHAR:
            raise UnreadableError("a backslash stands at the end")
        has_no_place = unicodedata.category(text[0])[0] in _UNPLACED or shown(text) != text
        if kind is Token.CHAR and (text in _SPECIAL or has_no_place):
            raise UnreadableError(f"{text!r} means nothing in a formula")
        found.append(Piece(kind, " " if kind is Token.COMMAND and text.isspace() else text))
    return found
