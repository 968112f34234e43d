"""A drawing as shapes: boxes for dots, bars and lines, so that a picture needs no font for them, and words for the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.core.chart.drawing import Drawing, Role, RoleKind

CELL_WIDE, CELL_HIGH = 6.0, 12.0
"""A cell in units: its eight dots then stand in a square grid, three units apart."""
_DOT, _INSET = 2.0, 0.5
_DOT_BITS = (
    (0x01, 0, 0),
    (0x02, 0, 1),
    (0x04, 0, 2),
    (0x40, 0, 3),
    (0x08, 1, 0),
    (0x10, 1, 1),
    (0x20, 1, 2),
    (0x80, 1, 3),
)
_MIDDLE, _HALF_LINE = (CELL_WIDE / 2, CELL_HIGH / 2), 0.5
# Which half lines meet in the middle of the cell: left, right, up, down; heavy ones are twice as thick.
_LINES = {
    "│": "ud",
    "─": "lr",
    "└": "ur",
    "┬": "lrd",
    "┤": "lud",
    "┼": "lrud",
    "┃": "UD",
    "━": "LR",
    "╌": "l",
    "╎": "u",
}
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_LEVELS = " ▁▂▃▄▅▆▇█"
_SHADES = {"░": 0.3, "▒": 0.55, "▓": 0.8}


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle in units from the top left. `strength` 1 is the role's full colour, 0 the background's."""

    x: float
    y: float
    wide: float
    high: float
    role: Role
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Words:
    """Single-cell characters from a cell on; `x` and `y` are its top left corner in units."""

    x: float
    y: float
    text: str
    role: Role


def shapes(drawing: Drawing) -> Iterator[Box | Words]:
    """Yield what the drawing consists of, row by row."""
    for row, runs in enumerate(drawing.rows):
        col = 0
        for run in runs:
            if run.role.kind is not RoleKind.BLANK:
                yield from _run_shapes(run.text, run.role, col * CELL_WIDE, row * CELL_HIGH)
            col += len(run.text)


def _run_shapes(text: str, role: Role, x: float, y: float) -> Iterator[Box | Words]:
    """Yield a box for each sign that is a picture; the characters between them stay together."""
    words, start = "", x
    for char in text:
        boxes = list(_boxes(char, role, x, y))
        if boxes:
            if words.strip():
                yield Words(start, y, words, role)
            yield from boxes
            words, start = "", x + CELL_WIDE
        else:
            words += char
        x += CELL_WIDE
    if words.strip():
        yield Words(start, y, words, role)


def _boxes(char: str, role: Role, x: float, y: float) -> Iterator[Box]:
    if "\u2801" <= char <= "\u28ff":
        dots = ord(char) - 0x2800
        for bit, right, down in _DOT_BITS:
            if dots & bit:
                yield Box(x + 3 * right + _INSET, y + 3 * down + _INSET, _DOT, _DOT, role)
    elif char in _LINES:
        yield from (_half_line(side, role, x, y) for side in _LINES[char])
    elif char in _SHADES:
        yield Box(x, y, CELL_WIDE, CELL_HIGH, role, _SHADES[char])
    elif char != " " and char in _EIGHTHS:
        yield Box(x, y, CELL_WIDE * _EIGHTHS.index(char) / 8, CELL_HIGH, role)
    elif char == "▐":
        yield Box(x + CELL_WIDE / 2, y, CELL_WIDE / 2, CELL_HIGH, role)
    elif char != " " and char in _LEVELS:
        high = CELL_HIGH * _LEVELS.index(char) / 8
        yield Box(x, y + CELL_HIGH - high, CELL_WIDE, high, role)


def _half_line(side: str, role: Role, x: float, y: float) -> Box:
    """Return the line from an edge of the cell to its middle, and over it by half the line's thickness."""
    half = _HALF_LINE * (2 if side.isupper() else 1)
    across, down = _MIDDLE
    match side.lower():
        case "l":
            return Box(x, y + down - half, across + half, 2 * half, role)
        case "r":
            return Box(x + across - half, y + down - half, CELL_WIDE - across + half, 2 * half, role)
        case "u":
            return Box(x + across - half, y, 2 * half, down + half, role)
        case _:
            return Box(x + across - half, y + down - half, 2 * half, CELL_HIGH - down + half, role)
