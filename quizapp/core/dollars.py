"""Finds the formulas of a Markdown text: `$...$` within a sentence, `$$...$$` on its own. A price is none.

As in most dialects no blank stands right within the dollars and no digit right behind them. Beyond that, a letter or digit
touches them only where people write it (the $n$th, 50$\\times$), and what reads as a sentence stays one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

INLINE, DISPLAY, BLOCK = "math_inline", "math_display", "math_block"
"""The types of the tokens; the source stands in `content`, and that of a block with its dollars in `meta`."""

# The blocks that a formula may end without a blank line.
_ENDED = ("paragraph", "reference", "blockquote", "list")
_RUN_BEFORE = re.compile(r"(?<!\\)\$\Z")
# Words within a formula may hold formulas of their own: \text{if $x > 0$}.
_WORDS = r"\\(?:text[a-z]*|[mh]box|emph)\s*\{(?:[^{}$]|\$[^$]*\$)*\}"
_NEXT = re.compile(rf"{_WORDS}|\\.|\$+", re.DOTALL)
_BEHIND = re.compile(r"(?:th|st|nd|rd|s|d|ary|fold)?(?![\w$])")
_COMMAND = re.compile(rf"{_WORDS}|\\(?:mathrm|operatorname|mathop)\*?\s*\{{[^{{}}]*\}}|\\[A-Za-z]+")
_SENTENCE = re.compile(
    r"[A-Za-z]{3,},?\s+[A-Za-z]{2,}|[A-Za-z]{2,},?\s+[A-Za-z]{3,}|^\d[\d.,]*[kKMB]?\s+\(?[A-Za-z]{3,}"
)
_LAST_LINE = re.compile(r"(?<!\\)\$\$[ \t]*(?P<mark>[.,;]?)[ \t]*$")


def add_formulas(parser: MarkdownIt) -> MarkdownIt:
    """Teach a Markdown parser what formulas are, and return it."""
    parser.block.ruler.before("fence", BLOCK, _block_rule, {"alt": list(_ENDED)})
    parser.inline.ruler.before("escape", INLINE, _inline_rule)
    return parser


def formula_end(text: str, start: int) -> int:
    """Return where the formula ends whose first dollar stands at `start`, behind its last one; 0 where none begins."""
    marks = "$$" if text.startswith("$$", start) else "$"
    first = start + len(marks)
    if not _may_open(text, start, first):
        return 0
    end = _next_dollars(text, first)
    if end < 0 or not text.startswith(marks, end) or text.startswith("$", end + len(marks)):
        return 0
    inside, behind = text[first:end], end + len(marks)
    if marks == "$$":
        return behind if inside.strip() else 0
    is_closed = bool(inside) and not inside[-1].isspace() and _BEHIND.match(text, behind)
    return behind if is_closed and not _is_sentence(inside) else 0


def _may_open(text: str, start: int, first: int) -> bool:
    if first >= len(text) or text[first] == "$" or _RUN_BEFORE.search(text, 0, start):
        return False
    if first - start == 2:
        return True
    is_free = start == 0 or not (text[start - 1].isalnum() or text[start - 1] == "_")
    return not text[first].isspace() and (is_free or text[first] == "\\")


def _next_dollars(text: str, start: int) -> int:
    """Return where the next dollar stands that no backslash escapes; -1 without one."""
    return next((found.start() for found in _NEXT.finditer(text, start) if found[0][0] == "$"), -1)


def _is_sentence(inside: str) -> bool:
    """Return whether two neighbouring words stand between dollars: letters of a formula are not that many."""
    return _SENTENCE.search(_COMMAND.sub(" \\\\ ", inside)) is not None


def _inline_rule(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$":
        return False
    end = formula_end(state.src, state.pos)
    if not end:
        # A run of dollars stays whole, so that its second one begins nothing.
        return False
    if not silent:
        whole = state.src[state.pos : end]
        marks = "$$" if whole.startswith("$$") else "$"
        token = state.push(INLINE if marks == "$" else DISPLAY, "math", 0)
        token.markup = marks
        token.content = whole[len(marks) : -len(marks)]
    state.pos = end
    return True


def _block_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start) or not _line(state, start).startswith("$$"):
        return False
    last = _last_line(state, start, end)
    if last is None:
        return False
    indent = state.sCount[start]
    source = state.getLines(start, last + 1, indent, False).strip()
    found = _LAST_LINE.search(source)
    if found is None or not source[2 : found.start()].strip():
        return False
    if not silent:
        token = state.push(BLOCK, "math", 0)
        token.markup = "$$"
        token.content = source[2 : found.start()] + found["mark"]
        token.meta = {"source": source}
        token.map = [start, last + 1]
    state.line = last + 1
    return True


def _last_line(state: StateBlock, start: int, end: int) -> int | None:
    """Return the line that closes a block; None where a blank line, its container's end or other dollars come first."""
    rest = _line(state, start)[2:]
    for number in range(start, end):
        if number > start:
            rest = _line(state, number)
            if not rest.strip() or state.sCount[number] < state.blkIndent:
                return None
        at = _next_dollars(rest, 0)
        if at >= 0:
            found = _LAST_LINE.search(rest)
            return number if found is not None and found.start() == at else None
    return None


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]
