"""Lays a formula out, or says that its source has to do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from quizapp.core.maths.box import Box, beside, blank, stacked
from quizapp.core.maths.line import line_chunks
from quizapp.core.maths.parser import parsed
from quizapp.core.maths.picture import RowPart, picture, row_parts
from quizapp.core.maths.tree import Kind, NeedsRowsError, Node, Row, UnreadableError

_KEPT = 512


@lru_cache(maxsize=_KEPT)
def one_line(source: str) -> tuple[str, ...] | None:
    """Return a formula as text in pieces, a blank between two, after which a line may end; None where it has none."""
    try:
        return line_chunks(parsed(source)) or None
    except UnreadableError:
        return None


@lru_cache(maxsize=_KEPT)
def needs_rows(source: str) -> bool:
    """Return whether a formula is one that only several rows can show."""
    try:
        tree = parsed(source)
        try:
            line_chunks(tree)
        except NeedsRowsError:
            picture(tree)
            return True
    except UnreadableError:
        pass
    return False


@lru_cache(maxsize=_KEPT)
def display(source: str, width: int) -> tuple[str, ...] | None:
    """Return a formula as rows of at most `width` cells, without blanks at their ends; None where that is impossible.

    What is too wide goes on below its first relation, as long chains of equations do in print.
    """
    try:
        tree = parsed(source)
        whole = picture(tree)
        if whole.width > width:
            whole = _broken(tree, width)
    except UnreadableError:
        return None
    rows = [row.rstrip(" ") for row in whole.rows]
    return tuple(rows) if whole.width <= width and any(rows) else None


def _broken(tree: Node, width: int) -> Box:
    """Return a formula in lines that begin with the relations of its row.

    Raises:
        UnreadableError: It has no two relations, or a line is still too wide.
    """
    parts = row_parts(tree.nodes) if isinstance(tree, Row) else []
    starts = _relations(parts)
    if len(starts) < 2:
        raise UnreadableError("the formula is too wide")
    head = beside([part.box for part in parts[: starts[0]]]) if starts[0] else blank(1)
    ends = [*starts[1:], len(parts)]
    lines = [beside([part.box for part in parts[start:end]]) for start, end in zip(starts, ends, strict=True)]
    first, *others = lines
    boxes = [beside([head, first]), *(beside([blank(1, head.width), line]) for line in others)]
    if any(box.width > width for box in boxes):
        raise UnreadableError("the formula is too wide")
    is_airy = any(box.height > 1 for box in boxes)
    return stacked(
        [part for box in boxes for part in ((blank(1), box) if is_airy else (box,))][is_airy:], 0, "l"
    )


def _relations(parts: Sequence[RowPart]) -> list[int]:
    """Return where relations stand that no bracket holds."""
    found, depth = [], 0
    for place, part in enumerate(parts):
        depth += (part.kind is Kind.OPENING) - (part.kind is Kind.CLOSING)
        if part.kind is Kind.RELATION and depth <= 0 and place:
            found.append(place)
    return found
