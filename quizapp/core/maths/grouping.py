"""Tells what a reader takes as one thing in a line, and what has to be set apart by parentheses."""

from __future__ import annotations

from collections.abc import Sequence

from quizapp.core.maths.tree import (
    Accented,
    Fenced,
    Fraction,
    Gap,
    Kind,
    Node,
    Root,
    Row,
    Scripted,
    Symbol,
    Words,
)

TOUCHES_LEFT = (Kind.ORDINARY, Kind.CLOSING, Kind.FUNCTION, Kind.SUM)
_TOUCHES_RIGHT = (Kind.ORDINARY, Kind.OPENING, Kind.FUNCTION, Kind.SUM)
# Between these and a fraction no parentheses are needed: from left to right, or by precedence, there is one reading.
_HARMLESS = "+−±∓·×"
_FENCES = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⌊": "⌋", "⌈": "⌉", "|": "|", "‖": "‖"}


def clings(nodes: Sequence[Node], kinds: Sequence[Kind], place: int) -> bool:
    """Return whether a node has to be set apart from its neighbours by parentheses."""
    node = nodes[place]
    if not isinstance(node, Fraction | Root):
        return False
    right = _nearest(nodes, range(place + 1, len(nodes)))
    if right is not None and (
        _touches(nodes[right], kinds[right], _TOUCHES_RIGHT) or _is_factorial(nodes[right])
    ):
        return True
    left = _nearest(nodes, range(place - 1, -1, -1))
    if left is None or _is_sign(nodes[left], kinds[left]):
        return False
    # The degree of a root would be read as the power of what stands before it, and that power as a degree.
    is_power = isinstance(base := nodes[left], Scripted) and base.above is not None
    is_free = isinstance(node, Root) and node.degree is None and not is_power
    return not is_free and _touches(nodes[left], kinds[left], TOUCHES_LEFT)


def _nearest(nodes: Sequence[Node], places: range) -> int | None:
    """Return the first place that holds a node, unless a wide gap comes before it."""
    for place in places:
        node = nodes[place]
        if not isinstance(node, Gap):
            return place
        if node.blanks > 1:
            return None
    return None


def _touches(node: Node, kind: Kind, kinds: tuple[Kind, ...]) -> bool:
    if isinstance(node, Words):
        return not (node.text.startswith(" ") or node.text.endswith(" "))
    return kind in kinds or (kind is Kind.BINARY and isinstance(node, Symbol) and node.text not in _HARMLESS)


def _is_factorial(node: Node) -> bool:
    return _sign_of(node) == "!"


def _is_sign(node: Node, kind: Kind) -> bool:
    return isinstance(node, Symbol) and kind is Kind.ORDINARY and node.text in "+−±∓"


def is_closed(node: Node) -> bool:
    return is_atomic(node) or is_enclosed(_without_script(node))


def _without_script(node: Node) -> Node:
    """Return a row without the script of its last node: that of a closing bracket belongs to all of the pair."""
    if isinstance(node, Row) and node.nodes and isinstance(last := node.nodes[-1], Scripted):
        return Row((*node.nodes[:-1], last.base))
    return node


def is_divisor(node: Node) -> bool:
    """Return whether a node is one thing to whoever reads it behind a stroke."""
    return (isinstance(node, Root) and node.degree is None) or _is_call(node)


def is_atomic(node: Node) -> bool:
    """Return whether nothing in a node could be taken apart: a letter with its scripts, or a number."""
    match node:
        case Symbol(text, kind):
            return kind is Kind.ORDINARY and text not in ("/", "|", "‖")
        case Scripted(base):
            return base != Row(()) and is_atomic(base) and not isinstance(base, Scripted)
        case Accented():
            return True
        case Fenced(left, _, right):
            return bool(left and right)
        case Row(nodes):
            return bool(nodes) and all(map(_is_digit, nodes[:-1])) and _ends_number(nodes[-1])
    return False


def _is_digit(node: Node) -> bool:
    return isinstance(node, Symbol) and (node.text.isdigit() or node.text == ".")


def _ends_number(node: Node) -> bool:
    return _is_digit(node.base if isinstance(node, Scripted) else node)


def is_product(node: Node) -> bool:
    """Return whether a node is but factors side by side."""
    return isinstance(node, Row) and bool(node.nodes) and all(map(is_atomic, node.nodes))


def _is_call(node: Node) -> bool:
    """Return whether a node is a named function of what stands in brackets, such as exp(x)."""
    if not isinstance(node, Row) or len(node.nodes) < 2:
        return False
    name = node.nodes[0]
    rest = _without_script(Row(node.nodes[1:]))
    base = name.base if isinstance(name, Scripted) else name
    is_name = isinstance(base, Symbol) and base.kind is Kind.FUNCTION
    is_fenced = isinstance(rest, Row) and len(rest.nodes) == 1 and is_atomic(rest.nodes[0])
    return is_name and (is_enclosed(rest) or (is_fenced and isinstance(node.nodes[1], Fenced)))


def is_enclosed(node: Node) -> bool:
    """Return whether one pair of brackets holds the whole of a row."""
    if not isinstance(node, Row) or len(node.nodes) < 3:
        return False
    signs = [_sign_of(part) for part in node.nodes]
    if isinstance(node.nodes[-1], Scripted):
        return False
    if _FENCES.get(signs[0]) != signs[-1]:
        return False
    if signs[0] == signs[-1]:
        return signs.count(signs[0]) == 2
    depth = 0
    for sign in signs[:-1]:
        depth += (sign == signs[0]) - (sign == signs[-1])
        if depth == 0:
            return False
    return True


def _sign_of(node: Node) -> str:
    base = node.base if isinstance(node, Scripted) else node
    return base.text if isinstance(base, Symbol) else ""


def is_differential(node: Fraction) -> bool:
    """Return whether a fraction is a derivative, such as ∂L/∂x, which is read as a whole."""
    above, below = _starts_with_d(node.above), _starts_with_d(node.below)
    return (
        bool(above)
        and above == below
        and isinstance(node.below, Row)
        and (len(node.below.nodes) == 2 and is_atomic(node.below.nodes[1]))
    )


def _starts_with_d(node: Node) -> str:
    first = node.nodes[0] if isinstance(node, Row) and node.nodes else node
    return sign if (sign := _sign_of(first)) in ("d", "∂") else ""
