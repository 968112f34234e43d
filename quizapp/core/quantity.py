"""Numbers with units as people type them: 98.3 MB, 0.0983 GB, 1.13·10¹⁵, 25.6 M parameters, 3 ms, 5 %."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quizapp.core.prediction import LONGEST_ANSWER, parsed_number

_DECIMAL = {
    "y": 1e-24, "z": 1e-21, "a": 1e-18, "f": 1e-15, "p": 1e-12, "n": 1e-9, "u": 1e-6, "µ": 1e-6, "μ": 1e-6, "m": 1e-3,
    "c": 1e-2, "d": 1e-1, "": 1.0, "da": 1e1, "h": 1e2, "k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15,
    "E": 1e18, "Z": 1e21, "Y": 1e24,
}  # fmt: skip
"""The SI's prefixes, and K, which many write for k. Source: SI Brochure, 9th edition, table 7."""
_BINARY = {f"{sign}i": 1024.0**power for power, sign in enumerate("KMGTPE", start=1)} | {"ki": 1024.0}
"""Source: IEC 80000-13."""
_COUNTS = {
    "k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "G": 1e9, "T": 1e12, "thousand": 1e3, "million": 1e6, "billion": 1e9,
    "trillion": 1e12,
}  # fmt: skip
"""What stands for a factor before things that are counted: 25.6 M parameters, a model of 7 B."""
_BASES = {
    "B": ("byte", 1.0), "byte": ("byte", 1.0), "bytes": ("byte", 1.0), "bit": ("byte", 0.125), "bits": ("byte", 0.125),
    "b": ("byte", 0.125), "s": ("second", 1.0), "sec": ("second", 1.0), "second": ("second", 1.0),
    "seconds": ("second", 1.0), "Hz": ("hertz", 1.0), "m": ("metre", 1.0), "g": ("gram", 1.0), "J": ("joule", 1.0),
    "W": ("watt", 1.0), "V": ("volt", 1.0), "A": ("ampere", 1.0), "N": ("newton", 1.0), "Pa": ("pascal", 1.0),
    "K": ("kelvin", 1.0), "eV": ("joule", 1.602176634e-19), "FLOP": ("flop", 1.0), "FLOPs": ("flop", 1.0),
    "FLOPS": ("flop/s", 1.0), "FLOP/s": ("flop/s", 1.0), "B/s": ("byte/s", 1.0), "b/s": ("byte/s", 0.125),
    "bit/s": ("byte/s", 0.125),
}  # fmt: skip
_WHOLE_ONLY = ("byte", "byte/s", "flop", "flop/s")
"""What comes in whole numbers has no thousandths: mB is no unit."""
_WHOLE = {
    "min": ("second", 60.0), "h": ("second", 3600.0), "hour": ("second", 3600.0), "hours": ("second", 3600.0),
    "minute": ("second", 60.0), "minutes": ("second", 60.0), "d": ("second", 86400.0), "day": ("second", 86400.0),
    "days": ("second", 86400.0), "%": ("", 0.01),
}  # fmt: skip
"""Units that take no prefix."""
_NUMBER_END = re.compile(
    r"""(?P<number>[~≈]?[ ]?[-+−]?(?:\d[\d ,\u00a0\u2009\u202f]*(?:\.\d+)?|\.\d+)
        (?:[ ]?[·×⋅*x/][ ]?\d+(?:\.\d+)?)*
        (?:\^\(?[-−+]?\d+\)?|[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|e[-−+]?\d+)?)(?P<unit>.*)""",
    re.VERBOSE | re.IGNORECASE,
)
_GROUPED = re.compile(r"(?<=\d)[ ,\u00a0\u2009\u202f](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as a factor of what it measures in.

    Attributes:
        dimension: What is measured; a word of its own for a unit that is not known, such as `parameter`, and empty for a
            bare number.
    """

    dimension: str
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and the unit that was written behind it, if any."""

    number: float
    unit: str = ""


def parsed_quantity(text: str) -> Quantity:
    """Return the number and the unit that a person wrote; the unit may be any words.

    Raises:
        AnswerError: It does not begin with a number.
    """
    plain = text.strip().replace("\u00a0", " ")
    found = _NUMBER_END.fullmatch(plain) if len(plain) <= LONGEST_ANSWER else None
    if found is None:
        return Quantity(parsed_number(text))
    unit = " ".join(found["unit"].split())
    return Quantity(parsed_number(_GROUPED.sub("", found["number"].strip())), unit)


def unit_of(words: str, like: str = "") -> Unit:
    """Return the unit that the words name. Unknown words are a unit of their own; a factor may stand before them.

    Args:
        like: The dimension that is expected: where capitals leave several readings, the one that measures it is taken.
    """
    plain = words.strip()
    if like.startswith("byte") and plain.islower() and plain.endswith("b"):
        plain = plain.upper()  # kb is a kilobit by the letter, and nobody who is asked for bytes means it
    exact = _known(plain)
    if exact is not None and exact.dimension == like:
        return exact
    if like in _DIMENSIONS:
        for spelling in (plain.lower(), plain.upper(), plain.capitalize(), plain[:-1].upper() + plain[-1:]):
            other = _known(spelling)
            if other is not None and other.dimension == like:
                return other
        return exact if exact is not None else _counted(plain)
    return exact if exact is not None and not like else _counted(plain)


def is_measured(dimension: str) -> bool:
    """Return whether a dimension is one of those that units of the tables measure; others are things that are counted."""
    return dimension in _DIMENSIONS


def dimension_of(unit: str) -> str:
    """Return what a declared unit measures."""
    known = _known(unit.strip())
    return known.dimension if known is not None else _counted(unit).dimension


def _known(unit: str) -> Unit | None:
    """Return a unit of the tables, with its prefix."""
    if unit in _WHOLE:
        return Unit(*_WHOLE[unit])
    for base, (dimension, factor) in _BASES.items():
        prefix = unit.removesuffix(base)
        if prefix == unit:
            continue
        if prefix in _DECIMAL and (_DECIMAL[prefix] >= 1 or dimension not in _WHOLE_ONLY):
            return Unit(dimension, factor * _DECIMAL[prefix])
        if prefix in _BINARY and dimension.startswith("byte"):
            return Unit(dimension, factor * _BINARY[prefix])
    return None


def _counted(words: str) -> Unit:
    """Return a unit of things that are counted, in the singular, with the factor before it."""
    first, _, rest = words.strip().partition(" ")
    if first == "%":
        return Unit(*_WHOLE["%"])
    factor = _COUNTS.get(first) or _COUNTS.get(first.lower()) or 0.0
    name = rest if factor else words.strip()
    return Unit(name.casefold().removesuffix("s"), factor or 1.0)


_DIMENSIONS = frozenset(dimension for dimension, _ in _BASES.values())
