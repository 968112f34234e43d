"""A font of 5 by 7 pixels for the words of a chart that is written as pixels.

Each glyph is five columns in hexadecimal, from the left; the lowest bit of a column is its top row, bit 6 stands on the
baseline and bit 7 below it. A sign that is not here is drawn as what it decomposes to, else as an empty box.
"""

from __future__ import annotations

import unicodedata
from functools import cache

GLYPH_WIDE, GLYPH_HIGH = 5, 8

_ASCII = tuple(
    """
0000000000 00005F0000 0003000300 147F147F14 242A7F2A12 2313086462 3649562050 0000030000
001C224100 0041221C00 14083E0814 08083E0808 0080600000 0808080808 0000600000 2010080402
3E5149453E 00427F4000 6251494946 2241494936 1814127F10 2745454539 3C4A494930 0171090503
3649494936 064949291E 0000360000 0080360000 0814224100 1414141414 0041221408 0201510906
3E415D551E 7E0909097E 7F49494936 3E41414122 7F4141413E 7F49494941 7F09090901 3E4149497A
7F0808087F 00417F4100 2040413F01 7F08142241 7F40404040 7F020C027F 7F0408107F 3E4141413E
7F09090906 3E4151215E 7F09192946 2649494932 01017F0101 3F4040403F 1F2040201F 3F4038403F
6314081463 0304780403 6151494543 007F414100 0204081020 0041417F00 0402010204 4040404040
0001020000 2054545478 7F48444438 3844444428 384444487F 3854545418 00087E0902 18A4A4A47C
7F08040478 00447D4000 0080847D00 7F10284400 00417F4000 7C04780478 7C08040478 3844444438
FC24242418 18242424FC 7C08040408 4854545424 00043F4420 3C4040207C 1C2040201C 3C4038403C
4428102844 1CA0A0A07C 4464544C44 0008364100 00007F0000 0041360800 0402040810
""".split()  # noqa: SIM905 - 95 strings of their own would hide the table
)
_OTHERS = {
    "·": "0000080000",
    "−": "0808080808",
    "–": "0808080808",
    "—": "0808080808",
    "…": "4000400040",
    "×": "0022140822",
    "±": "44445F4444",
    "≈": "2412241224",
    "≤": "5058545250",
    "≥": "5052545850",
    "√": "1020407E02",
    "∞": "1C2A1C2A1C",
    "∂": "3048494A3C",
    "→": "08082A1C08",
    "←": "081C2A0808",
    "°": "0006090600",
    "½": "0F10087251",
    "‖": "00007F007F",
    "′": "0000040300",
    "∝": "1C22221C22",
    "∇": "0618601806",
    "α": "3844443844",
    "β": "FE25252A10",
    "γ": "0C10E0100C",
    "δ": "304A4D4930",
    "ε": "2854545444",
    "θ": "3C4A4A4A3C",
    "λ": "4128101060",
    "μ": "FC2020103C",
    "π": "443C047C44",
    "ρ": "F824242418",
    "σ": "3844444C34",
    "τ": "04043C4444",
    "φ": "1824FE2418",
    "χ": "C42818A442",
    "ω": "3844304438",
    "Δ": "605C435C60",
    "Σ": "6355494141",
    "Π": "417F01417F",
    "∏": "017F01017F",
    "ℓ": "10087E4920",
    "●": "1C3E3E3E1C",
    "○": "1C2222221C",
    "◉": "1C2A3E2A1C",
    "■": "3E3E3E3E3E",
    "□": "3E2222223E",
    "▣": "3E223A223E",
    "◆": "081C3E1C08",
    "◇": "0814221408",
    "★": "241E0F1E24",
    "☆": "241A091A24",
    "▲": "30383E3830",
    "▼": "060E3E0E06",
    "▶": "003E1C0800",
    "◀": "00081C3E00",
}
_SMALL = ("0E110E", "001F00", "191512", "15150A", "07041F", "17150D", "1E150D", "01011F", "0A150A", "16150F")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉"
_BOX = bytes((0x7F, 0x41, 0x41, 0x41, 0x7F))


@cache
def glyph(char: str) -> bytes:
    """Return the columns of a character, the lowest bit of each its top row."""
    if 0x20 <= ord(char) < 0x20 + len(_ASCII):
        return bytes.fromhex(_ASCII[ord(char) - 0x20])
    if char in _OTHERS:
        return bytes.fromhex(_OTHERS[char])
    if char in _RAISED:
        return bytes.fromhex(_SMALL[_RAISED.index(char)]) + bytes(2)
    if char in _LOWERED:
        return bytes(column << 3 for column in bytes.fromhex(_SMALL[_LOWERED.index(char)])) + bytes(2)
    if char == "⁻":
        return bytes((4, 4, 4, 0, 0))
    base = unicodedata.normalize("NFKD", char)[0]
    return glyph(base) if base != char else _BOX
