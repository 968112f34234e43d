"""A query cut into brackets, minus signs and terms. Columns count from 1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from quizapp.errors import QueryError

_REGEX = re.compile(r"(\w+:)?re:", re.IGNORECASE)


class Sign(Enum):
    """What stands between terms."""

    OPEN = "("
    CLOSE = ")"
    MINUS = "-"
    OR = "or"
    AND = "and"


@dataclass(frozen=True, slots=True)
class Token:
    """A sign or a term.

    Attributes:
        text: A term as written, quotes taken away and escapes kept.
        quoted: Its beginning was quoted, so that no part of it is a sign.
    """

    column: int
    sign: Sign | None = None
    text: str = ""
    quoted: bool = False


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query.

    Raises:
        QueryError: A quote is not closed, or a backslash stands at the end.
    """
    at = 0
    while at < len(text):
        letter = text[at]
        if letter.isspace():
            at += 1
        elif letter in "()":
            yield Token(at + 1, Sign(letter))
            at += 1
        elif letter == "-":
            yield Token(at + 1, Sign.MINUS)
            at += 1
        else:
            token, at = _term(text, at)
            yield token


def _term(text: str, start: int) -> tuple[Token, int]:
    """Return the term that begins at a place, and where it ends; brackets of a regular expression belong to it."""
    written: list[str] = []
    inside: list[int] = []  # where the open brackets of a regular expression stand
    at, quote = start, -1
    while at < len(text):
        letter = text[at]
        if letter == "\\":
            if at + 1 == len(text):
                raise QueryError(at + 1, "the backslash stands alone", r"Write \\ for the sign itself.")
            written.append(text[at : at + 2])
            at += 2
            continue
        if letter == '"':
            quote = at if quote < 0 else -1
        elif quote < 0 and letter == "(" and _REGEX.match("".join(written)):
            inside.append(at)
            written.append(letter)
        elif quote < 0 and letter == ")" and inside:
            inside.pop()
            written.append(letter)
        elif quote < 0 and (letter.isspace() or letter in "()"):
            break
        else:
            written.append(letter)
        at += 1
    if quote >= 0:
        raise QueryError(
            quote + 1, "the quote is not closed", r'Write " at its end, or \" for the sign itself.'
        )
    if inside:
        raise QueryError(
            inside[-1] + 1, "the bracket is not closed", r"Write ) after it, or \( for the sign itself."
        )
    word, quoted = "".join(written), text[start] == '"'
    if not quoted and word.lower() in ("or", "and"):
        return Token(start + 1, Sign(word.lower())), at
    return Token(start + 1, text=word, quoted=quoted), at
