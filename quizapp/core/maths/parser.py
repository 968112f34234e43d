"""Reads the source of a formula into a tree, or says that it cannot be read without a doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from quizapp.core.maths.alphabet import ALPHABETS, UPRIGHT
from quizapp.core.maths.environment import ENVIRONMENTS, matrix
from quizapp.core.maths.lettering import in_alphabet, word
from quizapp.core.maths.symbol import CHARACTERS, DELIMITER_COMMANDS, DELIMITERS, GAPS, SYMBOLS, negated
from quizapp.core.maths.token import END, Piece, Token, tokens
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

DEEPEST = 40
"""A formula whose groups and arguments are nested deeper is shown as its source."""

_ACCENTS = frozenset(
    """
    hat widehat bar tilde widetilde vec dot ddot check breve acute grave overline underline overrightarrow
    overbrace underbrace mathring
    """.split()  # noqa: SIM905 - twenty quoted words would fill a page
)
_LABELLED = ("overbrace", "underbrace")
_SIZES = {f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")}
_IGNORED = ("displaystyle", "textstyle", "scriptstyle", "nonumber", "notag", "allowbreak")
_TEXT = ("text", "textrm", "mbox", "textnormal", "textup")
_TEXT_ESCAPES = {"{": "{", "}": "}", "%": "%", "#": "#", "$": "$", "&": "&", "_": "_", " ": " "}
_FRACTIONS = ("frac", "dfrac", "tfrac", "cfrac")
_ARROWS = {"xrightarrow": "⟶", "xleftarrow": "⟵"}
_PRIMES = ("", "′", "″", "‴")
_SIDES = {"l": Kind.OPENING, "r": Kind.CLOSING, "m": Kind.RELATION}


def parsed(source: str) -> Node:
    """Return the tree of a formula.

    Raises:
        UnreadableError: A command is unknown, a group is not closed, or TeX would refuse it.
    """
    return _Parser(tokens(source)).whole()


class _Parser:
    """Goes through the tokens once; what a command takes is read by the method that its name is sent to."""

    def __init__(self, found: list[Piece]) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        row = self._row(lambda piece: piece is END)
        if not row.nodes:
            raise UnreadableError("the formula is empty")
        return row

    # Tokens.

    def _peek(self) -> Piece:
        return self._tokens[self._at] if self._at < len(self._tokens) else END

    def _next(self) -> Piece:
        piece = self._peek()
        self._at += 1
        return piece

    def _skip_blanks(self) -> Piece:
        while self._peek().kind is Token.BLANK:
            self._at += 1
        return self._peek()

    def _takes(self, kind: Token, text: str) -> bool:
        """Step over a token if it is the next one."""
        is_next = self._skip_blanks() == Piece(kind, text)
        self._at += is_next
        return is_next

    # Rows and groups.

    def _row(self, ends: Callable[[Piece], bool]) -> Row:
        """Return the nodes up to a token that ends them, which is left."""
        self._deeper()
        nodes: list[Node] = []
        while not ends(piece := self._skip_blanks()):
            if piece is END:
                raise UnreadableError("a group is not closed")
            nodes += self._items()
        self._depth -= 1
        return Row(tuple(nodes))

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnreadableError("the groups are too deep")

    def _items(self) -> Iterator[Node]:
        """Yield the next node with its scripts; a group of several within a row is as good as its parts."""
        is_group = self._peek() == Piece(Token.CHAR, "{")
        node = self._scripted(self._atom())
        if isinstance(node, Row):
            yield from node.nodes
        elif is_group and isinstance(node, Symbol):
            # TeX makes what stands in braces an ordinary symbol: 1{,}000.
            yield Symbol(node.text)
        elif node is not None:
            yield node

    def _group(self) -> Row:
        """Return what stands in braces, which come next."""
        if not self._takes(Token.CHAR, "{"):
            raise UnreadableError("a '{' is missing")
        row = self._row(lambda piece: piece == Piece(Token.CHAR, "}"))
        self._next()
        return row

    def _argument(self) -> Node:
        """Return what a command is applied to: a group, or the next symbol."""
        piece = self._skip_blanks()
        if piece is END or (piece.kind is Token.CHAR and piece.text in ("}", "^", "_", "&", "'")):
            raise UnreadableError("an argument is missing")
        self._deeper()
        node = self._atom()
        self._depth -= 1
        if node is None:
            raise UnreadableError("an argument is missing")
        return node

    def _name(self) -> str:
        """Return the words in braces, as they are written."""
        if not self._takes(Token.CHAR, "{"):
            raise UnreadableError("a '{' is missing")
        words = ""
        while (piece := self._next()) != Piece(Token.CHAR, "}"):
            if piece.kind is Token.COMMAND and piece.text in _TEXT_ESCAPES:
                words += _TEXT_ESCAPES[piece.text]
            elif piece.kind in (Token.CHAR, Token.BLANK) and piece.text not in ("{", "\\"):
                words += " " if piece.text == "~" else piece.text
            else:
                raise UnreadableError("there is more than plain words in a text")
        return words

    # Scripts.

    def _scripted(self, base: Node | None) -> Node | None:
        """Return a node with the scripts that follow it."""
        above: Node | None = None
        below: Node | None = None
        limits = isinstance(base, Symbol) and base.limits
        is_labelled = isinstance(base, Accented) and base.mark in _LABELLED
        while True:
            piece = self._skip_blanks()
            if piece == Piece(Token.CHAR, "'") and above is None:
                above = self._primes()
            elif piece == Piece(Token.CHAR, "^") and above is None:
                self._next()
                above = self._argument()
            elif piece == Piece(Token.CHAR, "_") and below is None:
                self._next()
                below = self._argument()
            elif piece.kind is Token.CHAR and piece.text in ("^", "_", "'"):
                raise UnreadableError("two scripts stand at the same place")
            elif piece.kind is Token.COMMAND and piece.text in ("limits", "nolimits"):
                self._next()
                limits = piece.text == "limits"
            else:
                break
        if above is None and below is None:
            return base
        return Scripted(base or Row(()), above, below, limits or is_labelled)

    def _primes(self) -> Node:
        count = 0
        while self._takes(Token.CHAR, "'"):
            count += 1
        prime = Symbol(_PRIMES[count] if count < len(_PRIMES) else "′" * count)
        return Row((prime, self._argument())) if self._takes(Token.CHAR, "^") else prime

    # Atoms.

    def _atom(self) -> Node | None:
        """Return the next node without its scripts; None for a command that shows nothing."""
        piece = self._skip_blanks()
        if piece.kind is Token.COMMAND:
            self._next()
            return self._command(piece.text)
        match piece.text:
            case "{":
                return _plain(self._group())
            case "^" | "_" | "'":
                return None
            case "}" | "&":
                raise UnreadableError(f"{piece.text!r} stands where it has no meaning")
        self._next()
        if piece.text == "~":
            return Gap(1)
        return CHARACTERS.get(piece.text, Symbol(piece.text))

    def _command(self, name: str) -> Node | None:
        if name in GAPS:
            return Gap(GAPS[name])
        if name in SYMBOLS:
            return SYMBOLS[name]
        if name in _ACCENTS:
            return Accented(self._argument(), name)
        if name in ALPHABETS:
            return in_alphabet(self._argument(), name)
        if name in UPRIGHT:
            return word(self._argument())
        if name in _TEXT:
            return Words(self._name())
        if name in _IGNORED:
            return None
        if name in _SIZES:
            return self._sized(name)
        return self._structure(name)

    def _structure(self, name: str) -> Node | None:
        if name in _FRACTIONS:
            return Fraction(self._argument(), self._argument())
        if name in _ARROWS:
            return Scripted(Symbol(_ARROWS[name], Kind.RELATION), self._argument(), None, limits=True)
        match name:
            case "sqrt":
                return self._root()
            case "left":
                return self._fenced()
            case "begin":
                return self._environment()
            case "operatorname":
                return self._operator()
            case "not":
                return self._negation()
            case "overset" | "stackrel":
                above = self._argument()
                return _stacked(self._argument(), above, None)
            case "underset":
                below = self._argument()
                return _stacked(self._argument(), None, below)
            case "binom" | "dbinom" | "tbinom":
                rows = ((self._argument(),), (self._argument(),))
                return Matrix(rows, "c", "(", ")")
            case "pmod":
                inside = (Words("mod "), *_nodes(self._argument()))
                return Row((Gap(1), Symbol("(", Kind.OPENING), *inside, Symbol(")", Kind.CLOSING)))
            case "tag":
                return Row((Gap(4), Words(f"({self._name()})")))
        raise UnreadableError(f"\\{name} is unknown")

    def _root(self) -> Node:
        degree: Node | None = None
        if self._takes(Token.CHAR, "["):
            degree = _plain(self._row(lambda piece: piece == Piece(Token.CHAR, "]")))
            self._next()
        return Root(self._argument(), degree)

    def _delimiter(self) -> str:
        self._skip_blanks()
        piece = self._next()
        known = DELIMITER_COMMANDS if piece.kind is Token.COMMAND else DELIMITERS
        if piece.text not in known or piece is END:
            raise UnreadableError("a delimiter is missing")
        return known[piece.text]

    def _sized(self, name: str) -> Node:
        sign = self._delimiter()
        if not sign:
            raise UnreadableError("a delimiter is missing")
        kind = _SIDES.get(name[-1]) or CHARACTERS.get(sign, Symbol(sign)).kind
        return Symbol(sign, kind)

    def _fenced(self) -> Node:
        left = self._delimiter()
        nodes: list[Node] = []
        while True:
            nodes += self._row(
                lambda piece: piece.kind is Token.COMMAND and piece.text in ("right", "middle")
            ).nodes
            if self._next().text == "right":
                return Fenced(left, _plain(Row(tuple(nodes))), self._delimiter())
            nodes.append(Symbol(self._delimiter(), Kind.RELATION))

    def _operator(self) -> Node:
        has_limits = self._takes(Token.CHAR, "*")
        if not self._takes(Token.CHAR, "{"):
            raise UnreadableError("a '{' is missing")
        name = ""
        while (piece := self._next()) != Piece(Token.CHAR, "}"):
            if piece.kind is Token.COMMAND and GAPS.get(piece.text):
                name += " "
            elif piece.kind is Token.CHAR and (piece.text.isalnum() or piece.text == "-"):
                name += piece.text
            elif piece.kind is not Token.BLANK:
                raise UnreadableError("an operator's name is more than letters")
        if not name.strip():
            raise UnreadableError("an operator has no name")
        return Symbol(name.strip(), Kind.FUNCTION, has_limits)

    def _negation(self) -> Node:
        node = self._argument()
        found = negated(node) if isinstance(node, Symbol) else None
        if found is None:
            raise UnreadableError("there is no sign for this negation")
        return found

    def _environment(self) -> Node:
        name = self._name()
        if name.removesuffix("*") not in ENVIRONMENTS:
            raise UnreadableError(f"the environment {name!r} is unknown")
        aligns = self._name() if name == "array" else ""
        rows: list[list[Node]] = [[]]
        while True:
            rows[-1].append(_plain(self._row(_ends_cell)))
            piece = self._next()
            if piece == Piece(Token.COMMAND, "end"):
                break
            if piece.kind is Token.COMMAND:
                self._takes_length()
                rows.append([])
        if self._name() != name:
            raise UnreadableError(f"the environment {name!r} is not closed")
        return matrix(name.removesuffix("*"), rows, aligns)

    def _takes_length(self) -> None:
        """Step over the distance that may follow the end of a row, such as `[4pt]`."""
        if self._takes(Token.CHAR, "["):
            while (piece := self._next()) != Piece(Token.CHAR, "]"):
                if piece is END or not (piece.text.isalnum() or piece.text in ".- "):
                    raise UnreadableError("a distance is not closed")


def _ends_cell(piece: Piece) -> bool:
    return piece == Piece(Token.CHAR, "&") or (
        piece.kind is Token.COMMAND and piece.text in ("\\", "cr", "end")
    )


def _plain(row: Row) -> Node:
    """Return the only node of a row, or the row."""
    return row.nodes[0] if len(row.nodes) == 1 else row


def _nodes(node: Node) -> tuple[Node, ...]:
    return node.nodes if isinstance(node, Row) else (node,)


def _stacked(base: Node, above: Node | None, below: Node | None) -> Node:
    return Scripted(base, above, below, limits=True)
