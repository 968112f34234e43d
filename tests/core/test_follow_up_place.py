"""One follow-up more: at its place, in the form of its neighbours, and nothing else touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.deck_parser import parse_topic
from quizapp.core.follow_up_place import follow_up_place

TOPIC = "# T\n\n## Question\nq\n\n## Answer\na\n"


def added(text: str, question: str = "New?", answer: str = "") -> str:
    """Return the text with a follow-up put in, and hold where the cursor would be."""
    lines = text.split("\n")
    place = follow_up_place(lines, question, answer)
    result = [*lines[: place.at], *place.lines, *lines[place.at :]]
    assert result[place.row][: place.column].endswith(question)
    return "\n".join(result)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "\n## Follow-up Questions\n- New?\n"),
        ("\n\n\n", "\n## Follow-up Questions\n- New?\n\n\n\n"),
        ("\n## Follow-up Questions\n", "\n## Follow-up Questions\n- New?\n"),
        ("\n## Follow-up Questions\n- f\n", "\n## Follow-up Questions\n- f\n- New?\n"),
        ("\n## Follow-up Questions\n- f\n- g", "\n## Follow-up Questions\n- f\n- g\n- New?"),
        ("\n## Follow-up Questions\n* f\n* g\n", "\n## Follow-up Questions\n* f\n* g\n* New?\n"),
        ("\n## Follow-up Questions\n1. f\n2. g\n", "\n## Follow-up Questions\n1. f\n2. g\n3. New?\n"),
        ("\n## Follow-up Questions\n- f\n\n  a\n", "\n## Follow-up Questions\n- f\n\n  a\n\n- New?\n"),
        ("\n## Follow-up Questions\n- f\n\n- g\n", "\n## Follow-up Questions\n- f\n\n- g\n\n- New?\n"),
        (
            "\n## Follow-up Questions\n- f\n\n## Claims\n- **c** right\n",
            "\n## Follow-up Questions\n- f\n- New?\n\n## Claims\n- **c** right\n",
        ),
        ("\n## Follow-up Questions\n## Claims\n", "\n## Follow-up Questions\n- New?\n\n## Claims\n"),
    ],
)
def test_it_stands_after_the_others_in_their_form(before: str, after: str) -> None:
    """With their marker, their blank lines, and a heading where there was none."""
    assert added(TOPIC + before) == TOPIC + after


def test_it_is_the_last_follow_up_of_the_topic() -> None:
    """Reading the file gives the others as they were, then this one with its answer."""
    text = added(TOPIC + "\n## Follow-up Questions\n- f\n", "Why?", "So.\n\n```py\nx\n```")
    topic = parse_topic(text, "t.md").topic
    assert topic is not None
    assert [(one.question, one.answer) for one in topic.follow_ups] == [
        ("f", ""),
        ("Why?", "So.\n\n```py\nx\n```"),
    ]


@given(
    st.lists(
        st.sampled_from(["", " ", "# T", "## Question", "## Answer", "## Follow-up Questions", "- a", "x"])
    )
)
def test_any_text_takes_one(lines: list[str]) -> None:
    """Taking the lines out again gives the text; nothing fails."""
    place = follow_up_place(lines, "New?")
    assert 0 <= place.at <= len(lines)
    assert "New?" in place.lines[place.row - place.at]
