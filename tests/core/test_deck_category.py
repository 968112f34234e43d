"""The category line: only it changes, whatever the rest of the file looks like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.deck_category import category_line, with_category, with_former_category
from quizapp.core.deck_parser import parse_topic

BODY = "\n## Question\nWhat is it?\n\n## Answer\nThis.\n"


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("**Category:** old/deck", "**Category:** new"),
        ("**Category**: old\\", "**Category**: new\\"),
        ("  **category:**\told  ", "  **category:**\tnew  "),
        ("**Category:**", "**Category:** new"),
    ],
)
def test_only_the_value_is_rewritten(line: str, changed: str) -> None:
    """Marks, blanks and hard line breaks stay as they were written."""
    text = f"# T\n{line}\n**Difficulty:** 2\n{BODY}"
    assert with_category(text, "new") == text.replace(line, changed)
    assert category_line(text) == line


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_mark_stay(end: str, mark: str) -> None:
    """A file from Windows is one afterwards; a missing last line end stays missing."""
    text = mark + f"# T\n**Category:** old\n{BODY}".rstrip("\n").replace("\n", end)
    assert with_category(text, "new") == text.replace("old", "new")
    assert with_former_category(with_category(text, "new"), category_line(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"# T\n**Tags:** a\n{BODY}", f"# T\n**Category:** new\n**Tags:** a\n{BODY}"),
        (f"# T\n{BODY}", f"# T\n**Category:** new\n{BODY}"),
        (f"T\n===\n{BODY}", f"T\n===\n**Category:** new\n{BODY}"),
        (f"\n\n# T #\n\n**Id:** x\n{BODY}", f"\n\n# T #\n\n**Category:** new\n**Id:** x\n{BODY}"),
    ],
)
def test_a_missing_line_is_added_and_taken_out_again(text: str, expected: str) -> None:
    """It goes above the other metadata, or right below the title."""
    assert category_line(text) is None
    assert with_category(text, "new") == expected
    assert with_former_category(expected, None) == text
    topic = parse_topic(expected, "t.md").topic
    assert topic is not None
    assert topic.deck == "new"


def test_a_category_in_the_answer_is_none() -> None:
    """Only the lines above the first section are metadata."""
    text = f"# T\n**Category:** old\n{BODY}**Category:** not this\n"
    assert with_category(text, "new") == text.replace("old", "new")


def test_of_two_lines_the_first_counts() -> None:
    """The second one is reported when the file is read, and stays."""
    text = f"# T\n**Category:** one\n**Category:** two\n{BODY}"
    assert with_category(text, "new") == text.replace("one", "new")


@given(
    st.lists(st.sampled_from(["**Tags:** a", "**Category:** o", "", "words", "**X:** y\\", "- b", "`c`"])),
    st.sampled_from(["\n", "\r\n"]),
)
def test_there_and_back_changes_nothing(above: list[str], end: str) -> None:
    """Whatever stands above the sections, the deck is the wanted one, and the former line restores every byte."""
    text = end.join(["# T", *above, *BODY.split("\n")])
    moved = with_category(text, "new/deck")
    topic = parse_topic(moved, "t.md").topic
    assert topic is not None
    assert topic.deck == "new/deck"
    assert with_former_category(moved, category_line(text)) == text
