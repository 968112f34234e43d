"""Reads the `expect` blocks of a deck, which say what a card's answer has to be."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizapp.core.bounded_pattern import BoundedPattern, PatternError
from quizapp.core.card import Card
from quizapp.core.cloze import OPENING, blanks
from quizapp.core.deck_blocks import Blocks, read_blocks
from quizapp.core.deck_sims import Word, info_words
from quizapp.core.expectation import Choice, Cloze, Exact, Expectation, Number, Option, Pattern
from quizapp.core.prediction import AnswerError
from quizapp.core.quantity import parsed_quantity
from quizapp.core.topic import CardKind

if TYPE_CHECKING:
    from markdown_it.token import Token

EXPECT = "expect"
CASE, ORDERED, TOLERANCE, UNIT = "case", "ordered", "tolerance", "unit"
MOST_OPTIONS = 9
"""Each is chosen by a digit."""

_FORM = "write ```expect and one of exact, regex, number, choice; then the answer below"
_OPTIONS = {"exact": (CASE,), "regex": (CASE,), "number": (TOLERANCE, UNIT), "choice": (ORDERED,)}
_OPTION = re.compile(r"[ \t]*(?:[-*+][ \t]+)?\[(?P<box>[xX ]?)\][ \t]+(?P<text>\S.*)")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and its place in the file, counted from 1."""

    line: int
    column: int
    what: str
    hint: str


@dataclass(slots=True)
class _Written:
    """An `expect` block as it is written, and what is found wrong in it."""

    start: Word
    kind: str
    options: list[Word]
    lines: list[Word]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, word: Word, what: str, hint: str = _FORM, *, shift: int = 0) -> None:
        """Note something that is wrong in a word, so many characters behind its beginning."""
        self.faults.append(Fault(word.line, word.column + shift, what, hint))

    def has(self, option: str) -> bool:
        """Return whether an option without a value is given."""
        return any(word.text == option for word in self.options)

    def value(self, option: str) -> Word | None:
        """Return the word of an option with a value."""
        return next((word for word in self.options if word.setting[0] == option and word.setting[1]), None)


def expectation_of(card: Card) -> Expectation | None:
    """Return what a card expects: the words of its question's blanks, else what the block in its own answer says.

    The block of a topic's answer belongs to its question, one of a follow-up's own answer to that follow-up.
    """
    if card.kind is CardKind.PREDICTION:
        return None
    if OPENING in card.question and (found := blanks(card.question)):
        return Cloze(found)
    return expectation_in(card.topic_answer if card.kind is CardKind.QUESTION else card.own_answer)


def expectation_in(answer: str) -> Expectation | None:
    """Return what the first well-formed `expect` block of an answer says."""
    if EXPECT not in answer:
        return None
    blocks = read_blocks(answer)
    found = (read_expectation(blocks, token) for token in expect_fences(blocks))
    return next((expectation for expectation in found if expectation is not None), None)


def expect_fences(blocks: Blocks) -> Iterator[Token]:
    """Yield the fences whose info string begins with `expect`, in order."""
    for token in blocks.tokens:
        if token.type == "fence" and token.info.split()[:1] == [EXPECT]:
            yield token


def read_expectation(blocks: Blocks, token: Token) -> Expectation | None:
    """Return what an `expect` block says; None where it is malformed."""
    written = _written(blocks, token)
    found = _READERS[written.kind](written) if written.kind in _READERS else None
    return None if written.faults else found


def faults_of(blocks: Blocks, token: Token) -> tuple[Fault, ...]:
    """Return everything that is wrong in an `expect` block."""
    written = _written(blocks, token)
    if written.kind in _READERS:
        _READERS[written.kind](written)
    return tuple(written.faults)


def _written(blocks: Blocks, token: Token) -> _Written:
    assert token.map is not None, "fences carry their lines"
    first = token.map[0]
    start = Word(EXPECT, first + 1, blocks.lines[first].find(token.markup) + 1)
    kind, *options = info_words(blocks, token) or [start]
    lines = [
        Word(content.strip(), number + 1, len(blocks.lines[number]) - len(content.lstrip()) + 1)
        for number, content in enumerate(token.content.split("\n")[:-1], start=first + 1)
        if content.strip()
    ]
    written = _Written(start, kind.text, options, lines)
    if kind.text not in _OPTIONS:
        what = "an expect block says no kind" if kind is start else f"{kind.text!r} is no kind of answer"
        written.fault(kind, what)
        return written
    if not lines:
        written.fault(start, "empty expect block")
    for word in options:
        _check_option(written, word)
    return written


def _check_option(written: _Written, word: Word) -> None:
    name, given = word.setting
    takes_value = name in (TOLERANCE, UNIT)
    if (
        name not in _OPTIONS[written.kind]
        or takes_value is not bool(given)
        or (given == "") is ("=" in word.text)
    ):
        known = ", ".join(f"{one}=..." if one in (TOLERANCE, UNIT) else one for one in _OPTIONS[written.kind])
        written.fault(word, f"{word.text!r} means nothing here", f"an expected {written.kind} takes {known}")


def _exact(written: _Written) -> Exact | None:
    return Exact(tuple(line.text for line in written.lines), written.has(CASE)) if written.lines else None


def _pattern(written: _Written) -> Pattern | None:
    if not written.lines:
        return None
    pattern, *examples = written.lines
    matches_case = written.has(CASE)
    try:
        bounded = BoundedPattern(pattern.text, matches_case=matches_case)
    except PatternError as error:
        written.fault(pattern, f"bad regular expression: {error}", "correct it there", shift=error.at)
        return None
    if not examples:
        hint = "write below it an answer that it matches: it is shown as the right one"
        written.fault(pattern, "the regular expression has no example", hint)
    for example in examples:
        if not bounded.matches(example.text):
            written.fault(
                example, "the regular expression does not match this answer", "correct one of the two"
            )
    return Pattern(pattern.text, tuple(line.text for line in examples), matches_case)


def _number(written: _Written) -> Number | None:
    if not written.lines:
        return None
    line, *more = written.lines
    tolerance, is_share = _tolerance(written)
    for word in more:
        written.fault(word, "a second number", "keep one")
    try:
        quantity = parsed_quantity(line.text)
    except AnswerError:
        written.fault(
            line, f"{line.text[:40]!r} is no number", "write one such as 98.3, 1.13e15 or 3.4·10⁷ MB"
        )
        return None
    if not math.isfinite(quantity.number):
        written.fault(line, "an endless number is no answer", "write a finite one")
    unit = written.value(UNIT)
    if unit is not None and quantity.unit:
        written.fault(unit, "the unit is given twice", f"keep {UNIT}= or the one behind the number")
    named = unit.setting[1] if unit is not None else quantity.unit
    text = f"{line.text} {named}" if unit is not None else line.text
    return Number(quantity.number, named, text, tolerance, is_share)


def _tolerance(written: _Written) -> tuple[float, bool]:
    """Return the tolerance, and whether it is a share of the number."""
    word = written.value(TOLERANCE)
    if word is None:
        return 0.0, True
    given = word.setting[1]
    try:
        tolerance = float(given.removesuffix("%"))
    except ValueError:
        tolerance = -1.0
    if not 0 < tolerance < math.inf:
        written.fault(word, f"{given!r} is no tolerance", "write one above 0, such as 5% or 0.5")
        return 0.0, True
    return (tolerance / 100, True) if given.endswith("%") else (tolerance, False)


def _choice(written: _Written) -> Choice | None:
    options: dict[str, Option] = {}
    for line in written.lines:
        found = _OPTION.fullmatch(line.text)
        if found is None:
            written.fault(
                line,
                "this is no answer to choose",
                "write '- [ ] answer', and '- [x] answer' for a right one",
            )
            continue
        option = Option(" ".join(found["text"].split()), found["box"] in ("x", "X"))
        if option.text in options:
            written.fault(line, f"{option.text!r} stands here twice", "take one of them out")
        options[option.text] = option
    if written.lines and len(options) < 2:
        written.fault(written.lines[0], "there is nothing to choose from", "write two answers at least")
    if len(options) > MOST_OPTIONS:
        written.fault(written.lines[MOST_OPTIONS], "too many answers", f"keep {MOST_OPTIONS} at most")
    if options and not any(option.is_right for option in options.values()):
        written.fault(written.lines[0], "no answer is marked as right", "write '- [x] ' before it")
    return Choice(tuple(options.values()), written.has(ORDERED))


_READERS: dict[str, Callable[[_Written], Expectation | None]] = {
    "exact": _exact,
    "regex": _pattern,
    "number": _number,
    "choice": _choice,
}
