"""A deck's own words where a screen has one line for them."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size

from quizapp.core.emphasis import without_emphasis
from quizapp.core.formulas_in_line import with_formulas
from quizapp.core.page.cells import cut_beside
from quizapp.core.plain import printable


def one_line(text: str, columns: int) -> str:
    """Return a text on one line of at most so many columns, with a sign where its end was cut off."""
    line = _line(without_emphasis(text))
    return line if cell_len(line) <= columns else set_cell_size(line, max(0, columns - 1)) + "…"


def name_in_line(name: str, columns: int, others: Iterable[str] = ()) -> str:
    """Return a name on one line, cut so that it differs from the others that stand in the same place."""
    return cut_beside(_line(name), max(1, columns), map(_line, others))


def _line(text: str) -> str:
    return " ".join(with_formulas(printable(text)).split())
