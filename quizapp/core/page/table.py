"""Lays out tables: aligned columns that share the width, or one record a row where they do not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from quizapp.core.page.inline import Piece
from quizapp.core.page.model import Line, Run, Style, behind, joined
from quizapp.core.page.wrap import wrapped

NARROWEST = 8
"""A column that has to wrap in fewer cells than this is no longer readable."""

_BAR = Run(" │ ", (Style.TABLE_RULE,))
_UNBOUNDED = 1_000_000


class Align(StrEnum):
    """Where a column's text stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    cells: tuple[tuple[Piece, ...], ...]
    source_line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is written; each row has as many cells as the head."""

    head: Row
    rows: tuple[Row, ...]
    aligns: tuple[Align, ...]


def table_lines(table: Table, width: int) -> list[Line]:
    """Return the lines of a table."""
    columns = _shared(_natural_widths(table), width - len(_BAR.text) * (len(table.aligns) - 1))
    return _columns(table, columns) if columns else _records(table, width)


def _natural_widths(table: Table) -> list[int]:
    rows = (table.head, *table.rows)
    return [
        max(1, *(line.width for row in rows for line in wrapped(row.cells[column], _UNBOUNDED)), 1)
        for column in range(len(table.aligns))
    ]


def _shared(natural: list[int], room: int) -> list[int]:
    """Return the widths of the columns, the widest ones cut alike, or none where the room is too small."""
    if sum(natural) <= room:
        return natural
    left, columns = room, len(natural)
    for width in sorted(natural):
        if width * columns > left:
            break
        left, columns = left - width, columns - 1
    cap, spare = divmod(max(0, left), max(1, columns))
    if cap < NARROWEST:
        return []
    widths = [min(width, cap) for width in natural]
    for column in [place for place, width in enumerate(natural) if width > cap][:spare]:
        widths[column] += 1
    return widths


def _columns(table: Table, widths: list[int]) -> list[Line]:
    rows = [_row(row, widths, table.aligns) for row in table.rows]
    has_wrapped = any(len(row) > 1 for row in rows)
    lines = _row(table.head, widths, table.aligns)
    lines.append(_rule(widths, table.head.source_line + 1))
    for place, row in enumerate(rows):
        if place and has_wrapped:
            # Only a rule tells where a row of several lines ends.
            lines.append(_rule(widths, row[0].source_line))
        lines += row
    return lines


def _row(row: Row, widths: list[int], aligns: Sequence[Align]) -> list[Line]:
    columns = [wrapped(cell, width) for cell, width in zip(row.cells, widths, strict=True)]
    empty = Line((), row.source_line)
    return [
        _row_line(parts, widths, aligns, row.source_line) for parts in zip_longest(*columns, fillvalue=empty)
    ] or [empty]


def _row_line(parts: Sequence[Line], widths: list[int], aligns: Sequence[Align], source_line: int) -> Line:
    runs: list[Run] = []
    for place, (part, width, align) in enumerate(zip(parts, widths, aligns, strict=True)):
        before = {Align.LEFT: 0, Align.RIGHT: width - part.width, Align.CENTER: (width - part.width) // 2}[
            align
        ]
        after = width - part.width - before if place < len(widths) - 1 else 0
        runs += [_BAR] if place else []
        runs += [Run(" " * before), *part.runs, Run(" " * after)]
    return Line(joined(runs), source_line)


def _rule(widths: list[int], source_line: int) -> Line:
    return Line((Run("─┼─".join("─" * width for width in widths), (Style.TABLE_RULE,)),), source_line)


def _records(table: Table, width: int) -> list[Line]:
    """Return `head: value` lines, a blank line between two rows."""
    lines: list[Line] = []
    for row in table.rows or (table.head,):
        if lines:
            lines.append(Line((), lines[-1].source_line))
        for head, value in zip(table.head.cells, row.cells, strict=True):
            lines += _field(head, value, row.source_line, width)
    return lines


def _field(head: tuple[Piece, ...], value: tuple[Piece, ...], source_line: int, width: int) -> list[Line]:
    indent = 2 if width >= 2 * NARROWEST else 0
    name = [Piece(piece.text, piece.styles, source_line) for piece in head]
    colon = [Piece(": ", (Style.TABLE_HEAD,), source_line)] if head else []
    lines = wrapped([*name, *colon, *value], width - indent)
    blank = Run(" " * indent)
    return behind(Run(""), blank, lines)
