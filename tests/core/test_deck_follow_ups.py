"""Reading follow-ups and their own answers."""

from __future__ import annotations

import pytest

from quizapp.core.deck_parser import parse_topic
from quizapp.core.topic import FollowUp

HEAD = "# T\n## Question\nq\n## Answer\na\n"


def follow_ups(section: str) -> tuple[FollowUp, ...]:
    """Return the follow-ups of a section that has no problem."""
    parsed = parse_topic(f"{HEAD}## Follow-up Questions\n{section}\n", "p")
    assert parsed.problems == ()
    assert parsed.topic is not None
    return parsed.topic.follow_ups


def test_a_topic_may_have_no_follow_ups() -> None:
    """The section is optional."""
    parsed = parse_topic(HEAD, "p")
    assert parsed.topic is not None
    assert parsed.topic.follow_ups == ()


def test_bullets_and_numbers_are_follow_ups() -> None:
    """Each top-level item of every list of the section is one, whatever its mark."""
    found = follow_ups("- one\n- two\n\n* three\n\n1. four\n2) five\n")
    assert [follow_up.question for follow_up in found] == ["one", "two", "three", "four", "five"]


def test_an_answer_below_the_bullet_is_dedented_exactly() -> None:
    """Fences, nested lists, tables and blank lines keep their own indentation."""
    section = (
        "- Why?\n\n  Because:\n\n  ```python\n  def f():\n      return 1\n\n\n  x\n  ```\n"
        "  - a\n    - b\n\n  | a | b |\n  |---|---|\n\n      code\n- Next?"
    )
    answer = "Because:\n\n```python\ndef f():\n    return 1\n\n\nx\n```\n- a\n  - b\n\n| a | b |\n|---|---|\n\n    code"
    assert follow_ups(section) == (FollowUp("Why?", answer), FollowUp("Next?"))


def test_numbered_items_ask_for_their_own_indentation() -> None:
    """What is taken off is the width of the item's own mark."""
    assert follow_ups("10.  Why?\n\n     - a\n\n       b\n") == (FollowUp("Why?", "- a\n\n  b"),)


def test_tabs_count_as_columns() -> None:
    """A tab that reaches over the indentation leaves its rest as blanks, and one in a fence stays."""
    section = "-\tWhy?\n\n\tone\n\n\t\tcode\n- How?\n\n\ttwo\n\n  ```make\n  all:\n  \tgcc\n  ```"
    assert follow_ups(section) == (
        FollowUp("Why?", "one\n\n\tcode"),
        FollowUp("How?", "  two\n\n```make\nall:\n\tgcc\n```"),
    )


def test_a_fence_in_an_answer_may_hold_a_section_name() -> None:
    """A section's name inside a follow-up's answer ends nothing."""
    section = "- Why?\n\n  ```\n  ## Question\n  ```\n\n  ## Answer\n- How?"
    assert follow_ups(section) == (FollowUp("Why?", "```\n## Question\n```\n\n## Answer"), FollowUp("How?"))


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("- A long question that\n  is wrapped?", FollowUp("A long question that is wrapped?")),
        ("- Why is it so?\n  Because it is.", FollowUp("Why is it so?", "Because it is.")),
        (
            "- **Tell why:**\n  first this,\n  then that.",
            FollowUp("**Tell why:**", "first this,\nthen that."),
        ),
        ("- Why is it?\n  And how?", FollowUp("Why is it? And how?")),
        ("- Why\nlazily?", FollowUp("Why lazily?")),
        ("-\n  Why?", FollowUp("Why?")),
        ("- ### Why?\n  Because.", FollowUp("Why?", "Because.")),
    ],
)
def test_where_a_question_ends(item: str, expected: FollowUp) -> None:
    """The first paragraph asks; text right below a line that ends in '?' or ':' already answers."""
    assert follow_ups(item) == (expected,)


@pytest.mark.parametrize(
    ("item", "question"), [("- _ _\n  _", "\\_ _ _"), ("1. --", "\\--"), ("- <a\n  b>", "\\<a b>")]
)
def test_joined_lines_stay_words(item: str, question: str) -> None:
    """A question that would be a rule or HTML on one line is kept apart from that by a backslash."""
    assert follow_ups(item) == (FollowUp(question),)
