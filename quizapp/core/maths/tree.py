"""What a formula is made of, as TeX groups it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class UnreadableError(ValueError):
    """The source is no formula that can be laid out without a doubt; it is to be shown as it is written."""


class NeedsRowsError(UnreadableError):
    """The formula cannot stand in one line, but it may have a layout of several rows."""


class Kind(StrEnum):
    """What a symbol does to its neighbours, after TeX's classes of atoms.

    Source: Knuth, The TeXbook (1984), chapters 17 and 18.
    """

    ORDINARY = "ordinary"
    BINARY = "binary"
    RELATION = "relation"
    OPENING = "opening"
    CLOSING = "closing"
    PUNCTUATION = "punctuation"
    FUNCTION = "function"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A letter, a digit, an operator, or a word such as `log`; in a display the limits of some stand above and below."""

    text: str
    kind: Kind = Kind.ORDINARY
    limits: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Text with its own blanks."""

    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Explicit space of so many blanks."""

    blanks: int


@dataclass(frozen=True, slots=True)
class Row:
    """Nodes side by side."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    """One over the other."""

    above: Node
    below: Node


@dataclass(frozen=True, slots=True)
class Root:
    """A root; `degree` is None for the square root."""

    body: Node
    degree: Node | None


@dataclass(frozen=True, slots=True)
class Scripted:
    """A base with what stands above and below it; at its right, or centred over and under it where `limits` is set."""

    base: Node
    above: Node | None
    below: Node | None
    limits: bool = False


@dataclass(frozen=True, slots=True)
class Fenced:
    """What stands between two delimiters that grow with it; an empty one is not drawn."""

    left: str
    body: Node
    right: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Cells in rows and columns between two delimiters.

    Attributes:
        aligns: `l`, `c` or `r` for each column; every row has as many cells.
        gap: The blanks between two columns; of an alignment only between its pairs of columns.
        paired: Whether each second column is joined to the one before, as around a relation.
    """

    cells: tuple[tuple[Node, ...], ...]
    aligns: str
    left: str
    right: str
    gap: int = 2
    paired: bool = False


@dataclass(frozen=True, slots=True)
class Accented:
    """A node under or over a mark, named by its TeX command."""

    body: Node
    mark: str


Node = Symbol | Words | Gap | Row | Fraction | Root | Scripted | Fenced | Matrix | Accented
