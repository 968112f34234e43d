"""Sets a formula in two dimensions: bars, limits above and below, brackets that span rows, one baseline."""

from __future__ import annotations

from collections.abc import Sequence

from quizapp.core.maths.alphabet import lowered, raised
from quizapp.core.maths.box import Box, aligned, beside, blank, boxed, stacked
from quizapp.core.maths.bracket import bracket
from quizapp.core.maths.line import is_compound, line_text, script_base
from quizapp.core.maths.spacing import Neighbour, Size, is_parted, neighbour, settled_kinds
from quizapp.core.maths.tree import (
    Accented,
    Fenced,
    Fraction,
    Gap,
    Kind,
    Matrix,
    NeedsRowsError,
    Node,
    Root,
    Row,
    Scripted,
    Symbol,
    UnreadableError,
)

BAR = "─"
_OVER = {
    "hat": "^",
    "widehat": "^",
    "tilde": "~",
    "widetilde": "~",
    "vec": "→",
    "overrightarrow": "→",
    "dot": "˙",
}
_BETWEEN_PAIRS = 3
_BRACED = ("overbrace", "underbrace")
_LEAST_BRACE = 3


def picture(node: Node) -> Box:
    """Return the formula as a box.

    Raises:
        UnreadableError: No form of it is beyond doubt.
    """
    match node:
        case Row(nodes):
            return beside([part.box for part in row_parts(nodes)])
        case Fraction(above, below):
            return _fraction(picture(above), picture(below))
        case Root():
            return _root(node)
        case Scripted():
            return _scripted(node)
        case Fenced(left, body, right):
            return _fenced(left, picture(body), right)
        case Matrix():
            return _matrix(node)
        case Accented():
            return _accented(node)
    return boxed(line_text(node))


# Rows.


class RowPart:
    """A node of a row as a box with the blank before it."""

    __slots__ = ("box", "kind")

    def __init__(self, box: Box, kind: Kind) -> None:
        self.box, self.kind = box, kind


def row_parts(nodes: Sequence[Node]) -> list[RowPart]:
    """Return the parts of a row, each with the blank before it."""
    parts: list[RowPart] = []
    before: tuple[Node, Neighbour] | None = None
    gap = 0
    for node, kind in zip(nodes, settled_kinds(nodes), strict=True):
        if isinstance(node, Gap):
            gap = max(gap, node.blanks)
            continue
        box = picture(node)
        beside_it = neighbour(node, kind, box.rows[0] if box.height == 1 else "")
        if before is not None:
            gap = max(gap, _is_apart(before, (node, beside_it)))
        blanks = gap if before is not None else 0
        parts.append(RowPart(beside([blank(1, blanks), box]) if blanks else box, kind))
        before, gap = (node, beside_it), 0
    return parts


def _is_apart(left: tuple[Node, Neighbour], right: tuple[Node, Neighbour]) -> bool:
    if (
        isinstance(right[0], Scripted)
        and right[0].base == Row(())
        and left[1].kind in (Kind.ORDINARY, Kind.CLOSING)
    ):
        raise UnreadableError("a script has no base")
    if is_parted(left[1], right[1], Size.FULL):
        return True
    # A bar must run into nothing that looks like one.
    is_stroke = left[0] == Symbol("/") and bool(right[1].first)
    is_bar = _is_open(left[0]) or (_is_open(right[0]) and not is_stroke)
    is_end = right[1].kind in (Kind.CLOSING, Kind.PUNCTUATION) or right[0] == Symbol(".")
    return is_bar and left[1].kind is not Kind.OPENING and not is_end


def _is_open(node: Node) -> bool:
    return isinstance(node, Fraction | Root) or (isinstance(node, Matrix) and not node.left)


# Fractions, roots, brackets.


def _fraction(above: Box, below: Box) -> Box:
    if not above.width or not below.width:
        raise UnreadableError("a fraction lacks a part")
    width = max(above.width, below.width)
    # The longer bar is the main one.
    has_bars = any(row.strip(f"{BAR} ") != row.strip(" ") for box in (above, below) for row in box.rows)
    return stacked([above, boxed(BAR * (width + 2 * has_bars)), below], 1)


def _root(node: Root) -> Box:
    body = picture(node.body)
    if body.height == 1:
        return boxed(line_text(node))
    degree = line_text(node.degree, Size.SMALL) if node.degree is not None else ""
    degree = raised(degree) or degree
    hook = max(1, len(degree))
    top = " " * hook + "┌" + BAR * (body.width + 1)
    rows = [" " * hook + "│ " + row for row in body.rows]
    rows[-1] = "╲".rjust(hook) + rows[-1][hook:]
    if degree:
        rows[-2] = degree.rjust(hook) + rows[-2][hook:]
    return Box((top, *rows), body.base + 1)


def _fenced(left: str, body: Box, right: str) -> Box:
    body = body if body.width else boxed(" ")
    return beside([bracket(left, body.height, body.base), body, bracket(right, body.height, body.base)])


def _matrix(node: Matrix) -> Box:
    boxes = [[_cell(cell, node, place) for place, cell in enumerate(row)] for row in node.cells]
    widths = [max(box.width for box in column) for column in zip(*boxes, strict=True)]
    rows = [_matrix_row(row, widths, node) for row in boxes]
    # A column of two has its middle between them: a brace has its point there, and a binomial its neighbours' line.
    is_pair = len(rows) == 2 and (node.left == "{" or len(widths) == 1) and bool(node.left)
    is_airy = is_pair or any(row.height > 1 for row in rows)
    spaced = [part for row in rows for part in (blank(1), row)][1:] if is_airy else rows
    body = stacked(spaced, 0, "l")
    body = Box(body.rows, rows[0].base if len(rows) == 1 else (body.height - 1) // 2)
    return _fenced(node.left, body, node.right)


def _cell(cell: Node, node: Matrix, place: int) -> Box:
    # As in TeX, an operator that begins the right one of two columns has the left one as its operand.
    is_right = node.paired and place % 2 == 1
    nodes = cell.nodes if isinstance(cell, Row) else (cell,)
    return picture(Row((Symbol(""), *nodes))) if is_right and nodes else picture(cell)


def _matrix_row(row: Sequence[Box], widths: Sequence[int], node: Matrix) -> Box:
    parts: list[Box] = []
    for place, (box, width, align) in enumerate(zip(row, widths, node.aligns, strict=True)):
        if place:
            between = (0 if place % 2 else _BETWEEN_PAIRS) if node.paired else node.gap
            parts.append(blank(1, between))
        parts.append(aligned(box, width, align))
    return beside(parts)


# Scripts and accents.


def _scripted(node: Scripted) -> Box:
    if node.limits:
        return _limits(node)
    base = picture(node.base)
    if base.height == 1:
        base = boxed(script_base(node, base.rows[0]))
    elif isinstance(node.base, Row):
        script_base(node, "")
    elif is_compound(node):
        base = _fenced("(", base, ")")
    above, below = _small_box(node.above), _small_box(node.below)
    over = raised(above.rows[0]) if above and above.height == 1 else ""
    under = lowered(below.rows[0]) if below and below.height == 1 else ""
    if (over or not above) and (under or not below):
        return _with_small_forms(base, over, under)
    return _with_boxes(base, above, below, over, under)


def _with_small_forms(base: Box, over: str, under: str) -> Box:
    if base.height == 1:
        return boxed(base.rows[0] + under + over)
    column = [""] * base.height
    column[0], column[-1] = over, under
    width = max(len(over), len(under))
    return beside([base, Box(tuple(text.ljust(width) for text in column), base.base)])


def _with_boxes(base: Box, above: Box | None, below: Box | None, over: str, under: str) -> Box:
    """Return a base with its scripts in rows of their own, but for one that has a small form in its row."""
    if base.height == 1 and under:
        base, below = boxed(base.rows[0] + under), None
    elif base.height == 1 and over and not below:
        base, above = boxed(base.rows[0] + over), None
    scripts = [box for box in (above, below) if box is not None]
    width = max(box.width for box in scripts)
    rows = [blank(base.height, width)]
    if above is not None:
        rows.insert(0, aligned(above, width, "l"))
    if below is not None:
        rows.append(aligned(below, width, "l"))
    column = stacked(rows, 0, "l")
    return beside([base, Box(column.rows, (above.height if above else 0) + base.base)])


def _small_box(node: Node | None) -> Box | None:
    """Return a script in one line if that is possible, else in several rows."""
    if node is None:
        return None
    try:
        text = line_text(node, Size.SMALL).strip(" ")
    except NeedsRowsError:
        return picture(node)
    if not text:
        raise UnreadableError("a script is empty")
    return boxed(text)


def _limits(node: Scripted) -> Box:
    boxes = [
        box for box in (_small_box(node.above), picture(node.base), _small_box(node.below)) if box is not None
    ]
    return stacked(boxes, 0 if node.above is None else 1)


def _accented(node: Accented) -> Box:
    body = picture(node.body)
    if node.mark in _BRACED:
        body = aligned(body, max(body.width, _LEAST_BRACE), "c")
    if body.height == 1:
        try:
            return boxed(line_text(node))
        except NeedsRowsError:
            pass
    over, under = _marks(node.mark, body.width)
    boxes = [*([boxed(over)] if over else []), body, *([boxed(under)] if under else [])]
    return stacked(boxes, 1 if over else 0)


def _marks(mark: str, width: int) -> tuple[str, str]:
    """Return the rows over and under a body for a mark that spans it."""
    match mark:
        case "overline" | "bar":
            return "_" * width, ""
        case "underline":
            return "", "‾" * width
        case "overbrace":
            return _brace("╭", "┴", "╮", width), ""
        case "underbrace":
            return "", _brace("╰", "┬", "╯", width)
    if mark not in _OVER:
        raise UnreadableError(f"\\{mark} spans several characters")
    return _OVER[mark], ""


def _brace(left: str, point: str, right: str, width: int) -> str:
    half = (width - _LEAST_BRACE) // 2
    return left + BAR * half + point + BAR * (width - _LEAST_BRACE - half) + right
