"""Decides where a blank parts two neighbours in a row, as TeX's table of spaces does, for whole cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizapp.core.maths.tree import Gap, Kind, Node, Scripted, Symbol, Words

_BEFORE_A_SIGN = (Kind.BINARY, Kind.RELATION, Kind.OPENING, Kind.PUNCTUATION, Kind.FUNCTION, Kind.SUM)
_AFTER_A_SIGN = (Kind.RELATION, Kind.CLOSING, Kind.PUNCTUATION)
_ENDS = (Kind.ORDINARY, Kind.CLOSING, Kind.FUNCTION, Kind.SUM)
_BRACKETS = "([{⟨⌊⌈|‖"


class Size(StrEnum):
    """How a row is set: with air around its operators, or small and tight as in a script."""

    FULL = "full"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What is known of a node by those beside it.

    Attributes:
        first, last: Its outer characters in the row; empty where several rows stand there.
        is_word: Whether letters right beside it would run into it.
        is_sign: Whether it is a plus or minus with one operand.
        is_bare: Whether it ends in a script that nothing closes: θ in p_θ.
    """

    kind: Kind
    first: str
    last: str
    is_word: bool = False
    is_sign: bool = False
    is_bare: bool = False


def neighbour(node: Node, kind: Kind, text: str) -> Neighbour:
    """Return what those beside a node know of it."""
    base = node.base if isinstance(node, Scripted) else node
    is_word = isinstance(base, Symbol | Words) and len(base.text) > 1
    is_word &= isinstance(base, Symbol) or text.isalpha()
    is_sign = kind is Kind.ORDINARY and kind_of(node) is Kind.BINARY
    return Neighbour(kind, text[:1], text[-1:], is_word, is_sign)


def settled_kinds(nodes: Sequence[Node]) -> list[Kind]:
    """Return the kind of each node, a binary operator without two operands being a sign: −x, or (+).

    Source: The TeXbook, Appendix G, rules 5 and 6.
    """
    kinds = [kind_of(node) for node in nodes]
    shown = [place for place, node in enumerate(nodes) if not isinstance(node, Gap)]
    before: Kind | None = None
    for place in shown:
        if kinds[place] is Kind.BINARY and (before is None or before in _BEFORE_A_SIGN):
            kinds[place] = Kind.ORDINARY
        before = kinds[place]
    after: Kind | None = None
    for place in reversed(shown):
        if kinds[place] is Kind.BINARY and (after is None or after in _AFTER_A_SIGN):
            kinds[place] = Kind.ORDINARY
        after = kinds[place]
    return kinds


def kind_of(node: Node) -> Kind:
    """Return what a node is to its neighbours: that of its base, and an ordinary symbol where it is none."""
    match node:
        case Symbol(_, kind):
            return kind
        case Scripted(Symbol(_, kind)):
            return kind
    return Kind.ORDINARY


def is_parted(left: Neighbour, right: Neighbour, size: Size) -> bool:
    """Return whether a blank stands between two neighbours."""
    if _is_word_boundary(left, right):
        return True
    if left.is_sign:
        return False
    if left.kind is Kind.FUNCTION:
        # Behind its script a function's own brackets begin anew: lim_(n→∞) (1 + 1/n), min_θ (1/n).
        is_call = right.kind is Kind.OPENING or right.first in tuple(_BRACKETS)
        return (
            (left.last == ")" or left.is_bare)
            if is_call
            else right.kind in (Kind.ORDINARY, Kind.FUNCTION, Kind.SUM)
        )
    if Kind.SUM in (left.kind, right.kind) and left.kind in _ENDS:
        return right.kind in (*_ENDS, Kind.OPENING) and right.kind is not Kind.CLOSING
    if right.kind is Kind.FUNCTION and left.kind in (Kind.ORDINARY, Kind.CLOSING):
        return True
    return size is Size.FULL and _has_air(left, right)


def _has_air(left: Neighbour, right: Neighbour) -> bool:
    if left.kind is Kind.PUNCTUATION:
        return right.kind is not Kind.CLOSING
    if Kind.RELATION in (left.kind, right.kind):
        return (
            left.kind is not right.kind
            and left.kind is not Kind.OPENING
            and right.kind not in _AFTER_A_SIGN[1:]
        )
    return Kind.BINARY in (left.kind, right.kind)


def _is_word_boundary(left: Neighbour, right: Neighbour) -> bool:
    """Return whether two letters or digits would run together, one of them belonging to a word or a bare script."""
    return (left.is_word or right.is_word) and left.last.isalnum() and right.first.isalnum()
