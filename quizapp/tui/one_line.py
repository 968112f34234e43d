"""A deck's own words where a screen has one line for them."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from quizapp.core.formulas_in_line import with_formulas
from quizapp.core.plain import printable


def one_line(text: str, columns: int) -> str:
    """Return a text on one line of at most so many columns, with a sign where its end was cut off."""
    line = " ".join(with_formulas(printable(text)).split())
    return line if cell_len(line) <= columns else set_cell_size(line, max(0, columns - 1)) + "…"
