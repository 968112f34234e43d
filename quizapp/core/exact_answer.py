"""Says whether a typed text is the wanted one, nearly it, or something else."""

from __future__ import annotations

import math
import re
from enum import Enum, auto

from quizapp.core.prediction import LONGEST_ANSWER, AnswerError, parsed_number

LONGEST_TYPED = 500
"""More of a typed answer is not looked at."""

_RAISED = re.compile(r"[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ]+")
_RAISED_SIGNS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", "0123456789+-n")
_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "—": "-", "×": "·", "*": "·", "⋅": "·", "“": '"', "”": '"', "’": "'", "`": ""}
)
_ROOT = re.compile(r"\bsqrt ?(\((?P<inner>[^()]*)\)|(?P<bare>\w+))", re.IGNORECASE)
_SIMPLE_ROOT = re.compile(r"√\((\w+)\)")
_AROUND_SIGN = re.compile(r" ?([^\w\s]) ?")
_HYPHEN = re.compile(r"(?<=[^\W\d_]{2})-(?=[^\W\d_]{2})")
"""Between two letters on either side: what stands between single letters, as in x-y, is a minus."""
_DIGITS = re.compile(r"\d+")
_FORGIVEN = ((10, 2), (5, 1))
"""From this many letters on, so many may be wrong, missing or too many."""


class Likeness(Enum):
    """How near a typed answer came."""

    SAME = auto()
    NEAR = auto()
    OTHER = auto()


def likeness(typed: str, wanted: str, *, matches_case: bool = False) -> Likeness:
    """Return how near a typed answer is to the wanted one.

    Blanks, capitals (unless they count), hyphens between words, the form of minus signs, roots and powers do not matter,
    and a number is the number that it is. A letter or two off is near; another digit is not.
    """
    one, other = _plain(typed), _plain(wanted)
    if _spellings(one) & _spellings(other) or _same_number(one, other):
        return Likeness.SAME
    one, other = one.casefold(), other.casefold()
    if not matches_case and _spellings(one) & _spellings(other):
        return Likeness.SAME
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return Likeness.OTHER
    forgiven = next((count for letters, count in _FORGIVEN if len(other) >= letters), 0)
    return Likeness.NEAR if _differ_little(one, other, forgiven) else Likeness.OTHER


def _plain(text: str) -> str:
    plain = " ".join(text[:LONGEST_TYPED].translate(_SIGNS).split())
    plain = _ROOT.sub(lambda root: f"√({root['inner'] or root['bare']})", plain)
    plain = _RAISED.sub(lambda power: "^" + power[0].translate(_RAISED_SIGNS), plain)
    plain = _AROUND_SIGN.sub(r"\1", plain).rstrip(".")
    return _SIMPLE_ROOT.sub(r"√\1", plain)


def _spellings(text: str) -> set[str]:
    """Return a text with its words joined, and with them apart, where it has a hyphen between them."""
    return {_HYPHEN.sub(between, text) for between in ("", " ")}


def _same_number(one: str, other: str) -> bool:
    if max(len(one), len(other)) > LONGEST_ANSWER:
        return False
    try:
        return math.isclose(parsed_number(one), parsed_number(other), rel_tol=1e-9)
    except AnswerError:
        return False


def _differ_little(one: str, other: str, most: int) -> bool:
    """Return whether so many letters put in, taken out, changed or swapped make one text the other."""
    if abs(len(one) - len(other)) > most:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        older, before, row = before, row, [place]
        for column, wanted in enumerate(other, start=1):
            cost = min(before[column] + 1, row[column - 1] + 1, before[column - 1] + (letter != wanted))
            is_swap = place > 1 and column > 1 and letter == other[column - 2] and one[place - 2] == wanted
            row.append(min(cost, older[column - 2] + 1) if is_swap else cost)
        if min(row) > most:
            return False
    return row[-1] <= most
