"""The environments of a formula: matrices, cases and alignments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from quizapp.core.maths.tree import Matrix, Node, Row, UnreadableError

MOST_COLUMNS = 30


@dataclass(frozen=True, slots=True)
class Environment:
    """How an environment sets its cells; `aligns` is repeated for as many columns as there are."""

    aligns: str
    left: str = ""
    right: str = ""
    paired: bool = False
    most: int = MOST_COLUMNS


_ALIGNMENT = Environment("rl", paired=True)
_GATHERED = Environment("c", most=1)
ENVIRONMENTS = {
    "matrix": Environment("c"),
    "smallmatrix": Environment("c"),
    "pmatrix": Environment("c", "(", ")"),
    "bmatrix": Environment("c", "[", "]"),
    "Bmatrix": Environment("c", "{", "}"),
    "vmatrix": Environment("c", "|", "|"),
    "Vmatrix": Environment("c", "‖", "‖"),
    "array": Environment("c"),
    "cases": Environment("l", "{", "", most=2),
    "dcases": Environment("l", "{", "", most=2),
    "rcases": Environment("l", "", "}", most=2),
    "aligned": _ALIGNMENT,
    "align": _ALIGNMENT,
    "split": Environment("rl", paired=True, most=2),
    "gathered": _GATHERED,
    "gather": _GATHERED,
    "equation": _GATHERED,
}
TAKE_PLACES = ("aligned", "gathered", "array")
"""Those whose place on the line of their neighbours may be given, as `[t]`: the layout here keeps the middle."""
TAKE_ALIGNS = tuple(f"{name}*" for name in ENVIRONMENTS if name.endswith("matrix"))
"""Those whose columns may be given an alignment, as `[r]`."""
_COLUMNS = re.compile(r"[lcr]+")


def matrix(name: str, rows: Sequence[Sequence[Node]], aligns: str = "") -> Matrix:
    """Return the cells of an environment, the short rows filled; `aligns` is what an array says of its columns.

    Raises:
        UnreadableError: It has no cell, too many columns, or columns that an array does not announce.
    """
    kind = ENVIRONMENTS[name]
    # A line end after the last row begins no row.
    kept = rows[:-1] if len(rows) > 1 and list(rows[-1]) == [Row(())] else rows
    columns = max(map(len, kept))
    most = len(aligns) if name == "array" else kind.most
    if columns > min(most, MOST_COLUMNS) or (name == "array" and not _COLUMNS.fullmatch(aligns)):
        raise UnreadableError("the columns do not fit their environment")
    if all(cell == Row(()) for row in kept for cell in row):
        raise UnreadableError("an environment is empty")
    cells = tuple((*row, *[Row(())] * (columns - len(row))) for row in kept)
    chosen = "".join(islice(cycle(aligns or kind.aligns), columns))
    return Matrix(cells, chosen, kind.left, kind.right, paired=kind.paired)
