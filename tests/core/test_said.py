"""What was said at a review comes back from the log's further facts."""

from __future__ import annotations

import pytest

from quizapp.core.said import Said, said_in


def test_everything_comes_back() -> None:
    """Typed words as they are, an answer of several lines on one."""
    extra = {
        "typed": "one\ntwo",
        "expected": {"answer": "√2\n", "wanted": "√2\n2", "proposed": "again"},
        "ticked": ["a", "b"],
    }
    assert said_in(extra) == Said("one\ntwo", "√2; –", "√2; 2", ("a", "b"))


@pytest.mark.parametrize(
    "extra", [{}, {"typed": 3, "expected": "x", "ticked": "y"}, {"expected": {"answer": None}}]
)
def test_what_is_malformed_counts_for_nothing(extra: dict[str, object]) -> None:
    """No entry of a log makes the history fail."""
    assert said_in(extra) == Said()
