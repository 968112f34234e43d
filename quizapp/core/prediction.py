"""A committed prediction: the number that was typed, and how far it lies from what the run measured."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from quizapp.core.chart.number import PLAIN_BELOW, number_text, power_text
from quizapp.core.per_cent import per_cent
from sims.protocol import Outcome, Prediction, PredictionKind

Answer = str | float | tuple[float, ...]

HIT_DECADES = math.log10(2)
"""On a logarithmic scale an answer within a factor of two counts as right."""
HIT_RATIO = 0.1
"""On a linear scale an answer within a tenth of the truth counts as right."""
HIT_SKETCH_DECADES = 0.5
"""On a logarithmic scale bars that are off by half a decade on average count as right."""
HIT_SKETCH = 0.15
"""On a linear scale bars that are off by this share of their range on average count as right."""
LONGEST_ANSWER = 60

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_SIGNS = str.maketrans({"−": "-", "·": "*", "×": "*", "⋅": "*", "∞": "inf"})
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?|[+-]?inf")


class AnswerError(ValueError):
    """What was typed is not an answer to the question; the text says what is."""


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a prediction was from what its run measured.

    Attributes:
        hit: The right choice, or a number or sketch within the prediction's tolerance.
        error_decades: log10 of answer over truth where the question counts decades, of a sketch the mean distance over
            its bars; else None.
        ratio: Answer over truth where it is a finite number; else None.
        error, tolerance: How far off it was, and how far off still counts as right: both in decades, as a share of the
            truth, or of a sketch's range. The error is None where there is no distance, as between choices.
        words: The gap in one sentence, without the reason.
        reason: Why the truth is what it is, in the simulation's own words.
    """

    hit: bool
    words: str
    reason: str
    error_decades: float | None = None
    ratio: float | None = None
    error: float | None = None
    tolerance: float = 0.0

    @property
    def sentence(self) -> str:
        """The gap and its reason, as the learner reads them."""
        return f"{self.words} {sentence_case(self.reason)}".strip()


def parsed_answer(prediction: Prediction, text: str) -> Answer:
    """Return the answer that the text stands for: one of the choices, or a number.

    Raises:
        AnswerError: It is neither.
    """
    if not prediction.choices:
        number = parsed_number(text, prediction.unit)
        if prediction.log_scale and number <= 0:
            raise AnswerError("This is a size, counted in factors of ten: give a number above 0.")
        return number
    if text in prediction.choices:
        return text
    raise AnswerError(f"Choose one of {', '.join(prediction.choices)}.")


def parsed_number(text: str, unit: str = "") -> float:
    """Return the number that a person wrote: 1e7, 10^7, 10⁷, 3.4·10⁷, 1/200, 5 %.

    Args:
        unit: A unit that may stand after the number. When it is "%", 5 and "5 %" are both 5.

    Raises:
        AnswerError: It is not a number, or not one that a float can hold.
    """
    wanted = AnswerError(
        f"{text.strip()[:LONGEST_ANSWER]!r} is not a number: write 0.005, 1e7, 10^7, 1/200 or 5 %."
    )
    if len(text) > LONGEST_ANSWER:
        raise wanted
    number = text.strip().lstrip("~≈").strip()
    if unit:
        number = number.removesuffix(unit).strip()
    percent = number.endswith("%")
    number = re.sub(r"\s+", "", number.removesuffix("%")).lower().translate(_SIGNS)
    number = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+", lambda power: "^" + power[0].translate(_SUPERSCRIPTS), number)
    number = re.sub(r"(?<=\d)x(?=\d)", "*", number.replace("**", "^"))
    try:
        value = _product(number)
    except (ValueError, OverflowError, ZeroDivisionError):
        raise wanted from None
    return value / 100 if percent else value


def _product(text: str) -> float:
    """Return the value of factors joined by * and /, taken from the left."""
    first, *rest = re.split(r"([*/])", text)
    value = _power(first)
    for sign, factor in zip(rest[::2], rest[1::2], strict=True):
        value = value * _power(factor) if sign == "*" else value / _power(factor)
    if math.isnan(value):
        raise ValueError(text)
    return value


def _power(text: str) -> float:
    """Return the value of a number or a power of one; a sign before it belongs to the whole: −10² is −100."""
    base, *exponents = text.removeprefix("-").split("^")
    if len(exponents) > 1 or base.startswith("-"):
        raise ValueError(text)
    value = _plain(base)
    if exponents:
        value = float(value ** _plain(exponents[0].removeprefix("(").removesuffix(")")))
    return -value if text.startswith("-") else value


def _plain(text: str) -> float:
    if not _PLAIN.fullmatch(text):
        raise ValueError(text)
    return float(text)


def said(value: float) -> str:
    """Return a number as a sentence names it: a whole power of ten from 100 on as 10², 3.4·10⁷ with two figures."""
    if not math.isfinite(value) or not 100 <= value < 1e300:
        return number_text(value)
    exponent = round(math.log10(value))
    if math.isclose(value, 10.0**exponent, rel_tol=1e-9):
        return power_text(exponent)
    return number_text(value, digits=2 if value >= PLAIN_BELOW else 3)


def gap(prediction: Prediction, answer: Answer, outcome: Outcome) -> Gap:
    """Return how far the committed answer lies from the outcome, in a number and in words."""
    truth = outcome.truth
    if isinstance(answer, tuple) and isinstance(truth, tuple):
        return _sketch_gap(prediction, answer, truth, outcome.reason)
    if not isinstance(answer, float) or not isinstance(truth, float):
        return _choice_gap(answer, outcome)
    if not math.isfinite(truth):
        return _overflow_gap(answer, truth, outcome.reason)
    if prediction.log_scale and answer > 0 and truth > 0 and math.isfinite(answer):
        return _decades_gap(prediction, answer, truth, outcome.reason)
    return _ratio_gap(prediction, answer, truth, outcome.reason)


def outcome_words(prediction: Prediction, outcome: Outcome) -> str:
    """Return what the outcome was, for a learner who made no prediction."""
    return f"It was {quoted(outcome.truth, prediction.unit)}. {sentence_case(outcome.reason)}".strip()


def answer_text(answer: Answer, unit: str = "") -> str:
    """Return an answer as the learner reads it back."""
    if isinstance(answer, tuple):
        return ", ".join(_measured(value, unit) for value in answer)
    return answer if isinstance(answer, str) else _measured(answer, unit)


def read_back(prediction: Prediction, text: str) -> Answer:
    """Return the answer, or the truth, that `answer_text` wrote for a question, to the figures that it wrote.

    Raises:
        AnswerError: The question is another one now.
    """
    if prediction.kind is PredictionKind.SKETCH:
        values = tuple(_read_number(part, prediction.unit) for part in text.split(", "))
        if len(values) != len(prediction.bars):
            raise AnswerError(f"{len(values)} values for {len(prediction.bars)} bars.")
        return values
    if prediction.choices:
        return parsed_answer(prediction, text)
    return _read_number(text, prediction.unit)


def _read_number(text: str, unit: str) -> float:
    return math.nan if text == said(math.nan) else parsed_number(text, unit)


def quoted(answer: Answer, unit: str = "") -> str:
    """Return an answer as a sentence names it: a choice in quotation marks."""
    return f"'{answer}'" if isinstance(answer, str) else answer_text(answer, unit)


def sentence_case(words: str) -> str:
    """Return the words with a capital where they begin with a word; a symbol such as x or α stays as it is."""
    first = words.split(" ", 1)[0]
    return words[:1].upper() + words[1:] if len(first) > 1 and first.isascii() and first.isalpha() else words


def _measured(value: float, unit: str) -> str:
    return f"{said(value)} {unit}".strip() if math.isfinite(value) else said(value)


def _choice_gap(answer: Answer, outcome: Outcome) -> Gap:
    chosen, was = quoted(answer), quoted(outcome.truth)
    if chosen == was:
        return Gap(hit=True, words=f"You chose {chosen}, and so it was.", reason=outcome.reason)
    return Gap(hit=False, words=f"You chose {chosen}; it was {was}.", reason=outcome.reason)


def _overflow_gap(answer: float, truth: float, reason: str) -> Gap:
    if answer == truth:
        return Gap(hit=True, words="You said that it would overflow, and it did.", reason=reason, error=0.0)
    what = "it overflowed" if math.isinf(truth) else "it ended as NaN, not a number"
    return Gap(hit=False, words=f"You said {said(answer)}; {what}.", reason=reason, error=math.inf)


def _decades_gap(prediction: Prediction, answer: float, truth: float, reason: str) -> Gap:
    decades = math.log10(answer) - math.log10(truth)
    tolerance = HIT_DECADES if prediction.tolerance is None else prediction.tolerance
    hit = abs(decades) <= tolerance
    was = _measured(truth, prediction.unit)
    if hit:
        factor = "two" if prediction.tolerance is None else number_text(round(10**tolerance, 2))
        words = f"Within a factor of {factor}: you said {said(answer)}, it was {was}."
    elif abs(decades) < 1:
        factor, side = number_text(round(10 ** abs(decades), 1)), "low" if decades < 0 else "high"
        words = f"{factor} times too {side}: you said {said(answer)}, it was {was}."
    else:
        side = "low" if decades < 0 else "high"
        words = f"{abs(decades):.1f} decades {side}: you said {said(answer)}, it was {was}."
    return Gap(hit, words, reason, decades, _ratio(answer, truth), abs(decades), tolerance)


def _ratio_gap(prediction: Prediction, answer: float, truth: float, reason: str) -> Gap:
    tolerance = HIT_RATIO if prediction.tolerance is None else prediction.tolerance
    error = _share(answer, truth)
    hit = error <= tolerance
    was = _measured(truth, prediction.unit)
    if answer == truth:
        words = f"Exactly: it was {was}."
    elif hit:
        words = f"Close: you said {said(answer)}, it was {was}."
    else:
        off = number_text(abs(answer - truth))
        words = f"{off} too {'low' if answer < truth else 'high'}: you said {said(answer)}, it was {was}."
    return Gap(hit, words, reason, None, _ratio(answer, truth), error, tolerance)


def _sketch_gap(
    prediction: Prediction, answer: tuple[float, ...], truth: tuple[float, ...], reason: str
) -> Gap:
    """Compare the bars; one that was measured as no finite number counts as the end of the range that it left by."""
    bounded = [_bounded(prediction, value) for value in truth]
    pairs = list(zip(prediction.bars, answer, bounded, strict=True))
    errors = [_bar_error(prediction, drawn, measured) for _, drawn, measured in pairs]
    mean = sum(errors) / len(errors)
    usual = HIT_SKETCH_DECADES if prediction.log_scale else HIT_SKETCH
    tolerance = usual if prediction.tolerance is None else prediction.tolerance
    farthest = max(range(len(errors)), key=errors.__getitem__)
    bar, drawn, was = prediction.bars[farthest], said(answer[farthest]), said(truth[farthest])
    off = f"{mean:.1f} decades" if prediction.log_scale else f"{per_cent(mean)} of the range"
    words = f"Your sketch is off by {off} on average, most at {bar}: you drew {drawn}, it was {was}."
    decades = mean if prediction.log_scale else None
    return Gap(mean <= tolerance, words, reason, decades, error=mean, tolerance=tolerance)


def _bounded(prediction: Prediction, value: float) -> float:
    return prediction.high if math.isnan(value) else min(prediction.high, max(prediction.low, value))


def _bar_error(prediction: Prediction, drawn: float, measured: float) -> float:
    """Return the distance in decades, or as a share of the range."""
    if prediction.log_scale:
        return abs(math.log10(drawn) - math.log10(measured))
    return abs(drawn - measured) / (prediction.high - prediction.low)


def _share(answer: float, truth: float) -> float:
    """Return the error as a share of the truth; against a truth of 0 anything else is infinitely far off."""
    if answer == truth:
        return 0.0
    return abs(answer - truth) / abs(truth) if truth else math.inf


def _ratio(answer: float, truth: float) -> float | None:
    """Return answer over truth, or None where that is no finite number."""
    if truth == 0 or not math.isfinite(answer):
        return None
    ratio = answer / truth
    return ratio if math.isfinite(ratio) else None
