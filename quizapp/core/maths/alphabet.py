"""Letters and digits in another alphabet of mathematics, and raised or lowered ones.

Source: The Unicode Standard, blocks "Mathematical Alphanumeric Symbols", "Letterlike Symbols", "Superscripts and
Subscripts", "Phonetic Extensions" and "Spacing Modifier Letters".
"""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase, digits

_GREEK_CAPITALS = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇"
_GREEK_SMALL = "αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ"


def _letters(capitals: int, small: int | None, numbers: int | None = None) -> dict[str, str]:
    found = {letter: chr(capitals + place) for place, letter in enumerate(ascii_uppercase)}
    if small is not None:
        found |= {letter: chr(small + place) for place, letter in enumerate(ascii_lowercase)}
    if numbers is not None:
        found |= {digit: chr(numbers + place) for place, digit in enumerate(digits)}
    return found


_BOLD = _letters(0x1D400, 0x1D41A, 0x1D7CE)
_BOLD_GREEK = {
    **{letter: chr(0x1D6A8 + place) for place, letter in enumerate(_GREEK_CAPITALS)},
    **{letter: chr(0x1D6C2 + place) for place, letter in enumerate(_GREEK_SMALL)},
}
# These capitals are older than their block and stand elsewhere.
_SCRIPT = _letters(0x1D49C, None) | dict(zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True))
_DOUBLE = _letters(0x1D538, 0x1D552, 0x1D7D8) | dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
_FRAKTUR = _letters(0x1D504, 0x1D51E) | dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True))

ALPHABETS: dict[str, dict[str, str]] = {
    "mathbf": _BOLD,
    "boldsymbol": _BOLD | _BOLD_GREEK,
    "bm": _BOLD | _BOLD_GREEK,
    "pmb": _BOLD | _BOLD_GREEK,
    "mathbb": _DOUBLE,
    "mathbbm": _DOUBLE,
    "mathds": _DOUBLE,
    "mathcal": _SCRIPT,
    "mathscr": _SCRIPT,
    "mathfrak": _FRAKTUR,
    "mathsf": _letters(0x1D5A0, 0x1D5BA, 0x1D7E2),
    "mathtt": _letters(0x1D670, 0x1D68A, 0x1D7F6),
}
"""By the command that asks for the alphabet."""

UPRIGHT = ("mathrm", "mathit", "mathnormal", "rm")
"""Alphabets that a terminal's own letters stand for."""

_RAISED = {
    **dict(zip("0123456789+−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾", strict=True)),
    **dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True)),
    **dict(zip("ABDEGHIJKLMNOPRTUVW", "ᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ", strict=True)),
    **dict(zip("βγδθφχ", "ᵝᵞᵟᶿᵠᵡ", strict=True)),
    **dict(zip("′″‴", "′″‴", strict=True)),
    "∘": "°",
}
_LOWERED = {
    **dict(zip("0123456789+−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True)),
    **dict(zip("aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)),
    **dict(zip("βγρφχ", "ᵦᵧᵨᵩᵪ", strict=True)),
}


def raised(text: str) -> str:
    """Return the text as superscript characters; nothing where one of them has no such form."""
    return _mapped(text, _RAISED)


def lowered(text: str) -> str:
    """Return the text as subscript characters; nothing where one of them has no such form."""
    return _mapped(text, _LOWERED)


def _mapped(text: str, forms: dict[str, str]) -> str:
    return "".join(forms[char] for char in text) if all(char in forms for char in text) else ""
