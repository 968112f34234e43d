"""The beginning of a text, to name it by."""

from __future__ import annotations

import pytest

from quizapp.core.first_words import first_words
from quizapp.core.page import cells


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("What is it?", 40, "What is it?"),
        ("What\n  is $x^2$?", 40, "What is x²?"),
        ("What are residual connections?", 20, "What are residual …"),
        ("What are residual connections?", 19, "What are residual …"),
        ("What are residual connections?", 18, "What are …"),
        ("Incomprehensibilities", 10, "Incompre …"),
        ("\x1b[2Jgone", 40, "�[2Jgone"),
    ],
)
def test_a_text_is_cut_behind_a_word(text: str, columns: int, shown: str) -> None:
    """On one line, within the columns, and with nothing that acts on a terminal."""
    assert first_words(text, columns) == shown


def test_wide_signs_count_as_two_columns() -> None:
    """The cut text fits."""
    assert cells(first_words("残差接続とは何ですか", 9)) <= 9
