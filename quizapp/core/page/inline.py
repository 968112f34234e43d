"""Turns the spans of a paragraph, a heading or a table cell into pieces of text with their styles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.core.dollars import DISPLAY, INLINE
from quizapp.core.page.cells import shown
from quizapp.core.page.model import Formula, Style

if TYPE_CHECKING:
    from markdown_it.token import Token

_MARKS = {"strong": Style.STRONG, "em": Style.EMPHASIS, "s": Style.STRIKE, "link": Style.LINK}
_ABSOLUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one look, as yet unwrapped. A piece that `breaks` ends the line; one of a formula is not broken within."""

    text: str
    styles: tuple[Style, ...]
    source_line: int
    breaks: bool = False
    formula: Formula | None = None


def pieces(inline: Token, base: tuple[Style, ...] = (Style.TEXT,)) -> tuple[Piece, ...]:
    """Return what an inline token says. `base` are the styles around it."""
    start, end = inline.map or (0, 1)
    return tuple(_pieces(inline.children or [], base, start, end - 1))


def _pieces(tokens: Iterable[Token], base: tuple[Style, ...], line: int, last: int) -> Iterator[Piece]:
    styles, target, linked = base, "", ""
    for token in tokens:
        if token.type.endswith("_open"):
            styles = (*styles, _MARKS[token.type.removesuffix("_open")])
            if token.type == "link_open":
                target, linked = str(token.attrs.get("href", "")), ""
        elif token.type.endswith("_close"):
            styles = styles[:-1]
            if token.type == "link_close":
                yield from _target(target, linked, line)
        elif token.type in ("softbreak", "hardbreak"):
            line = min(line + 1, last)
            yield Piece(" " if token.type == "softbreak" else "", styles, line, token.type == "hardbreak")
        elif token.type == "image":
            yield from _pieces(token.children or [], styles, line, line)
        elif token.type in (INLINE, DISPLAY):
            from quizapp.core.page.formula import formula_pieces

            yield from formula_pieces(token, styles, line)
            linked += token.content
            line = min(line + token.content.count("\n"), last)
        else:
            code = (Style.CODE,) if token.type == "code_inline" else ()
            text = shown(token.content)
            linked += text
            yield Piece(text, (*styles, *code), line)


def _target(target: str, words: str, line: int) -> Iterator[Piece]:
    """Yield where a link leads, unless it stays within the decks or says so itself."""
    address = shown(target)
    if _ABSOLUTE.match(address) and words not in (address, address.removeprefix("mailto:")):
        yield Piece(f" ({address})", (Style.TEXT, Style.FAINT), line)
