"""An answer given on plain lines: how it is asked for, how lines become it, and what they cover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from quizapp.cli.plain_words import text_lines
from quizapp.core.expectation import Choice, Cloze, Expectation, Number
from quizapp.core.grade import Grade, grade
from quizapp.core.plain import printable
from quizapp.core.prediction import AnswerError

if TYPE_CHECKING:
    from quizapp.core.card import Card


def expected_lines(expectation: Expectation, card: Card) -> Iterator[str]:
    """Yield the choices in the order of the card's present review, and how the answer is given."""
    match expectation:
        case Choice():
            for number, choice in enumerate(_choices(expectation, card), start=1):
                yield f"{number}. {' '.join(text_lines(choice, 10_000))}"
            several = len(expectation.right) > 1
            yield "Give the numbers of all that are right." if several else "Give the number of your choice."
        case Number():
            yield printable(f"Give a number in {expectation.unit}." if expectation.unit else "Give a number.")
        case Cloze() if len(expectation.blanks) > 1:
            yield f"Give the words of the {len(expectation.blanks)} blanks, parted by semicolons."
        case _:
            yield "Give the answer in words."


def given(expectation: Expectation, card: Card, line: str) -> Grade:
    """Return what a typed line is worth.

    Raises:
        AnswerError: It cannot be read; it says what can.
    """
    match expectation:
        case Choice():
            line = "\n".join(_chosen(_choices(expectation, card), line))
        case Cloze() if len(expectation.blanks) > 1:
            line = _for_blanks(line, len(expectation.blanks))
    return grade(expectation, line)


def _choices(expectation: Choice, card: Card) -> Sequence[str]:
    return expectation.asked(card.id, card.state.memory.reps)


def _chosen(choices: Sequence[str], line: str) -> Iterator[str]:
    """Yield the choices that numbers name; a choice may be written out as well."""
    if " ".join(line.split()) in choices:
        yield " ".join(line.split())
        return
    for word in line.replace(",", " ").split():
        if not word.isdecimal() or not 0 < int(word) <= len(choices):
            raise AnswerError(f"{word!r} is no choice: give numbers from 1 to {len(choices)}.")
        yield choices[int(word) - 1]


def _for_blanks(line: str, count: int) -> str:
    words = [part.strip() for part in line.split(";")]
    if len(words) != count:
        raise AnswerError(f"{len(words)} answers for {count} blanks: part them by semicolons.")
    return "\n".join(words)


def covered_points(card: Card, text: str, points: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the key points that typed words cover, counted from 1."""
    if not text.strip() or not points:
        return frozenset()
    from quizapp.core.coverage import coverage
    from quizapp.core.synonyms import read_synonyms

    found = coverage(text, points, read_synonyms(card.synonyms), card.question)
    return frozenset(number for number, one in enumerate(found, start=1) if one.is_covered)
