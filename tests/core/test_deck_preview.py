"""What stands under the cursor, as a card shows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.deck_preview import Preview, deck_preview

TEXT = """# T
**Tags:** a

## Question
q

## What to Cover
- point

## Answer

first

second

## Follow-up Questions
- f?

  own

- g?
"""


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (0, Preview("Head", "", "# T\n**Tags:** a", 0)),
        (3, Preview("Question", "q", "")),
        (4, Preview("Question", "q", "")),
        (7, Preview("What to Cover", "", "- point", 0)),
        (9, Preview("Answer", "", "first\n\nsecond", 0)),
        (13, Preview("Answer", "", "first\n\nsecond", 2)),
        (15, Preview("Follow-up 1 of 2", "f?", "own")),
        (18, Preview("Follow-up 1 of 2", "f?", "own")),
        (20, Preview("Follow-up 2 of 2", "g?", "")),
    ],
)
def test_the_part_under_the_cursor_is_shown(line: int, shown: Preview) -> None:
    """The head, a section with the line that is edited, a follow-up with its own answer."""
    assert deck_preview(TEXT, line) == shown


@given(st.text(), st.integers(0, 50))
def test_any_text_has_a_preview(text: str, line: int) -> None:
    """Whatever is being typed, nothing of it reaches the terminal as a control character."""
    shown = deck_preview(text, line)
    assert "\x1b" not in shown.front + shown.back
