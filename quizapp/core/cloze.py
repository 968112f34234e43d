"""Blanks in a text: `{{answer}}` or `{{answer::hint}}`, outside of code and formulas. `\\{{` is no blank."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quizapp.core.deck_blocks import read_blocks
from quizapp.core.expectation import Blank

OPENING = "{{"

# What is passed over comes first: escapes, code between backticks, formulas between dollars (as Pandoc takes them).
_PART = re.compile(
    r"""
      \\\{\{? | \\[^{]
    | (?P<ticks>`+)(?!`) (?:(?!\n[ \t]*\n).)+? (?<!`)(?P=ticks)(?!`)
    | `+
    | \$\$ (?:(?!\n[ \t]*\n).)+? \$\$
    | \$(?!\s) [^$\n]*? (?<![\s\\])\$(?!\d)
    | (?P<blank>\{\{ (?P<body>(?:(?!\{\{|\}\}(?!\})|\n[ \t]*\n).)+) \}\})
    | (?P<open>\{\{)
    """,
    re.VERBOSE | re.DOTALL,
)
_NUMBERED = re.compile(r"c\d+::")
_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    blank: Blank | None


def blanks(markdown: str) -> tuple[Blank, ...]:
    """Return the blanks of a text, in order."""
    return tuple(place.blank for place in _places(markdown) if place.blank is not None)


def hidden(markdown: str) -> str:
    """Return the text with its blanks hidden: as […], or as the hint in brackets; numbered where there are several."""
    is_alone = len(blanks(markdown)) == 1

    def shown(number: int, place: _Place, blank: Blank) -> str:
        below = "" if is_alone else str(number).translate(_BELOW)
        return _bold(markdown, place, rf"\[{blank.hint or '…'}\]{below}")

    return _replaced(markdown, shown)


def hidden_words(text: str) -> str:
    """Return a line of plain words with its blanks hidden."""
    return _replaced(text, lambda _, _place, blank: f"[{blank.hint or '…'}]")


def filled(markdown: str) -> str:
    """Return the text with its blanks filled in."""
    return _replaced(markdown, lambda _, place, blank: _bold(markdown, place, blank.answer))


def open_blanks(markdown: str) -> tuple[int, ...]:
    """Return where the text opens a blank that is not closed, or holds nothing."""
    return tuple(place.start for place in _places(markdown) if place.blank is None)


def _bold(markdown: str, place: _Place, words: str) -> str:
    """Return the words in bold, but within a word, where Markdown takes no asterisks for it."""
    around = markdown[max(0, place.start - 1) : place.start] + markdown[place.end : place.end + 1]
    return words if any(sign.isalnum() or sign in "*_" for sign in around) else f"**{words}**"


def _replaced(markdown: str, shown: Callable[[int, _Place, Blank], str]) -> str:
    """Return the text with something else for each blank, which are counted from 1."""
    parts, end, number = [], 0, 0
    for place in _places(markdown):
        if place.blank is not None:
            number += 1
            parts += [markdown[end : place.start], shown(number, place, place.blank)]
            end = place.end
    return "".join((*parts, markdown[end:]))


def _places(markdown: str) -> Iterator[_Place]:
    """Yield each blank, and each that was begun and is none, outside of code blocks."""
    if OPENING not in markdown:
        return
    for offset, part in _prose(markdown):
        for found in _PART.finditer(part):
            start, end = offset + found.start(), offset + found.end()
            if found["open"] is not None:
                yield _Place(start, end, None)
            elif found["blank"] is not None:
                yield _Place(start, end, _blank(found["body"]))


def _blank(body: str) -> Blank | None:
    """Return a blank; the number that Anki writes before an answer says nothing here."""
    answer, _, hint = _NUMBERED.sub("", body.strip(), count=1).partition("::")
    plain = " ".join(answer.split())
    return Blank(plain, " ".join(hint.split())) if plain else None


def _prose(markdown: str) -> Iterator[tuple[int, str]]:
    """Yield what stands between the code blocks of a text, with its offset."""
    lines = markdown.split("\n")
    code = {
        line
        for token in read_blocks(markdown).tokens
        if token.type in ("fence", "code_block") and token.map is not None
        for line in range(*token.map)
    }
    offset, begun, kept = 0, 0, ""
    for number, line in enumerate(lines):
        if number in code:
            if kept:
                yield begun, kept
            kept = ""
        else:
            begun = begun if kept else offset
            kept += line + "\n"
        offset += len(line) + 1
    if kept:
        yield begun, kept[:-1]
