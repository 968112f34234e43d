"""Text without the marks of Markdown's emphasis, where a line is drawn as a whole and cannot be partly bold."""

from __future__ import annotations

import re

from quizapp.core.dollars import formula_end

_KEPT = re.compile(r"(?P<code>`+)|\$")
_MARKED = re.compile(
    r"(?P<strong>\*{2,3}|__)(?=\S)(?P<said>.+?)(?<=\S)(?P=strong)"
    r"|(?<![\w*])\*(?=[^\s*])(?P<stressed>[^*]+?)(?<=\S)\*(?![\w*])"
    r"|(?<!\w)_(?=[^\s_])(?P<slanted>[^_]+?)(?<=\S)_(?!\w)",
    re.DOTALL,
)
_SAFE = 0xF0000
"""Private characters stand for code and formulas while the marks around them are looked for."""


def without_emphasis(text: str) -> str:
    """Return the text without `**`, `*`, `__` and `_` around words; code and formulas stay as they are written."""
    if ("*" not in text and "_" not in text) or max(text) >= chr(_SAFE):
        return text
    kept: list[str] = []
    written, at = "", 0
    while mark := _KEPT.search(text, at):
        sign = mark["code"]
        end = text.find(sign, mark.end()) + len(sign) if sign else formula_end(text, mark.start()) or 0
        if end <= mark.end():
            written += text[at : mark.end()]
            at = mark.end()
            continue
        written += text[at : mark.start()] + chr(_SAFE + len(kept))
        kept.append(text[mark.start() : end])
        at = end
    written += text[at:]
    while (plain := _MARKED.sub(_said, written)) != written:
        written = plain
    return "".join(kept[ord(letter) - _SAFE] if ord(letter) >= _SAFE else letter for letter in written)


def _said(marked: re.Match[str]) -> str:
    return marked["said"] or marked["stressed"] or marked["slanted"]
