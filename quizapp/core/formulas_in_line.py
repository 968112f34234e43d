"""Formulas in a text that is shown on a line without being laid out as Markdown: a title, a key point."""

from __future__ import annotations

import re

from quizapp.core.dollars import formula_end

_MARK = re.compile(r"\\\$|(?P<code>`+)|\$")


def with_formulas(text: str) -> str:
    """Return the text with each formula in one line, or as it is written where it has none; `\\$` becomes a dollar."""
    if "$" not in text:
        return text
    found, at = "", 0
    while mark := _MARK.search(text, at):
        found += text[at : mark.start()]
        at = mark.end()
        if mark["code"]:
            end = text.find(mark["code"], at)
            at = end + len(mark["code"]) if end >= 0 else at
            found += text[mark.start() : at]
        elif mark[0] == "$" and (end := formula_end(text, mark.start())):
            found += _in_line(text[mark.start() : end])
            at = end
        else:
            found += "$"
    return found + text[at:]


def _in_line(source: str) -> str:
    from quizapp.core.maths import one_line

    chunks = one_line(source.strip("$"))
    return source if chunks is None else " ".join(chunks)
