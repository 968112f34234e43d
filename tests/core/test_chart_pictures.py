"""Charts as pictures: every dot and word of the drawing is there, as SVG and as PNG."""

from __future__ import annotations

import math
import struct
import zlib
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.chart import Axis, Chart, ChartKind, Drawing, Mark, Series, draw
from quizapp.core.chart.drawing import RoleKind, Run, role
from quizapp.core.chart.font import glyph
from quizapp.core.chart.ink import PAPER, ink
from quizapp.core.chart.png import to_png
from quizapp.core.chart.shapes import CELL_HIGH, CELL_WIDE, Box, Words, shapes
from quizapp.core.chart.svg import to_svg

SVG = "{http://www.w3.org/2000/svg}"
OWN = role(RoleKind.SERIES, 0)


def one(text: str) -> Drawing:
    """Return a drawing of one row of one role."""
    return Drawing(len(text), ((Run(text, OWN),),))


def pixels(png: bytes) -> list[list[tuple[int, int, int]]]:
    """Return the colours of a PNG picture's pixels, read by the book."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    parts, at = {}, 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + content)
        parts[kind] = content
        at += 12 + length
    wide, high, depth, colour, *_ = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    assert (depth, colour, list(parts)) == (8, 3, [b"IHDR", b"PLTE", b"IDAT", b"IEND"])
    palette = [(red, green, blue) for red, green, blue in zip(*[iter(parts[b"PLTE"])] * 3, strict=True)]
    data = zlib.decompress(parts[b"IDAT"])
    assert len(data) == high * (wide + 1)
    rows = [data[row * (wide + 1) : (row + 1) * (wide + 1)] for row in range(high)]
    assert {row[0] for row in rows} == {0}
    return [[palette[number] for number in row[1:]] for row in rows]


def test_braille_dots_stand_in_a_square_grid() -> None:
    """Each of the eight dots has its own box, three units from the next one."""
    corners = []
    for bit in range(8):
        (box,) = shapes(one(chr(0x2800 + (1 << bit))))
        assert isinstance(box, Box)
        corners.append((box.x - 0.5, box.y - 0.5))
    assert sorted(corners) == [(x, y) for x in (0, 3) for y in (0, 3, 6, 9)]
    assert len(list(shapes(one("⣿")))) == 8


def test_lines_meet_across_cells_and_words_stay_whole() -> None:
    """An axis has no gaps; a word is one text at its cell."""
    left, right = (list(shapes(one("──")))[number] for number in (1, 2))
    assert isinstance(left, Box)
    assert isinstance(right, Box)
    assert left.x + left.wide >= CELL_WIDE >= right.x - 1e-9
    words, *boxes = shapes(one("10²┤"))
    assert words == Words(0, 0, "10²", OWN)
    assert len(boxes) == 3


def test_the_svg_holds_the_words_and_the_dots() -> None:
    """It parses, escapes what is markup, and sets every word at its own cell's width."""
    chart = Chart(
        (Series("a<b & c", (1.0, 2.0, 3.0)),), Axis("layer"), Axis("loss"), (Mark(2.0, "you said 2"),)
    )
    document = ET.fromstring(to_svg(draw(chart, 60, 16), "what <this> is"))
    assert document.findtext(f"{SVG}title") == "what <this> is"
    texts = document.findall(f".//{SVG}text")
    words = " ".join(text.text or "" for text in texts)
    for word in ("a<b & c", "layer", "loss", "you said 2"):
        assert word in words
    for text in texts:
        assert float(text.attrib["textLength"]) == len(text.text or "") * CELL_WIDE
    assert all(path.attrib["d"].startswith("M") for path in document.findall(f".//{SVG}path"))


def test_the_png_shows_dots_and_letters_in_their_colours() -> None:
    """A dot is four pixels square; a letter is its glyph, two pixels a pixel; the rest is paper."""
    shown = pixels(to_png(one("⠁L")))
    assert (len(shown[0]), len(shown)) == ((2 * 6 + 12) * 2, (12 + 12) * 2)
    inked = {(x, y) for y, row in enumerate(shown) for x, colour in enumerate(row) if colour != PAPER}
    assert {shown[y][x] for x, y in inked} == {ink(OWN)}
    dot = {(x, y) for x, y in inked if x < 12 + 2 * CELL_WIDE}
    assert dot == {(x, y) for x in range(13, 17) for y in range(13, 17)}
    letter = inked - dot
    assert len(letter) == 4 * sum(column.bit_count() for column in glyph("L"))


@pytest.mark.parametrize("char", "Aé⁷₃−√α●▲€ﬁ字")
def test_every_sign_has_a_glyph(char: str) -> None:
    """An accented letter is its base, an unknown sign an empty box; none is blank."""
    assert any(glyph(char))
    assert len(glyph(char)) == 5
    assert glyph("é") == glyph("e")
    assert glyph("字") == glyph("€") != glyph("A")


def test_no_two_common_signs_look_alike() -> None:
    """Letters, digits and signs of the charts can be told apart; − and - may not."""
    signs = [chr(code) for code in range(0x21, 0x7F)] + list("×±≈√∞∂αβχφσλρε●○■□◆◇★☆▲▼▶◀⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
    assert len({glyph(sign) for sign in signs}) == len(signs)


def test_colours_thin_out_towards_paper() -> None:
    """Shades of a heat map lie between the series' colour and paper."""
    shades = [ink(OWN, strength) for strength in (0.0, 0.3, 0.55, 0.8, 1.0)]
    assert shades[0] == PAPER
    assert shades == sorted(shades, reverse=True)
    assert len({ink(role(RoleKind.SERIES, index)) for index in range(6)}) == 6


@given(
    st.lists(st.floats() | st.just(math.inf), max_size=12),
    st.sampled_from(ChartKind),
    st.integers(1, 90),
    st.integers(1, 30),
)
def test_every_chart_becomes_a_picture(values: list[float], kind: ChartKind, width: int, height: int) -> None:
    """Whatever is drawn stays inside its picture, and both pictures are well formed."""
    drawing = draw(
        Chart((Series("s", tuple(values)), Series("t", (1.0,), faint=True)), kind=kind), width, height
    )
    for shape in shapes(drawing):
        right = shape.wide if isinstance(shape, Box) else len(shape.text) * CELL_WIDE
        assert 0 <= shape.x <= shape.x + right <= width * CELL_WIDE + 1e-9
        assert 0 <= shape.y < height * CELL_HIGH
    ET.fromstring(to_svg(drawing, "t"))
    assert len(pixels(to_png(drawing))) == (height * 12 + 12) * 2
