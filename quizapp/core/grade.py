"""Grades a typed answer against what its card expects, into a rating that the learner may overrule."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.core.bounded_pattern import BoundedPattern
from quizapp.core.exact_answer import Likeness, likeness
from quizapp.core.expectation import Blank, Choice, Cloze, Exact, Expectation, Number, Pattern
from quizapp.core.formulas_in_line import with_formulas
from quizapp.core.memory import Rating
from quizapp.core.prediction import AnswerError
from quizapp.core.quantity import dimension_of, is_measured, parsed_quantity, unit_of

MUCH_BETTER, NOT_MUCH_WORSE = 0.5, 2.0
"""As for predictions: half the tolerance is Easy, twice the tolerance is Hard."""
_NOTHING = "Write an answer first, or let it be shown."


@dataclass(frozen=True, slots=True)
class Grade:
    """What came of an answer.

    Attributes:
        rating: The one that is proposed.
        kind: What the card expected: `exact`, `regex`, `number`, `choice` or `cloze`.
        answer: What was typed.
        wanted: What is right.
        sentence: How the two compare, in words; of several blanks a line for each.
    """

    rating: Rating
    kind: str
    answer: str
    wanted: str
    sentence: str

    @property
    def words(self) -> str:
        """The comparison, and the rating that it proposes."""
        return f"{self.sentence}\nProposed: {self.rating.value} {self.rating.name.capitalize()}"

    @property
    def extra(self) -> dict[str, object]:
        """What the review's entry in the log keeps beside the rating that the learner gave."""
        return {
            "kind": self.kind,
            "answer": self.answer,
            "wanted": self.wanted,
            "proposed": self.rating.name.lower(),
        }


def grade(expectation: Expectation, text: str) -> Grade:
    """Return what an answer is worth.

    Args:
        text: What was typed. Of a choice the answers chosen and of blanks the words for each, one a line.

    Raises:
        AnswerError: It cannot be read, as words where a number is asked for; it says what can.
    """
    if not text.strip():
        raise AnswerError(_NOTHING)
    match expectation:
        case Exact():
            return _exact(expectation, text.strip())
        case Pattern():
            return _pattern(expectation, text.strip())
        case Number():
            return _number(expectation, text.strip())
        case Choice():
            return _choice(expectation, text.strip())
        case Cloze():
            return _cloze(expectation, text)


def _exact(expected: Exact, text: str) -> Grade:
    answers = [with_formulas(answer) for answer in expected.answers]
    near = [likeness(text, answer, matches_case=expected.matches_case) for answer in answers]
    wanted = answers[0]
    if Likeness.SAME in near:
        return Grade(Rating.GOOD, "exact", text, wanted, f"Right: {answers[near.index(Likeness.SAME)]}")
    if Likeness.NEAR in near:
        meant = answers[near.index(Likeness.NEAR)]
        return Grade(Rating.HARD, "exact", text, wanted, f"Nearly: you wrote “{text}” for “{meant}”.")
    return Grade(Rating.AGAIN, "exact", text, wanted, f"You wrote “{text}”; it is “{wanted}”.")


def _pattern(expected: Pattern, text: str) -> Grade:
    pattern = BoundedPattern(expected.pattern, matches_case=expected.matches_case)
    wanted = with_formulas(expected.examples[0]) if expected.examples else expected.pattern
    if pattern.matches(text):
        return Grade(Rating.GOOD, "regex", text, wanted, f"Right: {text}")
    return Grade(Rating.AGAIN, "regex", text, wanted, f"You wrote “{text}”; it is “{wanted}”.")


def _number(expected: Number, text: str) -> Grade:
    error = _error(expected, text)
    if error is None:
        words = f"You wrote {text}; it is {expected.text}, and that is another kind of unit."
        return Grade(Rating.AGAIN, "number", text, expected.text, words)
    tolerance = expected.largest_error
    if error <= 1e-9 * abs(expected.value):
        rating = Rating.EASY if tolerance else Rating.GOOD
        return Grade(rating, "number", text, expected.text, f"Right: {expected.text}")
    words = f"You wrote {text}; it is {expected.text}: {_off(expected, error)}."
    return Grade(_rating(error, tolerance), "number", text, expected.text, words)


def _rating(error: float, tolerance: float) -> Rating:
    if error <= MUCH_BETTER * tolerance:
        return Rating.EASY
    if error <= tolerance:
        return Rating.GOOD
    return Rating.HARD if error <= NOT_MUCH_WORSE * tolerance else Rating.AGAIN


def _off(expected: Number, error: float) -> str:
    if expected.is_share and expected.value and math.isfinite(error):
        return f"off by {100 * error / abs(expected.value):.3g} %"
    return f"off by {error:.3g} {expected.unit}".rstrip()


def _error(expected: Number, text: str) -> float | None:
    """Return how far off a number is, in the unit that is expected; None where the units measure different things.

    A number without a unit is in the expected one; where things are counted in thousands or millions it may be the plain
    count as well. Where no unit is expected, words behind the number only name what is counted.
    """
    given = parsed_quantity(text)
    dimension = dimension_of(expected.unit)
    wanted = unit_of(expected.unit, dimension)
    if not given.unit:
        counted = (
            [given.number / wanted.factor] if not is_measured(dimension) and expected.unit != "%" else []
        )
        return min(abs(number - expected.value) for number in (given.number, *counted))
    unit = unit_of(given.unit, dimension)
    is_name_alone = not expected.unit and not is_measured(unit.dimension)
    if unit.dimension not in ("", dimension) and not is_name_alone:
        return None
    if unit.dimension == "" and given.unit.startswith("%") and expected.unit != "%":
        return None if dimension else abs(given.number * unit.factor - expected.value)
    return abs(given.number * unit.factor / wanted.factor - expected.value)


def _choice(expected: Choice, text: str) -> Grade:
    chosen = dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip())
    options = {" ".join(option.text.split()): option.is_right for option in expected.options}
    if unknown := chosen.keys() - options.keys():
        raise AnswerError(f"{min(unknown)!r} is none of the answers to choose from.")
    right = {option for option, is_right in options.items() if is_right}
    wanted = "\n".join(expected.right)
    wrong = len(chosen.keys() ^ right)
    answer = "\n".join(chosen)
    if not wrong:
        return Grade(Rating.GOOD, "choice", answer, wanted, f"Right: {_quoted(tuple(chosen))}")
    is_near = len(right) > 1 and wrong == 1
    words = f"You chose {_quoted(tuple(chosen))}; right is {_quoted(expected.right)}."
    return Grade(Rating.HARD if is_near else Rating.AGAIN, "choice", answer, wanted, words)


def _cloze(expected: Cloze, text: str) -> Grade:
    lines = [*text.split("\n"), *([""] * len(expected.blanks))][: len(expected.blanks)]
    found = [_filled(blank, line.strip()) for blank, line in zip(expected.blanks, lines, strict=True)]
    wanted = "\n".join(blank.accepted[0] for blank in expected.blanks)
    if all(near is Likeness.SAME for near, _ in found):
        return Grade(Rating.GOOD, "cloze", text, wanted, f"Right: {_listed([meant for _, meant in found])}")
    told = [_told(near, line.strip(), meant) for (near, meant), line in zip(found, lines, strict=True)]
    hits = sum(near is Likeness.SAME for near, _ in found)
    several = [f"{hits} of {len(found)} right.", *(f"Blank {n}: {words}" for n, words in enumerate(told, 1))]
    is_wrong = any(near is Likeness.OTHER for near, _ in found)
    sentence = "\n".join(several) if len(found) > 1 else told[0][:1].upper() + told[0][1:]
    return Grade(Rating.AGAIN if is_wrong else Rating.HARD, "cloze", text, wanted, sentence)


def _filled(blank: Blank, words: str) -> tuple[Likeness, str]:
    """Return how near the words for a blank came, and to which of the answers that it takes."""
    if not words:
        return Likeness.OTHER, blank.accepted[0]
    near = [likeness(words, answer) for answer in blank.accepted]
    best = next((one for one in (Likeness.SAME, Likeness.NEAR) if one in near), Likeness.OTHER)
    return best, blank.accepted[near.index(best)]


def _told(near: Likeness, words: str, meant: str) -> str:
    """Return how a blank was filled."""
    if near is Likeness.SAME:
        return f"right, {meant}"
    if near is Likeness.NEAR:
        return f"nearly, you wrote “{words}” for “{meant}”."
    return f"you wrote “{words}”; it is “{meant}”." if words else f"you wrote nothing; it is “{meant}”."


def _quoted(texts: Sequence[str]) -> str:
    return ", ".join(f"“{with_formulas(text)}”" for text in texts)


def _listed(texts: Sequence[str]) -> str:
    return ", ".join(map(with_formulas, texts))
