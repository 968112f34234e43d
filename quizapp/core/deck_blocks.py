"""Reads the block structure of Markdown with line numbers; the text itself stays as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import dropwhile
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from quizapp.core.dollars import add_formulas

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_NESTING = 100
"""How deep lists and quotes may nest. The parser recurses, and stays within Python's limit at this depth."""

_PARSER = add_formulas(MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table"))
# Only blocks and their lines matter here; spans are read by whoever draws the text.
_PARSER.core.ruler.enableOnly(["normalize", "block"])

_BOLD_LINE = re.compile(r"(\*\*|__)(?P<words>(?:(?!\1).)+)\1[ \t]*:?")
_LIST_MARKER = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])")


@dataclass(frozen=True, slots=True)
class Blocks:
    """A Markdown text by its lines (without line ends) and its block tokens, whose maps index the lines."""

    lines: tuple[str, ...]
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One block that stands at the top level. `end` is the line after its last one.

    Attributes:
        words: The source of a heading or a paragraph, without its marks.
    """

    kind: str
    start: int
    end: int
    tag: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list that stands at the top level.

    Attributes:
        start: The line of the item's marker.
        body: The item's lines without the marker and without the indentation that it asks for.
        opening: The item's first block, with lines that index `body`; None for an empty item.
    """

    start: int
    body: tuple[str, ...]
    opening: Block | None


def read_blocks(markdown: str) -> Blocks:
    """Return the lines and block tokens of a text whose lines end with LF."""
    # The line end at the very end lets the fences tell whether they are closed.
    return Blocks(tuple(markdown.split("\n")), tuple(_PARSER.parse(markdown + "\n")))


def top_blocks(blocks: Blocks) -> Iterator[Block]:
    """Yield the blocks that stand inside no other block."""
    for index, token in enumerate(blocks.tokens):
        if token.level == 0 and token.nesting >= 0:
            yield _block(blocks.tokens, index)


def list_items(blocks: Blocks, start: int, end: int) -> Iterator[ListItem]:
    """Yield the items of the top-level lists between two lines."""
    for index, token in enumerate(blocks.tokens):
        if token.type == "list_item_open" and token.level == 1:
            first, last = _lines_of(token)
            if start <= first < end:
                yield _list_item(blocks, index, first, last)


def line_column(line: str) -> int:
    """Return the column, from 1, of the first character that is no blank."""
    return len(line) - len(line.lstrip(" \t")) + 1


def trimmed(lines: Iterable[str]) -> str:
    """Return the lines as one text without outer blank lines and without blanks at its end."""
    kept = dropwhile(lambda line: not line.strip(" \t"), lines)
    return "\n".join(kept).rstrip(" \t\n")


def bold_line(words: str) -> str:
    """Return what a line such as `**Title:**` or `**Title**:` says, or nothing where it is no such line."""
    found = _BOLD_LINE.fullmatch(words.strip())
    return found["words"].strip().removesuffix(":").strip() if found else ""


def _block(tokens: tuple[Token, ...], index: int) -> Block:
    token = tokens[index]
    start, end = _lines_of(token)
    has_words = token.type in ("heading_open", "paragraph_open")
    words = tokens[index + 1].content if has_words else ""
    return Block(token.type.removesuffix("_open"), start, end, token.tag, words)


def _list_item(blocks: Blocks, index: int, start: int, end: int) -> ListItem:
    indent = _content_column(blocks.lines[start])
    marker = _LIST_MARKER.sub(lambda found: " " * len(found.group()), blocks.lines[start], count=1)
    body = (marker, *blocks.lines[start + 1 : end])
    opening = None
    if blocks.tokens[index + 1].nesting >= 0:
        inner = _block(blocks.tokens, index + 1)
        opening = Block(inner.kind, inner.start - start, inner.end - start, inner.tag, inner.words)
    return ListItem(start, tuple(_without_indent(line, indent) for line in body), opening)


def _content_column(line: str) -> int:
    """Return how far CommonMark wants the further lines of a list item indented, in columns."""
    marker = _LIST_MARKER.match(line)
    after_marker = column = marker.end() if marker else 0
    rest = line[after_marker:]
    for char in rest[: len(rest) - len(rest.lstrip(" \t"))]:
        column += _width(char, column)
    is_code = column - after_marker > 4
    return after_marker + 1 if is_code or not rest.strip(" \t") else column


def _without_indent(line: str, columns: int) -> str:
    """Return the line without its first columns of blanks; a tab that is cut in two leaves spaces."""
    column = 0
    for index, char in enumerate(line):
        if column >= columns or char not in " \t":
            return " " * (column - columns) + line[index:]
        column += _width(char, column)
    return " " * (column - columns)


def _width(blank: str, column: int) -> int:
    return 4 - column % 4 if blank == "\t" else 1


def _lines_of(token: Token) -> tuple[int, int]:
    assert token.map is not None, "opening block tokens carry their lines"
    return token.map[0], token.map[1]
