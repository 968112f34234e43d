"""Rectangles of text with a baseline, set beside and over each other; widths are terminal cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.core.page.cells import cells


@dataclass(frozen=True, slots=True)
class Box:
    """Rows of one width. `base` is the row that stands on the line of its neighbours."""

    rows: tuple[str, ...]
    base: int = 0

    @property
    def width(self) -> int:
        """The cells that each row takes."""
        return cells(self.rows[0])

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.rows)


def boxed(text: str) -> Box:
    """Return a text as a box of one row."""
    return Box((text,))


def beside(boxes: Sequence[Box]) -> Box:
    """Return the boxes side by side on one baseline."""
    above = max((box.base for box in boxes), default=0)
    below = max((box.height - box.base for box in boxes), default=1)
    columns = [_filled(box, above - box.base, below - (box.height - box.base)) for box in boxes]
    return Box(tuple("".join(parts) for parts in zip(*columns, strict=True)) if columns else ("",), above)


def stacked(boxes: Sequence[Box], base: int, align: str = "c") -> Box:
    """Return the boxes from the top down, aligned `l`, `c` or `r`, on the baseline of one of them."""
    width = max(box.width for box in boxes)
    rows = tuple(row for box in boxes for row in aligned(box, width, align).rows)
    return Box(rows, sum(box.height for box in boxes[:base]) + boxes[base].base)


def aligned(box: Box, width: int, align: str) -> Box:
    """Return a box widened with blanks."""
    free = width - box.width
    before = {"l": 0, "c": free // 2, "r": free}[align]
    return Box(tuple(" " * before + row + " " * (free - before) for row in box.rows), box.base)


def blank(height: int, width: int = 0) -> Box:
    """Return an empty box of a size."""
    return Box((" " * width,) * height)


def _filled(box: Box, above: int, below: int) -> tuple[str, ...]:
    empty = " " * box.width
    return (*[empty] * above, *box.rows, *[empty] * below)
