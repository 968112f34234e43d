"""Reads the source of a formula into a tree, or says that it cannot be read without a doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from quizapp.core.maths.alphabet import ALPHABETS, UPRIGHT
from quizapp.core.maths.environment import ENVIRONMENTS, TAKE_ALIGNS, TAKE_PLACES, matrix
from quizapp.core.maths.lettering import in_alphabet, word
from quizapp.core.maths.symbol import (
    CHARACTERS,
    DELIMITER_COMMANDS,
    DELIMITERS,
    GAPS,
    SYMBOLS,
    TEXTS,
    negated,
)
from quizapp.core.maths.token import END, Piece, Token, tokens
from quizapp.core.maths.token_reader import TokenReader
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
_DOLLAR = Piece(Token.CHAR, "$")
_CLOSING = Piece(Token.CHAR, "}")
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
        self._tokens = TokenReader(found)
        self._depth = 0

    def whole(self) -> Node:
        row = self._row(lambda piece: piece is END)
        if not row.nodes:
            raise UnreadableError("the formula is empty")
        return row

    # Rows and groups.

    def _row(self, ends: Callable[[Piece], bool]) -> Row:
        """Return the nodes up to a token that ends them, which is left."""
        self._deeper()
        nodes: list[Node] = []
        while not ends(piece := self._tokens.skip_blanks()):
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
        is_group = self._tokens.peek() == Piece(Token.CHAR, "{")
        node = self._scripted(self._atom())
        if isinstance(node, Row):
            yield from _with_signs_at_ends(node.nodes) if is_group else node.nodes
        elif is_group and isinstance(node, Symbol):
            # TeX makes what stands in braces an ordinary symbol: 1{,}000.
            yield Symbol(node.text)
        elif node is not None:
            yield node

    def _group(self) -> Row:
        """Return what stands in braces, which come next."""
        self._tokens.open_group()
        row = self._row(lambda piece: piece == _CLOSING)
        self._tokens.next()
        return row

    def _argument(self) -> Node:
        """Return what a command is applied to: a group, or the next symbol."""
        piece = self._tokens.skip_blanks()
        if piece is END or (piece.kind is Token.CHAR and piece.text in ("}", "^", "_", "&", "'")):
            raise UnreadableError("an argument is missing")
        self._deeper()
        node = self._atom()
        self._depth -= 1
        if node is None:
            raise UnreadableError("an argument is missing")
        return node

    # Scripts.

    def _scripted(self, base: Node | None) -> Node | None:
        """Return a node with the scripts that follow it."""
        above: Node | None = None
        below: Node | None = None
        limits = isinstance(base, Symbol) and base.limits
        is_labelled = isinstance(base, Accented) and base.mark in _LABELLED
        while True:
            piece = self._tokens.skip_blanks()
            if piece == Piece(Token.CHAR, "'") and above is None:
                above = self._primes()
            elif piece == Piece(Token.CHAR, "^") and above is None:
                self._tokens.next()
                above = self._argument()
            elif piece == Piece(Token.CHAR, "_") and below is None:
                self._tokens.next()
                below = self._argument()
            elif piece.kind is Token.CHAR and piece.text in ("^", "_", "'"):
                raise UnreadableError("two scripts stand at the same place")
            elif piece.kind is Token.COMMAND and piece.text in ("limits", "nolimits"):
                self._tokens.next()
                limits = piece.text == "limits"
            else:
                break
        if above is None and below is None:
            return base
        return Scripted(base or Row(()), above, below, limits or is_labelled)

    def _primes(self) -> Node:
        count = 0
        while self._tokens.takes(Token.CHAR, "'"):
            count += 1
        prime = Symbol(_PRIMES[count] if count < len(_PRIMES) else "′" * count)
        return Row((prime, self._argument())) if self._tokens.takes(Token.CHAR, "^") else prime

    # Atoms.

    def _atom(self) -> Node | None:
        """Return the next node without its scripts; None for a command that shows nothing."""
        piece = self._tokens.skip_blanks()
        if piece.kind is Token.COMMAND:
            self._tokens.next()
            return self._command(piece.text)
        match piece.text:
            case "{":
                return _plain(self._group())
            case "^" | "_" | "'":
                return None
            case "}" | "&":
                raise UnreadableError(f"{piece.text!r} stands where it has no meaning")
        self._tokens.next()
        if piece.text == "~":
            return Gap(1)
        if piece.text == "$":
            raise UnreadableError("a dollar means nothing in a formula")
        if piece.text == "," and self._tokens.is_between_digits():
            return Symbol(",")
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
        if name in TEXTS:
            return self._text()
        if name in _IGNORED:
            return None
        if name in _SIZES:
            return self._sized(name)
        return self._structure(name)

    def _structure(self, name: str) -> Node | None:
        if name in _FRACTIONS:
            if name == "cfrac":
                self._tokens.skip_option("lcr")
            return Fraction(self._argument(), self._argument())
        if name in _ARROWS:
            below = self._option()
            return Scripted(Symbol(_ARROWS[name], Kind.RELATION), self._argument(), below, limits=True)
        match name:
            case "sqrt":
                return self._root()
            case "left":
                return self._fenced()
            case "begin":
                return self._environment()
            case "operatorname" | "operatornamewithlimits":
                return self._operator(has_limits=name != "operatorname")
            case "mathop":
                return self._own_operator()
            case "substack":
                return self._lines()
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
                return Row((Gap(4), Words(f"({self._tokens.words()})")))
        raise UnreadableError(f"\\{name} is unknown")

    def _option(self) -> Node | None:
        """Return what stands in the square brackets that may come before an argument."""
        if not self._tokens.takes(Token.CHAR, "["):
            return None
        found = self._row(lambda piece: piece == Piece(Token.CHAR, "]"))
        self._tokens.next()
        return _plain(found) if found.nodes else None

    def _root(self) -> Node:
        degree = self._option()
        return Root(self._argument(), degree)

    def _text(self) -> Node:
        """Return the words in braces, and the formulas between dollars within them."""
        nodes: list[Node] = []
        self._tokens.open_group()
        while True:
            if words := self._tokens.words_up_to(_CLOSING, _DOLLAR):
                nodes.append(Words(words))
            if self._tokens.next() == _CLOSING:
                return _plain(Row(tuple(nodes))) if nodes else Words("")
            nodes += self._row(lambda piece: piece == _DOLLAR).nodes
            self._tokens.next()

    def _delimiter(self) -> str:
        self._tokens.skip_blanks()
        piece = self._tokens.next()
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
            if self._tokens.next().text == "right":
                return Fenced(left, _plain(Row(tuple(nodes))), self._delimiter())
            nodes.append(Symbol(self._delimiter(), Kind.RELATION))

    def _operator(self, *, has_limits: bool) -> Node:
        has_limits = self._tokens.takes(Token.CHAR, "*") or has_limits
        self._tokens.open_group()
        name = ""
        while (piece := self._tokens.next()) != _CLOSING:
            if piece.kind is Token.COMMAND and GAPS.get(piece.text):
                name += " "
            elif piece.kind is Token.CHAR and (piece.text.isalnum() or piece.text == "-"):
                name += piece.text
            elif piece.kind is not Token.BLANK:
                raise UnreadableError("an operator's name is more than letters")
        if not name.strip():
            raise UnreadableError("an operator has no name")
        return Symbol(name.strip(), Kind.FUNCTION, has_limits)

    def _own_operator(self) -> Node:
        """Return what stands in braces as an operator whose limits stand above and below it."""
        name = ""
        for node in self._group().nodes:
            if isinstance(node, Gap):
                name += " " * min(1, node.blanks)
            elif isinstance(node, Symbol):
                name += node.text
            else:
                raise UnreadableError("an operator's name is more than letters")
        if not name.strip():
            raise UnreadableError("an operator has no name")
        return Symbol(name.strip(), Kind.FUNCTION, limits=True)

    def _lines(self) -> Node:
        """Return the lines that stand in braces, one below the other."""
        self._tokens.open_group()
        rows: list[list[Node]] = []
        while True:
            rows.append([_plain(self._row(lambda piece: piece == _CLOSING or _is_line_end(piece)))])
            if self._tokens.next() == _CLOSING:
                return matrix("gathered", rows)

    def _negation(self) -> Node:
        node = self._argument()
        found = negated(node) if isinstance(node, Symbol) else None
        if found is None:
            raise UnreadableError("there is no sign for this negation")
        return found

    def _environment(self) -> Node:
        name = self._tokens.words()
        if name.removesuffix("*") not in ENVIRONMENTS:
            raise UnreadableError(f"the environment {name!r} is unknown")
        chosen = self._tokens.skip_option(
            "tbc" if name in TAKE_PLACES else "lcr" if name in TAKE_ALIGNS else ""
        )
        aligns = self._tokens.words() if name == "array" else chosen if name in TAKE_ALIGNS else ""
        rows: list[list[Node]] = [[]]
        while True:
            rows[-1].append(_plain(self._row(_ends_cell)))
            piece = self._tokens.next()
            if piece == Piece(Token.COMMAND, "end"):
                break
            if piece.kind is Token.COMMAND:
                self._tokens.skip_length()
                rows.append([])
        if self._tokens.words() != name:
            raise UnreadableError(f"the environment {name!r} is not closed")
        return matrix(name.removesuffix("*"), rows, aligns)


def _ends_cell(piece: Piece) -> bool:
    return piece in (Piece(Token.CHAR, "&"), Piece(Token.COMMAND, "end")) or _is_line_end(piece)


def _is_line_end(piece: Piece) -> bool:
    return piece.kind is Token.COMMAND and piece.text in ("\\", "cr")


def _plain(row: Row) -> Node:
    """Return the only node of a row, or the row."""
    return row.nodes[0] if len(row.nodes) == 1 else row


def _with_signs_at_ends(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield the nodes of a group; an operator at its beginning or end is a sign, whatever stands outside: e{-5}."""
    for place, node in enumerate(nodes):
        is_sign = place in (0, len(nodes) - 1) and isinstance(node, Symbol) and node.kind is Kind.BINARY
        yield Symbol(node.text) if is_sign and isinstance(node, Symbol) else node


def _nodes(node: Node) -> tuple[Node, ...]:
    return node.nodes if isinstance(node, Row) else (node,)


def _stacked(base: Node, above: Node | None, below: Node | None) -> Node:
    return Scripted(base, above, below, limits=True)
