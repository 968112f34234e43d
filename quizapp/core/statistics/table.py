"""A table of figures as lines of text: names left, figures right-aligned, and a bar where there is room for one."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.core.chart import meter
from quizapp.core.page.cells import cells, cut_beside, cut_within, shown

_BAR, _LEAST_NAME, _GAP = 12, 10, 2


@dataclass(frozen=True, slots=True)
class Row:
    """One line.

    Attributes:
        part: What the bar shows, from 0 to 1; None for no bar.
    """

    name: str
    cells: tuple[str, ...]
    part: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; `more` is how many were left out."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    more: int = 0


def table_lines(table: Table, width: int) -> list[str]:
    """Return the lines of a table, the head first, each of at most so many columns.

    Where the width is too small the bar goes first, then figures from the left one on, the last ones staying.
    """
    rows = [Row("", table.head), *table.rows]
    widths = [max(len(row.cells[column]) for row in rows) + _GAP for column in range(len(table.head))]
    longest = max(cells(one_line(row.name)) for row in rows)
    while widths and sum(widths) + min(longest, _LEAST_NAME) > width:
        widths.pop(0)
    has_bars = any(row.part is not None for row in rows)
    bar = (
        _BAR + _GAP if has_bars and sum(widths) + min(longest, 2 * _LEAST_NAME) + _BAR + _GAP <= width else 0
    )
    room = max(1, min(longest, width - sum(widths) - bar))
    names = [one_line(row.name) for row in rows]
    lines = [
        _line(row, cut_beside(name, room, names), widths, room, bar)
        for row, name in zip(rows, names, strict=True)
    ]
    return [*lines, *([f"… {table.more} more"] if table.more else [])]


def _line(row: Row, name: str, widths: list[int], room: int, bar: int) -> str:
    kept = row.cells[len(row.cells) - len(widths) :]
    figures = "".join(cell.rjust(columns) for cell, columns in zip(kept, widths, strict=True))
    drawn = "" if not bar or row.part is None else " " * _GAP + meter(row.part, bar - _GAP)
    return (name + " " * (room - cells(name)) + figures + drawn).rstrip()


def one_line(name: str, width: int = 1000) -> str:
    """Return a name of any script on one line, with … in its middle where it is wider than so many cells."""
    return cut_within(" ".join(shown(name).split()), width)
