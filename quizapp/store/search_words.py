"""Texts of a query as conditions on the full-text index."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from quizapp.core.search.folding import FIELD_END, folded, index_words, tag_word
from quizapp.core.search.pattern import Pattern, hierarchy_regex, whole_word_regex
from quizapp.core.search.query import Side
from quizapp.store.database import Execute

MOST_WORDS = 400
"""More words than these are not looked up one by one: reading every text is faster then."""

_AS_IT_IS = "(?-i:{})"
"""Folded text has no case to be passed over, and a regular expression that need not is four times as fast."""

_OTHER_FIELD = f"[^{FIELD_END}]*{FIELD_END}"
"""A part of a document that is passed over: the title comes first, then the question, then the answer."""

NOTHING = '"\U0010ffff\U0010ffff"'
"""An expression of the index that finds nothing: no text holds what is no character."""

Bind = Callable[[object], str]
"""Keeps a value as a parameter of the statement and returns the mark that stands for it."""


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents of the index, as a condition.

    Attributes:
        match: An expression of the index; empty where it cannot narrow the search.
        check: What must hold of `text` besides; empty where the expression says all.
    """

    match: str
    check: str = ""

    def select(self, bind: Bind) -> str:
        """Return the statement that gives their numbers."""
        conditions = [f"search_text MATCH {bind(self.match)}"] if self.match else []
        conditions += [self.check] if self.check else []
        return f"SELECT rowid FROM search_text WHERE {' AND '.join(conditions)}"  # noqa: S608 - values are bound


def with_text(execute: Execute, pattern: Pattern, bind: Bind) -> Documents:
    """Return the documents in which a text stands, also inside of words."""
    inner = pattern.inner
    literal = inner.literal
    if literal is None:
        return Documents("", f"text LIKE {bind(inner.like())} ESCAPE '\\'")
    words = index_words(literal)
    if not words:
        return Documents("", f"instr(text, {bind(literal)})") if literal else Documents("", "1")
    narrowed, is_exact = _narrowed(execute, literal, words)
    if narrowed and is_exact:
        return Documents(narrowed)
    return Documents(narrowed, f"instr(text, {bind(literal)})")


def on_side(execute: Execute, pattern: Pattern, side: Side, bind: Bind) -> Documents:
    """Return the documents on whose question, or on whose answer, a text stands, also inside of words."""
    anywhere = with_text(execute, pattern, bind)
    before = _OTHER_FIELD * 1 if side is Side.FRONT else _OTHER_FIELD * 2
    rest = f"[^{FIELD_END}]*" if side is Side.FRONT else "(?s:.)*"
    expression = f"\\A{before}{rest}?{pattern.inner.regex(f'[^{FIELD_END}]')}"
    return Documents(anywhere.match, f"found_by({bind(_AS_IT_IS.format(expression))}, text)")


def _narrowed(execute: Execute, literal: str, words: list[tuple[int, int]]) -> tuple[str, bool]:
    """Return an expression for documents that may hold a text, and whether all of them do; empty for any document."""
    first, last = literal[slice(*words[0])], literal[slice(*words[-1])]
    begins, ends = words[0][0] == 0, words[-1][1] == len(literal)
    if len(words) == 1 and begins:
        condition = "instr(word, :part) > 0" if ends else "substr(word, -length(:part)) = :part"
        found = _words(execute, condition, first)
        return (_any(found) if found is not None else "", ends)
    middle = [literal[start:end] for start, end in words[1:-1]]
    tail = f'"{" ".join([*middle, last])}"' + ("*" if ends else "")
    if len(words) == 1:
        return f"text : {tail}", False
    if not begins:
        return f"text : {_phrase([first, *middle, last], open_end=ends)}", False
    heads = _words(execute, "substr(word, -length(:part)) = :part", first)
    if heads is None:
        return f"text : {tail}", False
    if not heads:
        return NOTHING, True
    return f"text : ({' OR '.join(_phrase([head, *middle, last], open_end=ends) for head in heads)})", False


def _phrase(words: list[str], *, open_end: bool) -> str:
    return f'"{" ".join(words)}"' + ("*" if open_end else "")


def with_word(execute: Execute, pattern: Pattern, bind: Bind) -> Documents:
    """Return the documents in which a text stands between the borders of words."""
    expression = whole_word_regex(pattern)
    literal = pattern.literal
    text = (
        literal
        if literal is not None
        else "".join(piece for piece in pattern.pieces if isinstance(piece, str))
    )
    spans = index_words(folded(text))
    if spans == [(0, len(folded(text)))]:  # a piece of one word of the index: its words tell all
        finds = re.compile(expression)
        part = "" if literal is None else literal
        holding = execute(
            "SELECT word FROM search_word WHERE instr(word, :part) > 0 OR :part = ''", {"part": part}
        )
        found = [word for (word,) in holding if finds.search(word)]
        if len(found) <= MOST_WORDS:
            return Documents(_any(found))
    like = f"text LIKE {bind(pattern.inner.like())} ESCAPE '\\' AND " if pattern.inner.pieces else ""
    return Documents("", f"{like}found_by({bind(_AS_IT_IS.format(expression))}, text)")


def with_tag(execute: Execute, pattern: Pattern) -> Documents:
    """Return the documents whose topics have a tag, or one below it."""
    finds = re.compile(hierarchy_regex(pattern, "::|/"))
    return _tagged(tag for (tag,) in execute("SELECT tag FROM search_tag", {}) if finds.fullmatch(tag))


def with_tag_like(execute: Execute, expression: str) -> Documents:
    """Return the documents whose topics have a tag in which a regular expression finds something."""
    finds = re.compile(expression, re.IGNORECASE)
    return _tagged(tag for (tag,) in execute("SELECT tag FROM search_tag", {}) if finds.search(tag))


def own_tags(execute: Execute, finds: Callable[[str], object]) -> list[int]:
    """Return the numbers of the cards with a tag of the learner's own that a test takes; it is given the folded tag."""
    rows = execute("SELECT number, own_tags FROM card WHERE own_tags <> '[]'", {})
    return [number for number, tags in rows if any(finds(folded(tag)) for tag in json.loads(tags))]


def _tagged(tags: Iterable[str]) -> Documents:
    found = " OR ".join(f'"{tag_word(tag)}"' for tag in tags)
    return Documents(f"tags : ({found})" if found else NOTHING)


def _words(execute: Execute, condition: str, part: str) -> list[str] | None:
    """Return the words of the library that a condition takes; None when there are too many."""
    rows = execute(
        f"SELECT word FROM search_word WHERE {condition} LIMIT :most",  # noqa: S608 - fixed conditions
        {"part": part, "most": MOST_WORDS + 1},
    )
    return [word for (word,) in rows] if len(rows) <= MOST_WORDS else None


def _any(words: Iterable[str]) -> str:
    """Return an expression for documents with any of these words."""
    found = " OR ".join(f'"{word}"' for word in words)
    return f"text : ({found})" if found else NOTHING
