"""Exact answers: what counts as the same, what as nearly the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.exact_answer import LONGEST_TYPED, Likeness, likeness


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("rezero", "ReZero"),
        ("  layer   norm ", "Layer norm"),
        ("1/sqrt(L)", "1/√L"),
        ("1 / √(L)", "1/√L"),
        ("sqrt 2", "√2"),
        ("10^7", "10⁷"),
        ("3.4e7", "3.4·10⁷"),
        ("0.50", "0.5"),
        ("x + F(x)", "x+F(x)"),
        ("-1", "−1"),
        ("it’s", "it's"),
        ("He et al.", "he et al"),
        ("warmup", "warm-up"),
        ("Warm up", "warm-up"),
        ("pre–norm", "pre norm"),
    ],
)
def test_ways_of_writing_it_are_the_same(typed: str, wanted: str) -> None:
    """Blanks, capitals and the form of signs do not matter."""
    assert likeness(typed, wanted) is Likeness.SAME


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("rezreo", "ReZero"),
        ("rezro", "ReZero"),
        ("stochastic depht", "stochastic depth"),
        ("bottlenekc", "bottleneck"),
    ],
)
def test_a_slip_is_near(typed: str, wanted: str) -> None:
    """A letter too many, too few or in another place."""
    assert likeness(typed, wanted) is Likeness.NEAR


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("10^8", "10^7"),
        ("107", "10⁷"),
        ("fp16", "fp32"),
        ("post", "pre"),
        ("", "x"),
        ("norm", "form"),
        ("√3", "√2"),
        ("xy", "x-y"),
    ],
)
def test_something_else_is_something_else(typed: str, wanted: str) -> None:
    """Another digit is never a slip, and neither is a letter of a short word."""
    assert likeness(typed, wanted) is Likeness.OTHER


def test_capitals_count_where_the_deck_says_so() -> None:
    """Wrong ones are near."""
    assert likeness("relu", "ReLU", matches_case=True) is Likeness.NEAR
    assert likeness("layernorm", "LayerNorm", matches_case=True) is Likeness.NEAR
    assert likeness("LayerNorm", "LayerNorm", matches_case=True) is Likeness.SAME


@given(st.text(max_size=30))
def test_a_text_is_the_same_as_itself(text: str) -> None:
    """Whatever its signs are."""
    assert likeness(text, text) is Likeness.SAME


def test_a_book_is_cut_off() -> None:
    """What is typed beyond any answer's length costs nothing."""
    assert likeness("a" * 10**6, "a" * LONGEST_TYPED) is Likeness.SAME
