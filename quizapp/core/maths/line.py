"""Sets a formula in one line of text that can be read in one way only.

What two dimensions say by place is said by parentheses here: a fraction's parts, a root's body and a script without
characters of its own get them wherever another reading would be possible.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from quizapp.core.maths.accent import accented
from quizapp.core.maths.alphabet import lowered, raised
from quizapp.core.maths.grouping import (
    TOUCHES_LEFT,
    clings,
    is_atomic,
    is_closed,
    is_differential,
    is_divisor,
    is_enclosed,
    is_product,
)
from quizapp.core.maths.spacing import Neighbour, Size, is_parted, neighbour, settled_kinds
from quizapp.core.maths.tree import (
    Accented,
    Fenced,
    Fraction,
    Gap,
    Kind,
    Matrix,
    NeedsRowsError,
    Node,
    Root,
    Row,
    Scripted,
    Symbol,
    UnreadableError,
    Words,
)
from quizapp.core.page.cells import cells

_ROOTS = {"": "√", "3": "∛", "4": "∜"}
_UNCLEAR_ALONE = frozenset("()[]{}⟨⟩⌊⌋⌈⌉|‖/,;!:=<>")


def line_chunks(node: Node) -> tuple[str, ...]:
    """Return the formula in pieces between which, after a blank, a line may end.

    Raises:
        NeedsRowsError: It has no form in one line.
        UnreadableError: No form of it is beyond doubt.
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
        NeedsRowsError, UnreadableError: As for `line_chunks`.
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
            raise NeedsRowsError("a matrix takes several rows")


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
        if clings(nodes, kinds, place):
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
    return replace(beside, is_word=True, is_bare=True) if is_bare else beside


def _refuse_touching_scripts(node: Node, before: Neighbour) -> None:
    """Refuse a script without a base right behind something: it would be read as that one's."""
    has_no_base = isinstance(node, Scripted) and node.base == Row(())
    if has_no_base and before.kind in TOUCHES_LEFT:
        raise UnreadableError("a script has no base")


# Fractions and roots.


def _fraction(node: Fraction) -> str:
    above, below = line_text(node.above).strip(" "), line_text(node.below).strip(" ")
    if not above or not below:
        raise UnreadableError("a fraction lacks a part")
    if not (is_closed(node.above) or (" " not in above and is_product(node.above))):
        above = f"({above})"
    if not (is_closed(node.below) or is_divisor(node.below) or is_differential(node)):
        below = f"({below})"
    return f"{above}/{below}"


def _root(node: Root) -> str:
    body = line_text(node.body).strip(" ")
    if not body:
        raise UnreadableError("a root has no body")
    degree = line_text(node.degree, Size.SMALL) if node.degree is not None else ""
    sign = _ROOTS.get(degree) or (f"{form}√" if (form := raised(degree)) else "")
    if not sign:
        raise NeedsRowsError("the degree of a root has no small form")
    return sign + (body if _is_radicand(node.body) or is_enclosed(node.body) else f"({body})")


def _is_radicand(node: Node) -> bool:
    """Return whether a node needs no parentheses behind a root: a number, or a letter without a power."""
    if isinstance(node, Scripted):
        return (
            node.above is None
            and not node.limits
            and _is_radicand(node.base)
            and bool(lowered(_small(node.below)))
        )
    return is_atomic(node) and not isinstance(node, Accented)


# Scripts.


def _small(node: Node | None) -> str:
    return line_text(node, Size.SMALL).strip(" ") if node is not None else ""


def _scripted(node: Scripted, size: Size) -> str:
    if node.limits and not _is_operator(node.base):
        raise NeedsRowsError("what stands over and under a symbol takes several rows")
    text = script_base(node, line_text(node.base, size))
    if node.below is not None:
        text += _script(_small(node.below), lowered, "_")
    if node.above is not None:
        text += _script(_small(node.above), raised, "^")
    return text


def script_base(node: Scripted, text: str) -> str:
    """Return the base of a script as text, in parentheses where the script belongs to all of it.

    Raises:
        UnreadableError: The base is a group of several symbols, where TeX itself lets the last one seem to bear the script.
    """
    if isinstance(node.base, Row) and node.base.nodes:
        raise UnreadableError("the base of a script is not one symbol")
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
        raise UnreadableError("a script is empty")
    is_bare = cells(text) == 1 and text not in _UNCLEAR_ALONE
    return form(text) or (f"{mark}{text}" if is_bare else f"{mark}({text})")
