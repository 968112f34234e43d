"""Sets a formula in one line of text that can be read in one way only.

What two dimensions say by place is said by parentheses here: a fraction's parts, a root's body and a script without
characters of its own get them wherever another reading would be possible.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quizapp.core.maths.accent import accented
from quizapp.core.maths.alphabet import lowered, raised
from quizapp.core.maths.spacing import Neighbour, Size, is_parted, neighbour, settled_kinds
from quizapp.core.maths.tree import (
    Accented,
    Fenced,
    Fraction,
    Gap,
    Kind,
    Matrix,
    NeedsRows,
    Node,
    NotReadable,
    Root,
    Row,
    Scripted,
    Symbol,
    Words,
)
from quizapp.core.page.cells import cells

_ROOTS = {"": "√", "3": "∛", "4": "∜"}
_TOUCHES_LEFT = (Kind.ORDINARY, Kind.CLOSING, Kind.FUNCTION, Kind.SUM)
_TOUCHES_RIGHT = (Kind.ORDINARY, Kind.OPENING, Kind.FUNCTION, Kind.SUM)
# Between these and a fraction no parentheses are needed: from left to right, or by precedence, there is one reading.
_HARMLESS = "+−±∓·×"
_FENCES = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⌊": "⌋", "⌈": "⌉", "|": "|", "‖": "‖"}
_UNCLEAR_ALONE = frozenset("()[]{}⟨⟩⌊⌋⌈⌉|‖/,;!:=<>")


def line_chunks(node: Node) -> tuple[str, ...]:
    """Return the formula in pieces between which, after a blank, a line may end.

    Raises:
        NeedsRows: It has no form in one line.
        NotReadable: No form of it is beyond doubt.
    """
    nodes = node.nodes if isinstance(node, Row) else (node,)
    chunks, depth = [""], 0
    for part in _laid(nodes, Size.FULL):
        if part.blank and depth == 0 and part.after in (Kind.RELATION, Kind.BINARY, Kind.PUNCTUATION):
            chunks.append(part.text)
        else:
            chunks[-1] += part.blank + part.text
        depth += (part.kind is Kind.OPENING) - (part.kind is Kind.CLOSING and part.text[0] != "!")
    return tuple(chunk.strip(" ") for chunk in chunks if chunk.strip(" "))


def line_text(node: Node, size: Size = Size.FULL) -> str:
    """Return the formula, or a part of it, in one line.

    Raises:
        NeedsRows, NotReadable: As for `line_chunks`.
    """
    match node:
        case Symbol(text) | Words(text):
            return text
        case Gap(blanks):
            return " " * blanks
        case Row(nodes):
            return "".join(part.blank + part.text for part in _laid(nodes, size))
        case Fraction():
            return _fraction(node)
        case Root():
            return _root(node)
        case Scripted():
            return _scripted(node, size)
        case Fenced(left, body, right):
            return left + line_text(body).strip(" ") + right
        case Accented(body, mark):
            return accented(line_text(body), mark)
        case Matrix():
            raise NeedsRows("a matrix takes several rows")


# Rows.


class _Part:
    """A node of a row as text, the blank before it, and the kind of what stands before that."""

    __slots__ = ("after", "blank", "kind", "text")

    def __init__(self, text: str, kind: Kind, blank: str, after: Kind | None) -> None:
        self.text, self.kind, self.blank, self.after = text, kind, blank, after


def _laid(nodes: Sequence[Node], size: Size) -> list[_Part]:
    kinds = settled_kinds(nodes)
    parts: list[_Part] = []
    before: Neighbour | None = None
    gap = 0
    for place, (node, kind) in enumerate(zip(nodes, kinds, strict=True)):
        if isinstance(node, Gap):
            gap = max(gap, node.blanks)
            continue
        text = line_text(node, size)
        if _clings(nodes, kinds, place):
            text = f"({text})"
        beside = neighbour(node, kind, text)
        if before is not None:
            _refuse_touching_scripts(node, before)
        is_apart = before is not None and is_parted(before, beside, size)
        blank = " " * (max(gap, is_apart) if before is not None else 0)
        parts.append(_Part(text, kind, blank, before.kind if before else None))
        before, gap = _seen(beside, text), 0
    return parts


def _seen(beside: Neighbour, text: str) -> Neighbour:
    """Return a neighbour that keeps letters away where its script has no end of its own: p_θ x."""
    is_bare = len(text) > 2 and text[-2] in "_^"
    return Neighbour(beside.kind, beside.first, beside.last, is_word=True) if is_bare else beside


def _refuse_touching_scripts(node: Node, before: Neighbour) -> None:
    """Refuse a script without a base right behind something: it would be read as that one's."""
    has_no_base = isinstance(node, Scripted) and node.base == Row(())
    if has_no_base and before.kind in _TOUCHES_LEFT:
        raise NotReadable("a script has no base")


def _clings(nodes: Sequence[Node], kinds: Sequence[Kind], place: int) -> bool:
    """Return whether a node has to be set apart from its neighbours by parentheses."""
    node = nodes[place]
    if not isinstance(node, Fraction | Root):
        return False
    right = _nearest(nodes, range(place + 1, len(nodes)))
    if right is not None and (_touches(nodes[right], kinds[right], _TOUCHES_RIGHT) or _is_factorial(nodes[right])):
        return True
    left = _nearest(nodes, range(place - 1, -1, -1))
    if left is None or _is_sign(nodes[left], kinds[left]):
        return False
    # The degree of a root would be read as the power of what stands before it.
    is_free = isinstance(node, Root) and node.degree is None
    return not is_free and _touches(nodes[left], kinds[left], _TOUCHES_LEFT)


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
    base = node.base if isinstance(node, Scripted) else node
    return isinstance(base, Symbol) and base.text == "!"


def _is_sign(node: Node, kind: Kind) -> bool:
    return isinstance(node, Symbol) and kind is Kind.ORDINARY and node.text in "+−±∓"


# Fractions and roots.


def _fraction(node: Fraction) -> str:
    above, below = line_text(node.above).strip(" "), line_text(node.below).strip(" ")
    if not above or not below:
        raise NotReadable("a fraction lacks a part")
    if not (_is_closed(node.above) or (" " not in above and _is_product(node.above))):
        above = f"({above})"
    if not (_is_closed(node.below) or _is_divisor(node.below) or _is_differential(node)):
        below = f"({below})"
    return f"{above}/{below}"


def _is_closed(node: Node) -> bool:
    return _is_atomic(node) or _is_enclosed(_without_script(node))


def _without_script(node: Node) -> Node:
    """Return a row without the script of its last node: that of a closing bracket belongs to all of the pair."""
    if isinstance(node, Row) and node.nodes and isinstance(last := node.nodes[-1], Scripted):
        return Row((*node.nodes[:-1], last.base))
    return node


def _is_divisor(node: Node) -> bool:
    """Return whether a node is one thing to whoever reads it behind a stroke."""
    return (isinstance(node, Root) and node.degree is None) or _is_call(node)


def _is_atomic(node: Node) -> bool:
    """Return whether nothing in a node could be taken apart: a letter with its scripts, or a number."""
    match node:
        case Symbol(text, kind):
            return kind is Kind.ORDINARY and text not in ("/", "|", "‖")
        case Scripted(base):
            return base != Row(()) and _is_atomic(base) and not isinstance(base, Scripted)
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


def _is_product(node: Node) -> bool:
    """Return whether a node is but factors side by side."""
    return isinstance(node, Row) and bool(node.nodes) and all(map(_is_atomic, node.nodes))


def _is_call(node: Node) -> bool:
    """Return whether a node is a named function of what stands in brackets, such as exp(x)."""
    if not isinstance(node, Row) or len(node.nodes) < 2:
        return False
    name = node.nodes[0]
    rest = _without_script(Row(node.nodes[1:]))
    base = name.base if isinstance(name, Scripted) else name
    is_name = isinstance(base, Symbol) and base.kind is Kind.FUNCTION
    is_fenced = isinstance(rest, Row) and len(rest.nodes) == 1 and _is_atomic(rest.nodes[0])
    return is_name and (_is_enclosed(rest) or (is_fenced and isinstance(node.nodes[1], Fenced)))


def _is_enclosed(node: Node) -> bool:
    """Return whether one pair of brackets holds the whole of a row."""
    if not isinstance(node, Row) or len(node.nodes) < 3:
        return False
    signs = [part.text if isinstance(part, Symbol) else "" for part in node.nodes]
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


def _is_differential(node: Fraction) -> bool:
    """Return whether a fraction is a derivative, such as ∂L/∂x, which is read as a whole."""
    above, below = _starts_with_d(node.above), _starts_with_d(node.below)
    return bool(above) and above == below and isinstance(node.below, Row) and (
        len(node.below.nodes) == 2 and _is_atomic(node.below.nodes[1])
    )


def _starts_with_d(node: Node) -> str:
    first = node.nodes[0] if isinstance(node, Row) and node.nodes else node
    base = first.base if isinstance(first, Scripted) else first
    return base.text if isinstance(base, Symbol) and base.text in ("d", "∂") else ""


def _root(node: Root) -> str:
    body = line_text(node.body).strip(" ")
    if not body:
        raise NotReadable("a root has no body")
    degree = line_text(node.degree, Size.SMALL) if node.degree is not None else ""
    sign = _ROOTS.get(degree) or (f"{form}√" if (form := raised(degree)) else "")
    if not sign:
        raise NeedsRows("the degree of a root has no small form")
    return sign + (body if _is_radicand(node.body) or _is_enclosed(node.body) else f"({body})")


def _is_radicand(node: Node) -> bool:
    """Return whether a node needs no parentheses behind a root: a number, or a letter without a power."""
    if isinstance(node, Scripted):
        return node.above is None and not node.limits and _is_radicand(node.base) and bool(lowered(_small(node.below)))
    return _is_atomic(node) and not isinstance(node, Accented)


# Scripts.


def _small(node: Node | None) -> str:
    return line_text(node, Size.SMALL).strip(" ") if node is not None else ""


def _scripted(node: Scripted, size: Size) -> str:
    if node.limits and not _is_operator(node.base):
        raise NeedsRows("what stands over and under a symbol takes several rows")
    text = script_base(node, line_text(node.base, size))
    if node.below is not None:
        text += _script(_small(node.below), lowered, "_")
    if node.above is not None:
        text += _script(_small(node.above), raised, "^")
    return text


def script_base(node: Scripted, text: str) -> str:
    """Return the base of a script as text, in parentheses where the script belongs to all of it.

    Raises:
        NotReadable: The base is a group of several symbols, where TeX itself lets the last one seem to bear the script.
    """
    if isinstance(node.base, Row) and node.base.nodes:
        raise NotReadable("the base of a script is not one symbol")
    return f"({text})" if is_compound(node) else text


def is_compound(node: Scripted) -> bool:
    """Return whether the base of a script has parts of its own that the script could be taken to belong to."""
    if isinstance(node.base, Scripted):
        return node.base.above is not None or node.above is None
    return isinstance(node.base, Fraction | Root)


def _is_operator(node: Node) -> bool:
    return isinstance(node, Symbol) and node.kind in (Kind.SUM, Kind.FUNCTION)


def _script(text: str, form: Callable[[str], str], mark: str) -> str:
    if not text:
        raise NotReadable("a script is empty")
    is_bare = cells(text) == 1 and text not in _UNCLEAR_ALONE
    return form(text) or (f"{mark}{text}" if is_bare else f"{mark}({text})")
