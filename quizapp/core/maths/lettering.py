"""Sets the letters of a part of a formula in another alphabet."""

from __future__ import annotations

from dataclasses import replace

from quizapp.core.maths.alphabet import ALPHABETS
from quizapp.core.maths.tree import (
    Accented,
    Fenced,
    Fraction,
    Gap,
    Kind,
    Matrix,
    Node,
    Root,
    Row,
    Scripted,
    Symbol,
    UnreadableError,
    Words,
)


def in_alphabet(node: Node, alphabet: str) -> Node:
    """Return the node with its letters and digits in an alphabet; signs stay as they are.

    Raises:
        UnreadableError: A Latin letter has no form in it.
    """
    return word(_set(node, alphabet))


def word(node: Node) -> Node:
    """Return neighbouring letters as one word, which then keeps apart from its neighbours."""
    if isinstance(node, Row) and len(node.nodes) > 1 and all(map(_is_letter, node.nodes)):
        return Symbol("".join(part.text for part in node.nodes if isinstance(part, Symbol)))
    return node


def _is_letter(node: Node) -> bool:
    return isinstance(node, Symbol) and node.text.isalnum()


def _set(node: Node, alphabet: str) -> Node:
    def inner(part: Node) -> Node:
        return _set(part, alphabet)

    match node:
        case Symbol(text, Kind.ORDINARY):
            return replace(node, text="".join(_form(char, alphabet) for char in text))
        case Row(nodes):
            return Row(tuple(map(inner, nodes)))
        case Fraction(above, below):
            return Fraction(inner(above), inner(below))
        case Root(body, degree):
            return Root(inner(body), degree)
        case Scripted(base, above, below):
            return replace(
                node,
                base=inner(base),
                above=inner(above) if above else None,
                below=inner(below) if below else None,
            )
        case Fenced(_, body, _) | Accented(body, _):
            return replace(node, body=inner(body))
        case Matrix():
            raise UnreadableError("a matrix in another alphabet")
        case Symbol() | Words() | Gap():
            return node


def _form(char: str, alphabet: str) -> str:
    forms = ALPHABETS[alphabet]
    if char.isascii() and char.isalpha() and char not in forms:
        raise UnreadableError(f"{char!r} has no form in \\{alphabet}")
    return forms.get(char, char)
