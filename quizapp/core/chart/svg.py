"""A drawing as an SVG picture: dots, bars and axes as paths, words as text of any monospaced font."""

from __future__ import annotations

from collections import defaultdict
from xml.sax.saxutils import escape

from quizapp.core.chart.drawing import Drawing, RoleKind
from quizapp.core.chart.ink import PAPER, Colour, ink
from quizapp.core.chart.shapes import CELL_HIGH, CELL_WIDE, Box, Words, shapes

SCALE = 1.5
"""Pixels for a unit, where nobody asks for another size."""
_MARGIN = CELL_WIDE
_FONT = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


def to_svg(drawing: Drawing, title: str) -> str:
    """Return the drawing as one SVG document; the title is what a screen reader says of it."""
    wide, high = drawing.width * CELL_WIDE + 2 * _MARGIN, drawing.height * CELL_HIGH + 2 * _MARGIN
    paths: defaultdict[Colour, list[str]] = defaultdict(list)
    words = []
    for shape in shapes(drawing):
        if isinstance(shape, Box):
            paths[ink(shape.role, shape.strength)].append(_box(shape))
        else:
            words.append(_text(shape))
    size = f'width="{wide * SCALE:g}" height="{high * SCALE:g}" viewBox="0 0 {wide:g} {high:g}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{wide:g}" height="{high:g}" fill="{_hex(PAPER)}"/>',
        f'<g transform="translate({_MARGIN:g} {_MARGIN:g})" font-family="{_FONT}" font-size="9.6">',
        *(f'<path fill="{_hex(colour)}" d="{"".join(boxes)}"/>' for colour, boxes in paths.items()),
        *words,
        "</g>",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _box(box: Box) -> str:
    return f"M{box.x:g} {box.y:g}h{box.wide:g}v{box.high:g}h{-box.wide:g}z"


def _text(words: Words) -> str:
    """Return words that keep to their cells, whatever the font's own width is."""
    blank = len(words.text) - len(words.text.lstrip())
    text = words.text.strip()
    weight = ' font-weight="bold"' if words.role.kind is RoleKind.TITLE else ""
    return (
        f'<text x="{words.x + blank * CELL_WIDE:g}" y="{words.y + 9:g}" textLength="{len(text) * CELL_WIDE:g}" '
        f'lengthAdjust="spacingAndGlyphs" fill="{_hex(ink(words.role))}"{weight}>{escape(text)}</text>'
    )


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
