"""Goes through the tokens of a formula once, and reads what is plain text in it."""

from __future__ import annotations

from collections.abc import Sequence

from quizapp.core.maths.token import END, Piece, Token
from quizapp.core.maths.tree import UnreadableError

_ESCAPES = {"{": "{", "}": "}", "%": "%", "#": "#", "$": "$", "&": "&", "_": "_", " ": " "}
_CLOSING = Piece(Token.CHAR, "}")


class TokenReader:
    """A place in the tokens of a formula."""

    def __init__(self, found: Sequence[Piece]) -> None:
        """Begin at the first token."""
        self._tokens = found
        self._at = 0

    def peek(self) -> Piece:
        """Return the next token and stay before it."""
        return self._tokens[self._at] if self._at < len(self._tokens) else END

    def next(self) -> Piece:
        """Return the next token and step over it."""
        piece = self.peek()
        self._at += 1
        return piece

    def skip_blanks(self) -> Piece:
        """Step over blanks, and return the token behind them without stepping over it."""
        while self.peek().kind is Token.BLANK:
            self._at += 1
        return self.peek()

    def takes(self, kind: Token, text: str) -> bool:
        """Step over a token if it is the next one, blanks aside."""
        is_next = self.skip_blanks() == Piece(kind, text)
        self._at += is_next
        return is_next

    def open_group(self) -> None:
        """Step over the brace that begins a group.

        Raises:
            UnreadableError: Something else comes next.
        """
        if not self.takes(Token.CHAR, "{"):
            raise UnreadableError("a '{' is missing")

    def is_between_digits(self) -> bool:
        """Return whether the token that was read last stands right between two digits."""
        around = self._tokens[max(0, self._at - 2) : self._at + 1]
        return len(around) == 3 and around[0].text.isdigit() and around[2].text.isdigit()

    def words(self) -> str:
        """Return the words in braces, as they are written.

        Raises:
            UnreadableError: There is more than plain words.
        """
        self.open_group()
        words = self.words_up_to(_CLOSING)
        self.next()
        return words

    def words_up_to(self, *ends: Piece) -> str:
        """Return plain words up to one of the tokens that end them, which is left.

        Raises:
            UnreadableError: There is more than plain words.
        """
        words = ""
        while (piece := self.peek()) not in ends:
            self._at += 1
            if piece.kind is Token.COMMAND and piece.text in _ESCAPES:
                words += _ESCAPES[piece.text]
            elif piece.kind in (Token.CHAR, Token.BLANK) and piece.text not in ("{", "\\", "$"):
                words += " " if piece.text == "~" else piece.text
            else:
                raise UnreadableError("there is more than plain words in a text")
        return words

    def skip_option(self, letters: str) -> str:
        """Step over one of these letters in square brackets, such as `[t]`, and return it; empty where none comes next."""
        self.skip_blanks()
        inside = self._tokens[self._at : self._at + 3]
        if [piece.text for piece in inside[::2]] != ["[", "]"] or inside[1].text not in tuple(letters):
            return ""
        self._at += 3
        return inside[1].text

    def skip_length(self) -> None:
        """Step over the distance that may follow the end of a row, such as `[4pt]`.

        Raises:
            UnreadableError: It is not closed.
        """
        if self.takes(Token.CHAR, "["):
            while (piece := self.next()) != Piece(Token.CHAR, "]"):
                if piece is END or not (piece.text.isalnum() or piece.text in ".- "):
                    raise UnreadableError("a distance is not closed")
