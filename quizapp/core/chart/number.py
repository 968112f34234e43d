"""Numbers as words: 0.35, 1200, 3.4·10⁷."""

from __future__ import annotations

import math
import re

_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_EXPONENT = re.compile(r"(?<![\w.])[-−]?\d+(\.\d+)?e[+-]\d+\b")
PLAIN_FROM, PLAIN_BELOW = 1e-3, 1e5


def power_text(exponent: int) -> str:
    """Return a power of ten as it stands on an axis: 1, 10, 10², 10⁻³."""
    if exponent == 0:
        return "1"
    return "10" if exponent == 1 else "10" + str(exponent).translate(_SUPERSCRIPT)


def number_text(value: float, digits: int = 3) -> str:
    """Return the value rounded to this many significant digits, without idle zeros."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    mantissa, exponent = f"{value:.{max(0, digits - 1)}e}".split("e")
    if value == 0 or PLAIN_FROM <= abs(value) < PLAIN_BELOW:
        return fixed_text(value, max(0, digits - 1 - int(exponent)), trim=True)
    return _scientific(_trimmed(mantissa), int(exponent))


def with_powers(text: str) -> str:
    """Return a text with its numbers of the form 2.97e+06 written as 2.97·10⁶."""
    return _EXPONENT.sub(lambda found: number_text(float(found.group())), text)


def fixed_text(value: float, decimals: int, *, trim: bool = False) -> str:
    """Return the value with this many decimals, and with − for minus; trimmed, without idle zeros."""
    text = f"{value + 0.0:.{decimals}f}"
    if trim:
        text = _trimmed(text)
    return "−" + text[1:] if text.startswith("-") and text.strip("-0.") else text.lstrip("-")


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scientific(mantissa: str, exponent: int) -> str:
    power = power_text(exponent)
    if mantissa in ("1", "-1"):
        return mantissa.replace("1", power).replace("-", "−")
    return mantissa.replace("-", "−") + "·" + power
