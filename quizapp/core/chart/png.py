"""A drawing as a PNG picture of indexed colours, without a library: boxes are filled, words are set in our own font."""

from __future__ import annotations

import struct
import zlib

from quizapp.core.chart.drawing import Drawing
from quizapp.core.chart.font import GLYPH_HIGH, glyph
from quizapp.core.chart.ink import PAPER, Colour, ink
from quizapp.core.chart.shapes import CELL_HIGH, CELL_WIDE, Box, Words, shapes

SCALE = 2
"""Pixels for a unit: dots are four pixels wide with two between them, letters ten wide and fourteen high."""
_MARGIN = round(CELL_WIDE)
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GLYPH_TOP = 2  # units from the top of the cell to the top of a letter


class _Pixels:
    """Rows of colour numbers; a colour gets its number when it is first used."""

    def __init__(self, wide: int, high: int) -> None:
        self.wide = wide
        self.rows = [bytearray(wide) for _ in range(high)]
        self.colours: dict[Colour, int] = {PAPER: 0}

    def fill(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        """Fill what lies between these places, in units without the margin."""
        first, last = (min(self.wide, round((place + _MARGIN) * SCALE)) for place in (left, right))
        ink_bytes = bytes([self.colours.setdefault(colour, len(self.colours))]) * (last - first)
        for row in range(round((top + _MARGIN) * SCALE), round((bottom + _MARGIN) * SCALE)):
            self.rows[row][first:last] = ink_bytes


def to_png(drawing: Drawing) -> bytes:
    """Return the drawing as the bytes of a PNG file."""
    wide, high = drawing.width * CELL_WIDE + 2 * _MARGIN, drawing.height * CELL_HIGH + 2 * _MARGIN
    pixels = _Pixels(round(wide * SCALE), round(high * SCALE))
    for shape in shapes(drawing):
        if isinstance(shape, Box):
            right, bottom = shape.x + shape.wide, shape.y + shape.high
            pixels.fill(shape.x, shape.y, right, bottom, ink(shape.role, shape.strength))
        else:
            _set(pixels, shape)
    return _file(pixels)


def _set(pixels: _Pixels, words: Words) -> None:
    """Set words pixel by pixel, each character in its cell."""
    colour = ink(words.role)
    for number, char in enumerate(words.text):
        for column, bits in enumerate(glyph(char)):
            x = words.x + number * CELL_WIDE + column
            for line in range(GLYPH_HIGH):
                if bits >> line & 1:
                    y = words.y + _GLYPH_TOP + line
                    pixels.fill(x, y, x + 1, y + 1, colour)


def _file(pixels: _Pixels) -> bytes:
    """Return the pixels as a PNG file: 8 bits a pixel, each the number of a colour (PNG specification, section 11)."""
    header = struct.pack(">IIBBBBB", pixels.wide, len(pixels.rows), 8, 3, 0, 0, 0)
    lines = b"".join(b"\0" + bytes(row) for row in pixels.rows)  # each line begins with its filter: none
    parts = (
        (b"IHDR", header),
        (b"PLTE", b"".join(map(bytes, pixels.colours))),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    )
    return _SIGNATURE + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
