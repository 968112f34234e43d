"""Walks the blocks of a Markdown text and stacks their lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from quizapp.core.deck_blocks import MAX_NESTING
from quizapp.core.deck_sims import sim_blocks
from quizapp.core.dollars import BLOCK, add_formulas
from quizapp.core.page.cells import REPLACEMENT, shown
from quizapp.core.page.code import code_lines, launch_line
from quizapp.core.page.inline import Piece, pieces
from quizapp.core.page.model import Line, Run, Style, behind
from quizapp.core.page.table import Align, Row, Table, table_lines
from quizapp.core.page.wrap import wrapped
from quizapp.core.topic import SimBlock

BULLETS = "•◦▪"
NARROWEST = 4
"""Lists and quotes are indented as long as this many cells are left, and a third of the page."""
TOO_DEEP = "… nested too deeply to show"

_HEADINGS = {"h1": Style.HEADING_1, "h2": Style.HEADING_2}
_LISTS = ("bullet_list_open", "ordered_list_open")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?")
_QUOTE_BAR = Run("▎ ", (Style.QUOTE,))


class _Parser(MarkdownIt):
    """CommonMark with tables and strikethrough; link targets stay as they are written."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 -- the library's name
        """Return the target unchanged: it is shown, never opened."""
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 -- the library's name
        """Return the words of a bare link unchanged."""
        return link


_PARSER = add_formulas(_Parser("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"]))


@dataclass(slots=True)
class _Node:
    """A block and the blocks within it."""

    token: Token
    children: list[_Node] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.token.map[0] if self.token.map else 0

    @property
    def end(self) -> int:
        return self.token.map[1] if self.token.map else 0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block stands: the width that it has of the page, how deep its list is, and which fences launch."""

    width: int
    page_width: int
    launches: Mapping[int, SimBlock]
    bullet: int = 0

    def within(self, prefix: Run) -> _Place:
        """Return the place behind a prefix."""
        return replace(self, width=self.width - prefix.width)


def lay_out(markdown: str, width: int) -> tuple[Line, ...]:
    """Return the text as lines of at most `width` cells, at least 1.

    Links are words with their target behind them, images their description, HTML is shown as it is written.
    A fence `sim` becomes one line with `launch` set; one that is malformed stays a code block.
    """
    width = max(1, width)
    text = _SURROGATE.sub(REPLACEMENT, _LINE_END.sub("\n", markdown))
    try:
        tokens = _PARSER.parse(text)
    except RecursionError:
        # Images within the descriptions of images: the parser has no bound for them.
        return tuple(_literal(text, 0, width))
    has_sims = any(token.type == "fence" and token.info.split()[:1] == ["sim"] for token in tokens)
    launches = {block.line: block for block in sim_blocks(text)} if has_sims else {}
    return tuple(_stacked(_tree(tokens), _Place(width, width, launches)))


def _tree(tokens: list[Token]) -> list[_Node]:
    stack = [_Node(Token("root", "", 0))]
    for token in tokens:
        if token.nesting < 0:
            stack.pop()
            continue
        node = _Node(token)
        stack[-1].children.append(node)
        if token.nesting > 0:
            stack.append(node)
    return stack[0].children


def _stacked(nodes: list[_Node], place: _Place) -> list[Line]:
    """Return the lines of neighbouring blocks, a blank line between two."""
    found: list[Line] = []
    before: _Node | None = None
    for node in nodes:
        lines = _block(node, place)
        if before and lines:
            found += [Line((), found[-1].source_line)] if _parted(before, node) else []
        found += lines
        before = node if lines else before
    return found


def _parted(before: _Node, node: _Node) -> bool:
    """Tell whether a blank line belongs between two blocks.

    A minor heading stands close to its text, and a paragraph to what follows it without a blank line in the source.
    """
    kind, next_kind = before.token.type, node.token.type
    if kind == "list_item_open":
        return _is_loose(before) or _is_loose(node)
    if next_kind == "heading_open":
        return True
    if kind == "heading_open":
        return before.token.tag in _HEADINGS or next_kind != "paragraph_open"
    if kind in _LISTS and next_kind in _LISTS:
        return before.token.level <= 1
    return not (before.token.hidden or (kind == "paragraph_open" and before.end == node.start))


def _is_loose(item: _Node) -> bool:
    return any(child.token.type == "paragraph_open" and not child.token.hidden for child in item.children)


def _block(node: _Node, place: _Place) -> list[Line]:
    match node.token.type:
        case "paragraph_open":
            return _paragraph(pieces(node.children[0].token), place.width)
        case "heading_open":
            styles = (Style.TEXT, _HEADINGS.get(node.token.tag, Style.HEADING_3))
            return wrapped(pieces(node.children[0].token, styles), place.width)
        case "fence" if node.start in place.launches:
            return [launch_line(place.launches[node.start], place.width)]
        case "fence" if node.token.info.split()[:1] == ["expect"]:
            return _expected(node, place)
        case _ if node.token.type == BLOCK:
            from quizapp.core.page.formula import block_lines

            return block_lines(node.token, place.width)
        case "fence":
            return code_lines(node.token.content, node.start + 1, place.width)
        case "code_block":
            return code_lines(node.token.content, node.start, place.width)
        case "html_block":
            return _literal(node.token.content, node.start, place.width)
        case "hr":
            return [Line((Run("─" * place.width, (Style.RULE,)),), node.start)]
        case "table_open":
            return table_lines(_table(node), place.width)
        case _:
            return _container(node, place)


def _expected(node: _Node, place: _Place) -> list[Line]:
    """Return what an `expect` block says, or its source where it is malformed."""
    from quizapp.core.page.expected import (
        expected_lines,
    )  # few texts have one, and every start lays a text out

    found = expected_lines(node.token, place.width)
    return found or code_lines(node.token.content, node.start + 1, place.width)


def _paragraph(found: tuple[Piece, ...], width: int) -> list[Line]:
    if any(piece.formula and piece.formula.is_display for piece in found):
        from quizapp.core.page.formula import parted_lines

        return parted_lines(found, width)
    return wrapped(found, width)


def _container(node: _Node, place: _Place) -> list[Line]:
    if node.token.level >= MAX_NESTING - 1 and not node.children:
        return wrapped([Piece(TOO_DEEP, (Style.TEXT, Style.FAINT), node.start)], place.width)
    match node.token.type:
        case "blockquote_open":
            return _indented(node, _QUOTE_BAR, _QUOTE_BAR, place)
        case "bullet_list_open":
            marker = Run(f"{BULLETS[place.bullet % len(BULLETS)]} ", (Style.BULLET,))
            markers = [marker] * len(node.children)
            return _items(node, markers, replace(place, bullet=place.bullet + 1))
        case "ordered_list_open":
            numbers = [f"{item.token.info}{item.token.markup}" for item in node.children]
            widest = max(map(len, numbers), default=0)
            return _items(node, [Run(f"{number:>{widest}} ", (Style.BULLET,)) for number in numbers], place)
        case _:
            return _stacked(node.children, place)


def _items(node: _Node, markers: list[Run], place: _Place) -> list[Line]:
    found: list[Line] = []
    for number, (item, marker) in enumerate(zip(node.children, markers, strict=True)):
        if number and _parted(node.children[number - 1], item):
            found.append(Line((), found[-1].source_line))
        found += _indented(item, marker, Run(" " * marker.width), place)
    return found


def _indented(node: _Node, first: Run, rest: Run, place: _Place) -> list[Line]:
    """Return the lines within a block behind its mark, or without it where no room is left."""
    inner = place.within(first)
    if inner.width < max(NARROWEST, place.page_width // 3):
        return _stacked(node.children, place) or [Line((), node.start)]
    return behind(first, rest, _stacked(node.children, inner) or [Line((), node.start)])


def _literal(text: str, source_line: int, width: int) -> list[Line]:
    """Return each line as it is written, wrapped as words."""
    found: list[Line] = []
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=source_line):
        found += wrapped([Piece(shown(line), (Style.TEXT,), number)], width) or [Line((), number)]
    return found


def _table(node: _Node) -> Table:
    rows = [row for part in node.children for row in part.children]
    aligns = tuple(_align(cell.token) for cell in rows[0].children)
    head, *body = (_row(row) for row in rows)
    return Table(head, tuple(body), aligns)


def _row(node: _Node) -> Row:
    found = tuple(
        pieces(
            cell.children[0].token,
            (Style.TEXT, Style.TABLE_HEAD) if cell.token.tag == "th" else (Style.TEXT,),
        )
        for cell in node.children
    )
    return Row(found, node.start)


def _align(cell: Token) -> Align:
    return Align(str(cell.attrs.get("style", "")).removeprefix("text-align:") or Align.LEFT)
