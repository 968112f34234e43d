"""Sets formulas into a page: as words of a paragraph, as rows of their own, or as their source where neither will do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from quizapp.core.dollars import DISPLAY
from quizapp.core.maths import display, needs_rows, one_line
from quizapp.core.page.cells import cells, shown
from quizapp.core.page.code import code_lines
from quizapp.core.page.inline import Piece
from quizapp.core.page.model import Formula, Line, Run, Style
from quizapp.core.page.wrap import wrapped

if TYPE_CHECKING:
    from markdown_it.token import Token

INDENT = 2
_ROOMY = 20
# Within brackets a line ends behind an operator or a comma, if it has to.
_INNER = re.compile(r"(?<=[,;=+−±·×/≤≥<>≈∼∝∈→←↦|‖⊙⊗⊕]) ")
_MARK = re.compile(r"[.,;:!?]+(?=\s|$)")


def formula_pieces(token: Token, styles: tuple[Style, ...], line: int) -> list[Piece]:
    """Return the parts of an inline formula with blanks between them, or its source."""
    source = f"{token.markup}{token.content}{token.markup}"
    content = shown(token.content)
    formula = Formula(source, token.type == DISPLAY or needs_rows(content))
    chunks = one_line(content)
    if chunks is None:
        return [
            replace(_as_code(Piece(source, styles, line)), formula=formula if formula.is_display else None)
        ]
    look = (*styles, Style.MATH)
    words = [Piece(chunk, look, line, formula=formula) for chunk in chunks]
    return [part for word in words for part in (replace(word, text=" "), word)][1:]


def fitting(found: tuple[Piece, ...], width: int) -> tuple[Piece, ...]:
    """Return the pieces, a part of a formula that is too wide for a line in smaller ones, or else the formula's source."""
    found = tuple(part for piece in found for part in _parted(piece, width))
    wide = [piece.formula for piece in found if piece.formula and cells(piece.text) > width]
    kept: list[Piece] = []
    for before, piece in pairwise((None, *found)):
        assert piece is not None, "only the first one has none before it"
        if piece.formula is None or piece.formula not in wide:
            kept.append(piece)
        elif before is None or before.formula is not piece.formula:
            kept.append(_as_code(replace(piece, text=piece.formula.source, formula=None)))
    return tuple(kept)


def parted_lines(found: tuple[Piece, ...], width: int) -> list[Line]:
    """Return the lines of a paragraph that holds formulas with rows of their own; a mark right behind one goes along."""
    lines: list[Line] = []
    groups = [(formula, list(group)) for formula, group in groupby(found, key=_displayed)]
    for place, (formula, group) in enumerate(groups):
        if formula is None:
            lines += wrapped(group, width)
            continue
        behind = groups[place + 1][1] if place + 1 < len(groups) else []
        mark = _MARK.match(behind[0].text) if behind else None
        if mark:
            behind[0] = replace(behind[0], text=behind[0].text[mark.end() :])
        lines += _rows(formula, mark[0] if mark else "", group[0].source_line, width)
    return lines


def block_lines(token: Token, width: int) -> list[Line]:
    """Return the lines of a formula that is a block."""
    line = token.map[0] if token.map else 0
    formula = Formula(str(token.meta["source"]), is_display=True)
    return _rows(formula, "", line, width, token.content)


def _displayed(piece: Piece) -> Formula | None:
    return piece.formula if piece.formula and piece.formula.is_display else None


def _rows(formula: Formula, mark: str, line: int, width: int, content: str = "") -> list[Line]:
    indent = INDENT if width >= _ROOMY else 0
    escaped = mark.replace("!", "\\text{!}").replace("?", "\\text{?}").replace(":", "\\text{:}")
    source = shown(content or formula.content) + escaped
    rows = display(source, width - indent)
    if rows is None:
        return _broken_lines(source, formula, line, width) or code_lines(formula.source + mark, line, width)
    before = Run(" " * indent)
    look = (Style.TEXT, Style.MATH)
    # An empty row still belongs to the formula.
    return [Line(((before,) if indent and row else ()) + (Run(row, look, formula),), line) for row in rows]


def _broken_lines(source: str, formula: Formula, line: int, width: int) -> list[Line]:
    """Return a formula that is too wide for its rows in the form that it has in a sentence, wrapped; none without one."""
    before = INDENT if width >= _ROOMY else 0
    room = width - 2 * before
    chunks = [part for chunk in one_line(source) or () for part in _smaller(chunk, room)]
    if not chunks or any(cells(chunk) > room for chunk in chunks):
        return []
    look = (Style.TEXT, Style.MATH)
    lines = wrapped([Piece(chunk, look, line, formula=formula) for chunk in _spaced(chunks)], room)
    indents = (Run(" " * before), Run(" " * 2 * before))
    return [
        Line(((indents[number > 0],) if before else ()) + found.runs, line)
        for number, found in enumerate(lines)
    ]


def _parted(piece: Piece, width: int) -> list[Piece]:
    """Return a piece, or the parts of one that is a formula's and wider than a line."""
    if piece.formula is None or Style.CODE in piece.styles or cells(piece.text) <= width:
        return [piece]
    return [replace(piece, text=text) for text in _spaced(_smaller(piece.text, width))]


def _smaller(text: str, width: int) -> list[str]:
    """Return a formula's text parted behind its operators and commas, and at each blank where that is not enough."""
    if cells(text) <= width:
        return [text]
    parts = _INNER.split(text)
    return [word for part in parts for word in ([part] if cells(part) <= width else part.split(" "))]


def _spaced(texts: Sequence[str]) -> list[str]:
    return [part for text in texts for part in (" ", text)][1:]


def _as_code(piece: Piece) -> Piece:
    return replace(piece, text=" ".join(shown(piece.text).split()), styles=(*piece.styles, Style.CODE))
