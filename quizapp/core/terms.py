"""Reads the terms of a text: words by their stems, and the numbers, roots and fractions of technical writing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quizapp.core.prediction import AnswerError, parsed_number
from quizapp.core.stem import stem

_NUMBER = r"(?:\d{1,3}(?:[ ,\u00a0\u2009\u202f]\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_RAISED = r"[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ]+"
_POWER = rf"(?:\^\(?[-−+]?\w{{1,8}}\)?|{_RAISED})"
_NAME = r"[^\W\d_][^\W_]*(?:\^\(?[-−+]?\w{1,8}\)?|['’]s\b)?"
_ROOT = rf"(?:√|\bsqrt)[ ]?(?:\([^()\n]{{1,24}}\)|\d+(?:\.\d+)?{_POWER}?|[^\W\d_]{_POWER}?)"
_ATOM = rf"(?:{_ROOT}|{_NUMBER}{_POWER}?|[^\W\d_](?![^\W_]))"
_TERM = re.compile(
    rf"""
      (?P<fraction>{_ATOM}[ ]?/[ ]?{_ATOM})
    | (?P<root>{_ROOT})
    | (?P<number>{_NUMBER}(?:[ ]?[·×⋅*][ ]?10{_POWER}|e[-+−]?\d+|{_POWER})|10{_POWER})
    | (?P<times>\d+[ ]?[×x][ ]?\d+(?![\w.]))
    | (?P<plain>{_NUMBER})
    | (?P<half>[½⅓⅔¼¾⅛])
    | (?P<name>{_NAME})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_GROUPED = re.compile(r"(?<=\d)[ ,\u00a0\u2009\u202f](?=\d{3})")
_RAISED_SIGNS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", "0123456789+-n")
_RAISED_RUN = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ]+")
_LOWERED_SIGNS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_GREEK_NAMES = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi
    omega
    """
_GREEK = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _GREEK_NAMES.split(), strict=True))
_HALVES = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅛": "1/8"}
_BRITISH = re.compile(r"(?<=[a-z]{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)")
_SPELLED = {
    word: str(number)
    for number, word in enumerate(
        ("zero", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    )
    if word
}
_FIGURES = 3
"""Numbers that have these figures in common are the same: 16.94 and 16.9. Smaller whole ones are taken at their word."""
_COUNTED_BELOW = 1e6


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a text: what it is compared by, and the characters of the text that it stands on.

    Attributes:
        is_slight: A single letter or a small whole number, which stands in many a sentence by chance.
    """

    key: str
    start: int
    end: int
    is_slight: bool = False


def terms(text: str) -> tuple[Term, ...]:
    """Return the terms of a text in order, stop words included."""
    return tuple(_term(found) for found in _TERM.finditer(text))


def _term(found: re.Match[str]) -> Term:
    kind, written = found.lastgroup, found.group()
    match kind:
        case "fraction":
            above, _, below = written.partition("/")
            key = f"{_atom(above)}/{_atom(below)}"
        case "times":
            key = re.sub(r"[ ×x]+", "x", written.casefold())
        case "half":
            key = _HALVES[written]
        case _:
            key = _atom(written)
    is_slight = len(key) == 1 or written in _GREEK
    return Term(key, *found.span(), is_slight=is_slight)


def _atom(written: str) -> str:
    """Return the key of a root, a number or a word."""
    plain = written.strip().casefold()
    if plain.startswith(("√", "sqrt")):
        inner = plain.removeprefix("√").removeprefix("sqrt").strip().removeprefix("(").removesuffix(")")
        return "√" + "".join(term.key if term.key.isalnum() else f"({term.key})" for term in terms(inner))
    if plain[:1].isdigit():
        return _number(plain)
    return _name(plain)


def _number(written: str) -> str:
    try:
        value = parsed_number(_GROUPED.sub("", written))
    except AnswerError:
        return _without_raised(written)
    is_count = not value % 1 and abs(value) < _COUNTED_BELOW
    return f"{value:.0f}" if is_count else f"{value:.{_FIGURES}g}"


def _name(written: str) -> str:
    plain = _RAISED_RUN.sub(lambda power: "^" + power[0].translate(_RAISED_SIGNS), written)
    plain = (
        plain.translate(_LOWERED_SIGNS).replace("(", "").replace(")", "").replace("−", "-").replace("’", "'")
    )
    plain = _SPELLED.get(plain.removesuffix("'s"), plain.removesuffix("'s"))
    if plain in _GREEK:
        return _GREEK[plain]
    return stem(_BRITISH.sub("iz", plain)) if plain.isalpha() else plain


def _without_raised(written: str) -> str:
    plain = _RAISED_RUN.sub(lambda power: "^" + power[0].translate(_RAISED_SIGNS), written)
    return plain.replace("(", "").replace(")", "").replace("−", "-")
