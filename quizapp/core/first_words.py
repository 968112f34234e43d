"""The beginning of a text, to name it by."""

from __future__ import annotations

from quizapp.core.emphasis import without_emphasis
from quizapp.core.formulas_in_line import with_formulas
from quizapp.core.page import cells
from quizapp.core.plain import printable


def first_words(text: str, columns: int) -> str:
    """Return a text on one line of at most so many columns, cut behind a word with … where it is longer."""
    line = " ".join(with_formulas(printable(without_emphasis(text))).split())
    if cells(line) <= columns:
        return line
    kept = line[: columns - 2]
    while cells(kept) > columns - 2:
        kept = kept[:-1]
    if not line[len(kept)].isspace() and " " in kept:
        kept = kept[: kept.rindex(" ")]
    return f"{kept.rstrip()} …"
