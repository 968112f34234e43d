"""Key points in one line of plain words."""

from __future__ import annotations

import pytest

from quizapp.core.in_line import in_line


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Only the *output* of **the** `branch`", "Only the output of the branch"),
        ("2 * 3 * 4, and a_b_c", "2 * 3 * 4, and a_b_c"),
        ("$x^2$ grows", "x² grows"),
        ("over two\n  lines", "over two lines"),
        ("> 3 blocks", "> 3 blocks"),
        ("\x1b[31mred", "�[31mred"),
    ],
)
def test_marks_go_and_words_stay(written: str, shown: str) -> None:
    """Nothing that is written acts on a terminal."""
    assert in_line(written) == shown
