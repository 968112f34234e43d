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
    return _with(
        markdown, lambda number, blank: rf"\[{blank.hint or '…'}\]{'' if is_alone else _below(number)}"
    )


def filled(markdown: str) -> str:
    """Return the text with its blanks filled in."""
    return _with(markdown, lambda _, blank: blank.answer)


def open_blanks(markdown: str) -> tuple[int, ...]:
    """Return where the text opens a blank that is not closed, or holds nothing."""
    return tuple(place.start for place in _places(markdown) if place.blank is None)


def _below(number: int) -> str:
    return str(number).translate(_BELOW)


def _with(markdown: str, shown: Callable[[int, Blank], str]) -> str:
    parts, end, number = [], 0, 0
    for place in _places(markdown):
        if place.blank is not None:
            number += 1
            around = (
                markdown[place.start - 1 : place.start] if place.start else "",
                markdown[place.end : place.end + 1],
            )
            # Within a word Markdown takes no asterisks for bold.
            bold = (
                ""
                if any(character.isalnum() or character in "*_" for character in around if character)
                else "**"
            )
            parts += [markdown[end : place.start], bold, shown(number, place.blank), bold]
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
