"""Synonyms: read from a metadata line, checked with their places, kept when a topic is written back."""

from __future__ import annotations

import pytest

from quizapp.core.deck_parser import parse_topic
from quizapp.core.deck_writer import write_topic
from quizapp.core.synonyms import Synonyms, read_synonyms, synonyms_in


def topic(line: str) -> str:
    """Return a deck file with this line among its metadata."""
    return f"# T\n**Difficulty:** 3\n{line}\n\n## Question\nq\n\n## Answer\na\n"


def test_groups_are_read_by_their_terms() -> None:
    """Groups are parted by semicolons, words by equals signs; blanks and case do not matter."""
    assert read_synonyms("Skip connection = shortcut;norm=  Normalisation ") == Synonyms(
        ((("skip", "connect"), ("shortcut",)), (("norm",), ("normal",)))
    )
    assert read_synonyms("") == Synonyms()


def test_what_says_nothing_is_left_out() -> None:
    """A word alone is a synonym of nothing, and so are two forms of one."""
    assert read_synonyms("skip; scale = scales; = ; a = b").groups == ((("a",), ("b",)),)


def test_a_topic_keeps_the_line() -> None:
    """It is a metadata line as any other: older versions keep it, and it is written back as it was."""
    text = topic("**Synonyms:** skip = shortcut; norm = scale")
    parsed = parse_topic(text, "t.md")
    assert parsed.problems == ()
    assert parsed.topic is not None
    assert parsed.topic.metadata == (("Synonyms", "skip = shortcut; norm = scale"),)
    assert parse_topic(write_topic(parsed.topic), "t.md").topic == parsed.topic
    assert len(synonyms_in(parsed.topic.metadata).groups) == 2


@pytest.mark.parametrize(
    ("value", "place", "what"),
    [
        ("", (3, 14), "no synonyms are given"),
        ("skip", (3, 15), "'skip' is a synonym of nothing"),
        ("a = b; skip", (3, 22), "'skip' is a synonym of nothing"),
        ("skip = ; a = b", (3, 22), "a synonym without words"),
        ("skip = shortcut; norm = Shortcuts", (3, 39), "'Shortcuts' stands in two groups of synonyms"),
    ],
)
def test_what_is_wrong_has_its_place(value: str, place: tuple[int, int], what: str) -> None:
    """Each fault is a warning with line and column; the topic stays."""
    parsed = parse_topic(topic(f"**Synonyms:** {value}".rstrip()), "t.md")
    assert parsed.topic is not None
    assert [((p.line, p.column), p.what, p.fatal) for p in parsed.problems] == [(place, what, False)]
