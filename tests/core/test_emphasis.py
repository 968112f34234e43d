"""Marks of emphasis are left out of a line, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.emphasis import without_emphasis


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("in **front** of *it*", "in front of it"),
        ("__all__ of _it_ and ***this***", "all of it and this"),
        ("**bold with `**code**` and $a_1*b_2$**", "bold with `**code**` and $a_1*b_2$"),
        ("**outer *inner* words**", "outer inner words"),
        ("2 * 3 * 4, 2*3*4 and snake_case_name", "2 * 3 * 4, 2*3*4 and snake_case_name"),
        ("a ** b, c*, *d, `*`", "a ** b, c*, *d, `*`"),
        ("costs 5 $ **now**", "costs 5 $ now"),
        ("\U000f0000 **as it is**", "\U000f0000 **as it is**"),
        ("an open `tick and **words**", "an open `tick and words"),
    ],
)
def test_marks_go_and_words_stay(text: str, plain: str) -> None:
    """Also nested, around code and formulas, and beside signs that are none."""
    assert without_emphasis(text) == plain


@given(st.text(alphabet="a*_` $\\\n", max_size=30))
def test_only_marks_are_ever_left_out(text: str) -> None:
    """Whatever is written, the letters come out in their order, and nothing that was not there."""
    plain = without_emphasis(text)
    assert [letter for letter in plain if letter not in "*_"] == [
        letter for letter in text if letter not in "*_"
    ]
    assert without_emphasis(text) == plain
