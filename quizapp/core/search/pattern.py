"""What a term looks for: letters, and the wildcards among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from quizapp.core.search.folding import folded


class Wild(Enum):
    """A sign that stands for others: `*` for any run of them, `_` for a single one."""

    ANY = "*"
    ONE = "_"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Letters as they were typed, and wildcards."""

    pieces: tuple[str | Wild, ...]

    @property
    def literal(self) -> str | None:
        """The folded text that is looked for; None when a wildcard is in it."""
        if any(isinstance(piece, Wild) for piece in self.pieces):
            return None
        return folded("".join(str(piece) for piece in self.pieces))

    @property
    def inner(self) -> Pattern:
        """The pattern without `*` at its ends, where text may go on anyway."""
        pieces = list(self.pieces)
        while pieces and pieces[0] is Wild.ANY:
            pieces.pop(0)
        while pieces and pieces[-1] is Wild.ANY:
            pieces.pop()
        return Pattern(tuple(pieces))

    def regex(self, letter: str) -> str:
        """Return a regular expression for folded text. It is matched in a time that grows with the text's length alone.

        What stands between two `*` is taken where it stands first, and never looked for again: only the last `*` tries
        several lengths.

        Args:
            letter: What a wildcard may stand for, as a class of characters.
        """
        parts = [""]
        for piece in self.pieces:
            if piece is Wild.ANY:
                parts.append("")
            else:
                parts[-1] += letter if isinstance(piece, Wild) else re.escape(folded(piece))
        first, *middle = parts if len(parts) == 1 else parts[:-1]
        last = f"{letter}*{parts[-1]}" if len(parts) > 1 else ""
        return first + "".join(f"(?>{letter}*?{part})" for part in middle) + last

    def like(self) -> str:
        r"""Return the pattern anywhere in a text, in the language of SQL's LIKE with `\` as its escape."""
        signs = {Wild.ANY: "%", Wild.ONE: "_"}
        parts = (
            signs[piece] if isinstance(piece, Wild) else re.sub(r"([\\%_])", r"\\\1", folded(piece))
            for piece in self.pieces
        )
        return f"%{''.join(parts)}%"


LETTER_OR_DIGIT = r"[^\W_]"


def whole_word_regex(pattern: Pattern) -> str:
    """Return a regular expression that finds a pattern where neither a letter nor a digit goes on at its ends."""
    return f"(?<!{LETTER_OR_DIGIT}){pattern.regex(LETTER_OR_DIGIT)}(?!{LETTER_OR_DIGIT})"


def hierarchy_regex(pattern: Pattern, separators: str) -> str:
    """Return a regular expression for a whole name: the pattern itself, or what lies below it.

    Args:
        separators: What parts the levels of a name, as alternatives of a regular expression.
    """
    return rf"{pattern.regex('.')}(?:(?:{separators}).*)?"
