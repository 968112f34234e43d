"""An answer that a card expects, on plain lines: how it is asked for, and how lines become it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from quizapp.cli.plain_terminal import in_a_line
from quizapp.core.expectation import Choice, Cloze, Expectation, Number
from quizapp.core.grade import Grade, grade
from quizapp.core.plain import printable
from quizapp.core.prediction import AnswerError

Ask = Callable[[str], str]
"""Says what is asked for, and returns the line that was typed."""


def choice_lines(expectation: Expectation | None) -> Iterator[str]:
    """Yield the choices, numbered, in their order; nothing where there are none."""
    if isinstance(expectation, Choice):
        for number, choice in enumerate(expectation.texts, start=1):
            yield f"{number}. {in_a_line(choice)}"


def how_to_answer(expectation: Expectation) -> str:
    """Return how the answer is typed, and how it is told from a command where it could be one."""
    match expectation:
        case Choice():
            several = len(expectation.right) > 1
            return f"Type the {'numbers of all that are right' if several else 'number of your choice'}."
        case Number():
            return printable(
                f"Type a number in {expectation.unit}." if expectation.unit else "Type a number."
            )
        case Cloze() if (count := len(expectation.blanks)) > 1:
            return f"Type the words of the {count} blanks, semicolons between; a alone asks for one after another."
        case _:
            return "Type the answer. One that is a command, such as n, goes behind a: a n."


def given(expectation: Expectation, line: str, ask: Ask) -> Grade:
    """Return what a typed line is worth; what it does not give is asked for.

    Raises:
        AnswerError: It cannot be read; it says what can.
    """
    match expectation:
        case Cloze() if len(expectation.blanks) > 1:
            return grade(expectation, "\n".join(_for_blanks(expectation, line, ask)))
        case Choice():
            chosen = _chosen(expectation.texts, line or ask("Your choice:"))
            return grade(expectation, "\n".join(chosen))
    return grade(expectation, line or ask("Your answer:"))


def _chosen(choices: Sequence[str], line: str) -> Iterator[str]:
    """Yield the choices that numbers name; a choice may be written out as well, as it is read."""
    words = " ".join(line.split()).casefold()
    for choice in choices:
        if words in (choice.casefold(), in_a_line(choice).casefold()):
            yield choice
            return
    for word in line.replace(",", " ").split():
        if not word.isdecimal() or not 0 < int(word) <= len(choices):
            raise AnswerError(f"{line[:40]!r} is no choice: give numbers from 1 to {len(choices)}.")
        yield choices[int(word) - 1]


def _for_blanks(expectation: Cloze, line: str, ask: Ask) -> list[str]:
    """Return the words for each blank: those of the line, and those that are asked for where it has too few."""
    count = len(expectation.blanks)
    words = [part.strip() for part in line.split(";")] if line else []
    if len(words) > count:
        raise AnswerError(
            f"You gave {len(words)} answers, and there are {count} blanks. a alone asks for each."
        )
    for number, blank in enumerate(expectation.blanks[len(words) :], start=len(words) + 1):
        hint = f", {blank.hint}" if blank.hint else ""
        words.append(ask(printable(f"Blank {number} of {count}{hint}:")))
    return words
