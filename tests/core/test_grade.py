"""Grades: what each kind of answer is worth, and what is said of it."""

from __future__ import annotations

import pytest

from quizapp.core.expectation import Blank, Choice, Cloze, Exact, Expectation, Number, Option, Pattern
from quizapp.core.grade import grade
from quizapp.core.memory import Rating
from quizapp.core.prediction import AnswerError

EXACT = Exact(("ReZero", "SkipInit"))
PATTERN = Pattern(r"21\D+78\D+300", ("21, 78 and 300",))
MEGABYTES = Number(98.3, "MB", "98.3 MB", 0.05)
MILLISECONDS = Number(3.0, "ms", "3 ms", 0.5, is_share=False)
PARAMETERS = Number(25.6, "M parameters", "25.6 M parameters", 0.01)
COUNT = Number(21.0, "", "21")
SHARE = Number(5.0, "%", "5 %", 0.1)
ONE = Choice((Option("√2", True), Option("2", False), Option("1", False)))
TWO = Choice((Option("a", True), Option("b", True), Option("c", False)))
GAPS = Cloze((Blank("√2"), Blank("stochastic depth")))
EITHER = Cloze((Blank("shortcut", "", ("skip connection",)), Blank(r"$\frac{1}{\sqrt{L}}$")))


@pytest.mark.parametrize(
    ("expectation", "text", "rating"),
    [
        (EXACT, " rezero ", Rating.GOOD),
        (EXACT, "skipinit", Rating.GOOD),
        (EXACT, "rezreo", Rating.HARD),
        (EXACT, "fixup", Rating.AGAIN),
        (PATTERN, "21, 78, 300", Rating.GOOD),
        (PATTERN, "21, 78", Rating.AGAIN),
        (MEGABYTES, "98.3", Rating.EASY),
        (MEGABYTES, "0.0983 GB", Rating.EASY),
        (MEGABYTES, "93.75 MiB", Rating.EASY),
        (MEGABYTES, "98,300,000 bytes", Rating.EASY),
        (MEGABYTES, "9.83e7 B", Rating.EASY),
        (MEGABYTES, "102", Rating.GOOD),
        (MEGABYTES, "107 mb", Rating.HARD),
        (MEGABYTES, "200", Rating.AGAIN),
        (MEGABYTES, "98.3 Mb", Rating.AGAIN),
        (MEGABYTES, "98.3 s", Rating.AGAIN),
        (MEGABYTES, "98.3 %", Rating.AGAIN),
        (MILLISECONDS, "0.003 s", Rating.EASY),
        (MILLISECONDS, "3.4 ms", Rating.GOOD),
        (MILLISECONDS, "3900 µs", Rating.HARD),
        (MILLISECONDS, "5", Rating.AGAIN),
        (PARAMETERS, "25.6", Rating.EASY),
        (PARAMETERS, "25.6M", Rating.EASY),
        (PARAMETERS, "25 600 000", Rating.EASY),
        (PARAMETERS, "25.6 million parameters", Rating.EASY),
        (PARAMETERS, "25.6 GB", Rating.AGAIN),
        (COUNT, "21", Rating.GOOD),
        (COUNT, "21 links", Rating.GOOD),
        (COUNT, "22", Rating.AGAIN),
        (COUNT, "21 MB", Rating.AGAIN),
        (SHARE, "5", Rating.EASY),
        (SHARE, "5.4 %", Rating.GOOD),
        (SHARE, "0.05", Rating.AGAIN),
        (ONE, "√2", Rating.GOOD),
        (ONE, "2", Rating.AGAIN),
        (TWO, "b\na", Rating.GOOD),
        (TWO, "a", Rating.HARD),
        (TWO, "a\nb\nc", Rating.HARD),
        (TWO, "c", Rating.AGAIN),
        (GAPS, "sqrt 2\nstochastic depth", Rating.GOOD),
        (GAPS, "√2\nstochastic depht", Rating.HARD),
        (GAPS, "2\nstochastic depth", Rating.AGAIN),
        (GAPS, "√2", Rating.AGAIN),
        (EITHER, "skip connection\n1/sqrt(L)", Rating.GOOD),
        (EITHER, "skip conection\n1/√L", Rating.HARD),
        (EITHER, "bypass\n1/√L", Rating.AGAIN),
        (GAPS, "\nstochastic depth", Rating.AGAIN),
    ],
)
def test_answers_are_worth_a_rating(expectation: Expectation, text: str, rating: Rating) -> None:
    """Right is Good, or Easy within half a tolerance; nearly right is Hard; wrong is Again."""
    assert grade(expectation, text).rating is rating


@pytest.mark.parametrize(
    ("expectation", "text", "words"),
    [
        (EXACT, "", "Write an answer first"),
        (MEGABYTES, "a lot", "is not a number"),
        (ONE, "7", "none of the answers"),
        (GAPS, " \n ", "Write an answer first"),
    ],
)
def test_what_cannot_be_read_is_not_graded(expectation: Expectation, text: str, words: str) -> None:
    """It is said what can; nothing is lost."""
    with pytest.raises(AnswerError, match=words):
        grade(expectation, text)


def test_a_grade_says_how_the_two_compare() -> None:
    """In a sentence, of several blanks in a line for each, then the rating that it proposes."""
    found = grade(MEGABYTES, "102")
    assert found.words == "You wrote 102; it is 98.3 MB: off by 3.76 %.\nProposed: 3 Good"
    assert grade(MILLISECONDS, "5 ms").sentence == "You wrote 5 ms; it is 3 ms: off by 2 ms."
    assert grade(EXACT, "x").sentence == "You wrote “x”; it is “ReZero”."
    assert grade(GAPS, "√2").sentence == (
        "1 of 2 right.\nBlank 1: right, √2\nBlank 2: you wrote nothing; it is “stochastic depth”."
    )
    assert grade(EITHER, "skip connection\n1/√L").sentence == "Right: skip connection, 1/√L"
    assert grade(EITHER, "bypass\nL").sentence == (
        "0 of 2 right.\nBlank 1: you wrote “bypass”; it is “shortcut”.\nBlank 2: you wrote “L”; it is “1/√L”."
    )
    roots = Choice((Option(r"$\sqrt{2}$", is_right=True), Option("2", is_right=False)))
    assert grade(roots, "2").sentence == "You chose “2”; right is “√2”."
    assert grade(EITHER, "bypass\nL").wanted == "shortcut\n1/√L"
    assert grade(EITHER, "shortcutt\n1/√L").sentence == (
        "1 of 2 right.\nBlank 1: nearly, you wrote “shortcutt” for “shortcut”.\nBlank 2: right, 1/√L"
    )
    assert grade(TWO, "a").sentence == "You chose “a”; right is “a”, “b”."


def test_the_log_keeps_what_was_said_and_what_was_right() -> None:
    """With the rating that was proposed, whatever the learner then gives."""
    assert grade(MEGABYTES, " 102 ").extra == {
        "kind": "number",
        "answer": "102",
        "wanted": "98.3 MB",
        "proposed": "good",
    }
