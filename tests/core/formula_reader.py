"""Reads laid-out formulas as a person does and computes them: nothing here is shared with what laid them out."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence

BAR = "─"


class MisreadError(AssertionError):
    """The text has no reading, or more than one."""


class LineReader:
    """Computes a formula that stands in one line.

    Whether `ab/cd` is ((ab)/c)d or (ab)/(cd), people do not agree; `tight` chooses, and a good layout makes no difference.
    """

    def __init__(self, text: str, values: Mapping[str, float], *, tight: bool) -> None:
        self._text = text.strip()
        self._values = values
        self._tight = tight
        self._at = 0

    def value(self) -> float:
        """Return what the whole text comes to."""
        found = self._sum()
        if self._at != len(self._text):
            raise MisreadError(f"{self._text!r} ends at {self._at}")
        return found

    def _peek(self) -> str:
        """Return the next character that is no blank."""
        while self._text[self._at : self._at + 1] == " ":
            self._at += 1
        return self._text[self._at : self._at + 1]

    def _take(self, chars: str) -> str:
        char = self._peek()
        if char and char in chars:
            self._at += 1
            return char
        return ""

    def _sum(self) -> float:
        total = -self._term() if self._take("−") else self._term()
        while sign := self._take("+−"):
            total += self._term() if sign == "+" else -self._term()
        return total

    def _term(self) -> float:
        part = self._side_by_side if self._tight else self._factor
        total = part()
        while True:
            if self._take("·×"):
                total *= part()
            elif self._take("/"):
                total /= part()
            elif not self._tight and self._begins_factor():
                total *= self._factor()
            else:
                return total

    def _side_by_side(self) -> float:
        total = self._factor()
        while self._begins_factor():
            total *= self._factor()
        return total

    def _begins_factor(self) -> bool:
        char = self._peek()
        return bool(char) and (char in "(√∛∜" or char.isalnum()) and not _is_small(char)

    def _factor(self) -> float:
        if root := self._take("√∛∜"):
            found = self._atom()
            if _is_small(self._peek()) or self._peek() == "^":
                raise MisreadError(
                    f"is the root of a power, or the power of a root, meant in {self._text!r}?"
                )
            return _power(found, 1 / {"√": 2, "∛": 3, "∜": 4}[root])
        return self._with_power(self._atom())

    def _with_power(self, base: float) -> float:
        small = ""
        while _is_small(self._text[self._at : self._at + 1]):
            small += self._text[self._at]
            self._at += 1
        if small:
            if self._text[self._at : self._at + 1] == "√":
                raise MisreadError(f"{small} is a degree or a power in {self._text!r}")
            written = unicodedata.normalize("NFKC", small)
            return _power(base, LineReader(written, self._values, tight=self._tight).value())
        if self._take("^"):
            return _power(base, self._atom())
        return base

    def _atom(self) -> float:
        if self._take("("):
            found = self._sum()
            if not self._take(")"):
                raise MisreadError(f"a bracket is open in {self._text!r}")
            return found
        if self._peek().isdecimal():
            number = ""
            while self._peek().isdecimal():
                number += self._text[self._at]
                self._at += 1
            return float(number)
        name = self._peek()
        if name not in self._values:
            raise MisreadError(f"{name!r} in {self._text!r} is no name")
        self._at += 1
        return self._values[name]


def _is_small(char: str) -> bool:
    return bool(char) and unicodedata.decomposition(char).startswith("<super>")


def _power(base: float, exponent: float) -> float:
    found = math.pow(base, exponent)
    if not math.isfinite(found):
        raise OverflowError
    return found


def read_picture(rows: Sequence[str], values: Mapping[str, float]) -> float:
    """Return what a formula in several rows comes to: its parts become one line with every bracket, which is then read."""
    return LineReader(_linear(_trimmed(rows)), values, tight=True).value()


def _trimmed(rows: Sequence[str]) -> list[str]:
    width = max((len(row) for row in rows), default=0)
    kept = [row.ljust(width) for row in rows]
    while kept and not kept[0].strip():
        kept.pop(0)
    while kept and not kept[-1].strip():
        kept.pop()
    left = min((len(row) - len(row.lstrip()) for row in kept if row.strip()), default=0)
    right = max((len(row.rstrip()) for row in kept), default=0)
    return [row[left:right] for row in kept]


def _linear(rows: list[str]) -> str:
    """Return a picture, blank at no side, as one line."""
    base, column, text = _baseline(rows), 0, ""
    width = len(rows[0]) if rows else 0
    while column < width:
        here = [row[column] for row in rows]
        if not "".join(here).strip():
            text += " "
            column += 1
            continue
        part, column = _part(rows, base, column)
        text += part
    return text


def _part(rows: list[str], base: int, column: int) -> tuple[str, int]:
    char = rows[base][column]
    if char == BAR:
        end = _run_end(rows[base], column)
        above = [row[column:end] for row in rows[:base]]
        below = [row[column:end] for row in rows[base + 1 :]]
        return f"(({_linear(_trimmed(above))})/({_linear(_trimmed(below))}))", end
    if any(row[column] == "⎛" for row in rows):
        top, bottom = _tall(rows, column, "⎛", "⎝")
        end = _closing(rows, top, column)
        inner = [row[column + 1 : end] for row in rows[top : bottom + 1]]
        return _with_corner(rows, top, end, f"({_linear(_trimmed(inner))})")
    if any(row[column] == "╲" for row in rows):
        top = next(
            y for y, row in enumerate(rows) if row[column + 1] == "┌" and _is_wall(rows, y, column + 1)
        )
        bottom = next(y for y, row in enumerate(rows) if row[column] == "╲" and y > top)
        end = _run_end(rows[top], column + 2)
        degree = "".join(row[column] for row in rows[top:bottom]).strip()
        inner = [row[column + 2 : end] for row in rows[top + 1 : bottom + 1]]
        sign = {"": "√", "³": "∛"}[degree]
        return f"({sign}({_linear(_trimmed(inner))}))", end
    if char.strip():
        return char, column + 1
    return _raised(rows, base, column)


def _raised(rows: list[str], base: int, column: int) -> tuple[str, int]:
    """Return a power that stands above the line, up to where the line goes on."""
    end = column
    while end < len(rows[0]) and not any(row[end].strip() for row in rows[base:]):
        end += 1
    script = _trimmed([row[column:end] for row in rows[:base]])
    if len(script) != 1:
        raise MisreadError(f"what stands above the line is no power: {rows}")
    return f"^({script[0]})", end


def _with_corner(rows: list[str], top: int, end: int, text: str) -> tuple[str, int]:
    """Return a bracket with the power at its upper corner."""
    column = end + 1
    while column < len(rows[0]) and _is_small(rows[top][column]):
        text += rows[top][column]
        column += 1
    return text, column


def _baseline(rows: list[str]) -> int:
    """Return the row in which the leftmost part stands."""
    first = [(y, row[0]) for y, row in enumerate(rows) if row[0].strip()]
    bars = [y for y, char in first if char == BAR]
    if bars:
        return max(bars, key=lambda y: _run_end(rows[y], 0))
    signs = [char for _, char in first]
    if "⎛" in signs:
        top, bottom = _tall(rows, 0, "⎛", "⎝")
        inner = [row[1 : _closing(rows, top, 0)] for row in rows[top : bottom + 1]]
        return top + _inner_baseline(inner)
    if "╲" in signs:
        top = next(y for y, row in enumerate(rows) if row[1] == "┌")
        bottom = next(y for y, row in enumerate(rows) if row[0] == "╲")
        inner = [row[2 : _run_end(rows[top], 2)] for row in rows[top + 1 : bottom + 1]]
        return top + 1 + _inner_baseline(inner)
    if len(first) != 1:
        raise MisreadError(f"several rows begin at once: {rows}")
    return first[0][0]


def _inner_baseline(rows: list[str]) -> int:
    blanks_above = next(y for y, row in enumerate(rows) if row.strip())
    return blanks_above + _baseline(_trimmed(rows))


def _tall(rows: list[str], column: int, upper: str, lower: str) -> tuple[int, int]:
    signs = [row[column] for row in rows]
    return signs.index(upper), signs.index(lower)


def _closing(rows: list[str], top: int, column: int) -> int:
    depth = 0
    for place in range(column, len(rows[top])):
        depth += (rows[top][place] == "⎛") - (rows[top][place] == "⎞")
        if depth == 0:
            return place
    raise MisreadError(f"a bracket is open: {rows}")


def _is_wall(rows: list[str], y: int, column: int) -> bool:
    return y + 1 < len(rows) and rows[y + 1][column] == "│"


def _run_end(row: str, column: int) -> int:
    while column < len(row) and row[column] == BAR:
        column += 1
    return column
