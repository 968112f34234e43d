"""From a query's text to its tree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quizapp.core.search.lexer import Sign, Token, tokens
from quizapp.core.search.query import And, Everything, Not, Or, Query
from quizapp.core.search.terms import term
from quizapp.errors import QueryError

_TORN = re.compile("[\ud800-\udfff]")
"""What stands in an argument for bytes that are no UTF-8."""

MOST_TERMS = 200
DEEPEST = 40
"""What a database can take as one condition; nobody types more."""


def parse(text: str) -> Query:
    """Return what a query means; an empty one means every card.

    Terms side by side must all hold, and bind closer than `or`.

    Raises:
        QueryError: It cannot be understood; the error names the column, what is wrong and what to write.
    """
    if torn := _TORN.search(text):
        raise QueryError(
            torn.start() + 1, "the text holds half a character", "Type it anew, or give it as UTF-8."
        )
    found = list(tokens(text))
    if sum(token.sign is None for token in found) > MOST_TERMS:
        raise QueryError(found[-1].column, f"there are more than {MOST_TERMS} terms", "Search in two steps.")
    reader = _Reader(found, len(text) + 1)
    if not found:
        return Everything()
    query = reader.alternatives(0)
    rest = reader.next()
    if rest is not None:
        raise QueryError(
            rest.column, "there is no `(` for this `)`", r"Take it away, or write \) for the sign."
        )
    return query


@dataclass
class _Reader:
    """The tokens, and how far they are read."""

    tokens: list[Token]
    end: int
    at: int = 0

    def next(self) -> Token | None:
        """Return the token that comes next; None at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def alternatives(self, depth: int) -> Query:
        """Read what `or` parts."""
        parts = [self._all_of(depth)]
        while (token := self.next()) is not None and token.sign is Sign.OR:
            self.at += 1
            parts.append(self._all_of(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all_of(self, depth: int) -> Query:
        """Read terms side by side, with or without `and` between them."""
        parts: list[Query] = []
        joined = False
        while (token := self.next()) is not None and token.sign not in (Sign.OR, Sign.CLOSE):
            if token.sign is Sign.AND:
                if joined or not parts:
                    break
                joined = True
                self.at += 1
                continue
            parts.append(self._one(depth))
            joined = False
        if joined or not parts:
            self._miss_a_term()
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self, depth: int) -> Query:
        """Read one term, one group, or the opposite of one."""
        token = self.next()
        if token is None or token.sign in (Sign.CLOSE, Sign.OR, Sign.AND):
            self._miss_a_term()
        assert token is not None
        if depth > DEEPEST:
            raise QueryError(token.column, "it is nested too deep", "Take brackets or minus signs away.")
        self.at += 1
        if token.sign is Sign.MINUS:
            return self._opposite(token, depth)
        if token.sign is Sign.OPEN:
            return self._group(token, depth)
        return term(token)

    def _opposite(self, minus: Token, depth: int) -> Query:
        following = self.next()
        if following is None or following.column != minus.column + 1:
            raise QueryError(
                minus.column,
                "nothing follows the minus sign",
                r"Write -word for cards without the word, or \- for the sign.",
            )
        return Not(self._one(depth + 1))

    def _group(self, opened: Token, depth: int) -> Query:
        closing = self.next()
        if closing is not None and closing.sign is Sign.CLOSE:
            raise QueryError(
                opened.column, "the brackets are empty", r"Write a term in them, or \(\) for the signs."
            )
        inside = self.alternatives(depth + 1)
        if self.next() is None:
            raise QueryError(
                opened.column, "the `(` is not closed", r"Write ) at its end, or \( for the sign."
            )
        self.at += 1
        return inside

    def _miss_a_term(self) -> None:
        """Complain that `or` or `and` has nothing on one side.

        Raises:
            QueryError: Always.
        """
        here = self.next()
        before = self.tokens[self.at - 1] if self.at else None
        joint = next((token for token in (before, here) if token and token.sign in (Sign.OR, Sign.AND)), None)
        column = joint.column if joint else self.end
        word = joint.sign.value if joint and joint.sign else "or"
        raise QueryError(
            column, f"`{word}` needs a term on either side", f'Write one, or "{word}" in quotes for the word.'
        )
