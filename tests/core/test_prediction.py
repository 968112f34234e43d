"""Numbers as people write them, and the gap between what was predicted and what was measured."""

from __future__ import annotations

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.prediction import (
    AnswerError,
    gap,
    outcome_words,
    parsed_answer,
    parsed_number,
    said,
    sentence_case,
)
from sims.protocol import Outcome, Prediction

SIZE = Prediction("How large?", log_scale=True)
SHARE = Prediction("Which share?", unit="%")
NET = Prediction("Which net?", choices=("plain", "residual", "neither"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e7", 1e7),
        ("10^7", 1e7),
        ("10**7", 1e7),
        ("10⁷", 1e7),
        ("3.4·10⁷", 3.4e7),
        ("3.4 x 10^7", 3.4e7),
        ("3.4*10^7", 3.4e7),
        ("2^50", 2.0**50),
        ("0.005", 0.005),
        (".5", 0.5),
        ("1/200", 0.005),
        ("5 %", 0.05),
        ("≈ 100", 100.0),
        ("−3", -3.0),
        ("−10²", -100.0),
        ("10⁻³", 0.001),
        ("10^(-3)", 0.001),
        ("∞", math.inf),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, value: float) -> None:
    """Powers, products, fractions, percentages and true minus signs are understood."""
    assert parsed_number(text) == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "many",
        "1,000",
        "nan",
        "1/0",
        "10^999",
        "(-2)^0.5",
        "--2",
        "1e99999",
        "9" * 61,
        "2^3^4",
        "[red]",
    ],
)
def test_what_is_no_number_is_refused_with_an_example(text: str) -> None:
    """The complaint names what would be one."""
    with pytest.raises(AnswerError, match=r"write 0\.005"):
        parsed_number(text)


def test_the_questions_unit_may_follow_the_number() -> None:
    """In a question asked in percent, 5 and 5 % are the same; in another unit the unit is read over."""
    assert parsed_number("5", "%") == parsed_number("5 %", "%") == 5
    assert parsed_number("12 blocks", "blocks") == 12


@given(st.text(max_size=30))
def test_reading_any_text_gives_a_number_or_a_complaint(text: str) -> None:
    """No text raises anything else."""
    with contextlib.suppress(AnswerError):
        assert not math.isnan(parsed_number(text))


@given(st.floats(-1e300, 1e300))
def test_what_is_said_of_a_number_can_be_read_again(value: float) -> None:
    """A number in words comes back with its first two figures."""
    read = parsed_number(said(value))
    assert read == pytest.approx(value, rel=0.06)


def test_an_answer_must_be_one_of_the_choices() -> None:
    """Another one is refused."""
    assert parsed_answer(NET, "plain") == "plain"
    with pytest.raises(AnswerError, match="plain, residual, neither"):
        parsed_answer(NET, "both")


def test_a_wrong_number_is_graded_in_decades() -> None:
    """The words say how far, in which direction, what was said and what was measured."""
    missed = gap(SIZE, 100.0, Outcome(3.4e7, "variances add."))
    assert missed.words == "5.5 decades low: you said 10², it was 3.4·10⁷."
    assert missed.sentence.endswith("Variances add.")
    assert missed.error_decades == pytest.approx(-5.53, abs=0.01)
    assert not missed.hit


@pytest.mark.parametrize(
    ("answer", "words", "hit"),
    [
        (2e7, "Within a factor of two: you said 2·10⁷, it was 3.4·10⁷.", True),
        (1e7, "3.4 times too low: you said 10⁷, it was 3.4·10⁷.", False),
        (1e9, "1.5 decades high: you said 10⁹, it was 3.4·10⁷.", False),
        (math.inf, "∞ too high: you said ∞, it was 3.4·10⁷.", False),
        (-5.0, "3.4·10⁷ too low: you said −5, it was 3.4·10⁷.", False),
    ],
)
def test_a_number_on_a_logarithmic_scale(answer: float, words: str, hit: bool) -> None:
    """Near, far, on either side, and where a logarithm does not exist."""
    graded = gap(SIZE, answer, Outcome(3.4e7, ""))
    assert (graded.words, graded.hit) == (words, hit)


def test_a_number_on_a_linear_scale() -> None:
    """A tenth of the truth is close enough, and the unit is named."""
    assert gap(SHARE, 50.0, Outcome(54.0, "")).words == "Close: you said 50, it was 54 %."
    assert gap(SHARE, 54.0, Outcome(54.0, "")).words == "Exactly: it was 54 %."
    assert gap(SHARE, 10.0, Outcome(54.0, "")).words == "44 too low: you said 10, it was 54 %."
    assert gap(SHARE, 1.0, Outcome(0.0, "")).ratio is None


def test_a_truth_that_is_not_finite_is_said_in_words() -> None:
    """Overflow and NaN are outcomes like others."""
    assert gap(SIZE, 100.0, Outcome(math.inf, "")).words == "You said 10²; it overflowed."
    assert gap(SIZE, 100.0, Outcome(math.nan, "")).words == "You said 10²; it ended as NaN, not a number."
    assert gap(SIZE, math.inf, Outcome(math.inf, "")).hit


def test_a_choice_is_right_or_wrong() -> None:
    """Both are said with the reason."""
    assert gap(NET, "plain", Outcome("neither", "Both miss.")).sentence == (
        "You chose 'plain'; it was 'neither'. Both miss."
    )
    assert gap(NET, "plain", Outcome("plain", "")).hit


def test_without_a_prediction_the_outcome_is_told() -> None:
    """A choice is quoted, a number carries its unit."""
    assert outcome_words(NET, Outcome("neither", "Both miss.")) == "It was 'neither'. Both miss."
    assert outcome_words(SHARE, Outcome(54.0, "")) == "It was 54 %."


def test_a_reason_begins_with_a_capital_unless_it_begins_with_a_symbol() -> None:
    """A word gets one; x and α stay what they are."""
    assert sentence_case("it grew") == "It grew"
    assert sentence_case("x grew") == "x grew"
    assert sentence_case("α grew") == "α grew"


@given(st.floats(), st.floats(allow_nan=True), st.booleans(), st.text(max_size=5))
def test_grading_never_fails(answer: float, truth: float, log_scale: bool, unit: str) -> None:
    """Any two numbers have a gap, in words."""
    assert gap(Prediction("?", unit=unit, log_scale=log_scale), answer, Outcome(truth, "r")).words


@pytest.mark.parametrize("text", ["-5", "0"])
def test_a_size_is_above_zero(text: str) -> None:
    """A number counted in factors of ten has to be one that has a logarithm."""
    with pytest.raises(AnswerError, match="above 0"):
        parsed_answer(Prediction("How many times larger?", log_scale=True), text)
