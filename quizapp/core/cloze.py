"""Blanks in a text: `{{answer}}`, `{{answer|other}}` or `{{answer::hint}}`, outside of code and formulas.

`\\{{` is no blank, and `\\|` within one is a bar.
"""

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
    | (?P<blank>\{\{ (?P<body>(?:\$(?!\s)[^$\n]*?(?<![\s\\])\$(?!\d)|(?!\{\{|\}\}(?!\})|\n[ \t]*\n).)+) \}\})
    | (?P<open>\{\{)
    """,
    re.VERBOSE | re.DOTALL,
)
# What holds its bars together: escapes, formulas, code, brackets.
_UNIT = re.compile(r"\\.|\$[^$]*\$|`[^`]*`|.", re.DOTALL)
_DEPTH = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
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


def empty_alternatives(markdown: str) -> tuple[int, ...]:
    """Return where a blank stands with a bar too many, so that none of its bars parts alternatives."""
    places = [(place.start, markdown[place.start : place.end]) for place in _places(markdown) if place.blank]
    return tuple(start for start, written in places if _has_odd_bar(written[2:-2].partition("::")[0]))


def _has_odd_bar(written: str) -> bool:
    parts = [part.strip() for part in _alternatives(written)]
    return not all(parts) and len(parts) % 2 == 0


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
    written, _, hint = _NUMBERED.sub("", body.strip(), count=1).partition("::")
    parts = [" ".join(part.split()) for part in _alternatives(written)]
    # An absolute value at an end of the answer leaves an empty part: its bars are no alternatives.
    answer, *others = parts if all(parts) else [" ".join(written.replace(r"\|", "|").split())]
    return Blank(answer, " ".join(hint.split()), tuple(others)) if answer else None


def _alternatives(written: str) -> list[str]:
    """Return the parts of a text between bars that stand in no brackets, formula or code."""
    parts, depth = [""], 0
    for unit in _UNIT.findall(written):
        depth = max(0, depth + _DEPTH.get(unit, 0))
        if unit == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += "|" if unit == r"\|" else unit
    return parts


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
