"""A choice stands in the answer in the order in which it was asked."""

from __future__ import annotations

from quizapp.core.choice_order import with_options

ANSWER = """Before.

```expect choice
- [x] one
- [ ] two  words

* [X] three
```

- [x] one
"""


def test_the_options_alone_move() -> None:
    """Every other line stays, and so does each line's number."""
    moved = with_options(ANSWER, ("three", "one", "two words"))
    assert moved.splitlines()[3:7] == ["* [X] three", "- [x] one", "", "- [ ] two  words"]
    assert moved.splitlines()[7:] == ANSWER.splitlines()[7:]
    assert with_options(ANSWER, ("one", "two words", "three")) == ANSWER


def test_an_answer_without_a_choice_stays() -> None:
    """As it is written."""
    for answer in ("", "Words.\n\n- [x] one\n- [ ] two", "```expect exact\none\n```\n"):
        assert with_options(answer, ("two", "one")) == answer
