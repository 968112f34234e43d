"""Splitting answers into sections."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.core.deck_parser import parse_topic
from quizapp.core.sections import best_section, sections, sim_before
from quizapp.core.topic import SimBlock, Topic


@pytest.fixture(name="topic", scope="module")
def parsed_topic() -> Topic:
    """Return the topic of the test document."""
    topic = parse_topic(Path(__file__).with_name("material.md").read_text(encoding="utf-8"), "p").topic
    assert topic is not None
    return topic


def test_headings_and_bold_lines_start_sections() -> None:
    """Headings keep their level; bold lines stand below them, and below a numbered one a level deeper."""
    answer = (
        "**Lead**: text\n## **Why:**\n**Plain:**\n- a\n\n**1. Flow:**\n\n__Without__:\n```\n# no\n**no**\n```\n"
        "### Sub #\ntext **bold**\n\n**Two\nlines**\n\n- **Item**\n"
    )
    assert [(part.title, part.line, part.level) for part in sections(answer)] == [
        ("", 0, 0),
        ("Why", 1, 2),
        ("Plain", 2, 7),
        ("1. Flow", 5, 7),
        ("Without", 7, 8),
        ("Sub", 12, 3),
    ]


def test_an_answer_without_headings_is_one_section() -> None:
    """There is always a section, for an empty answer too."""
    assert [(part.title, part.markdown) for part in sections("a\n\nb")] == [("", "a\n\nb")]
    assert [(part.title, part.markdown) for part in sections("")] == [("", "")]


def test_the_sections_of_a_document_are_its_answer(topic: Topic) -> None:
    """Nothing is lost or doubled between sections, and each starts on the line that it says."""
    parts = sections(topic.answer)
    assert "".join(part.markdown for part in parts) == topic.answer
    lines = topic.answer.split("\n")
    assert all(part.markdown.split("\n")[0] == lines[part.line] for part in parts)
    assert [part.title for part in parts if part.level == 2] == [
        "Why It Works",
        "Norm or Value",
        "Common mistakes",
    ]


PIECES = st.sampled_from(["# a\n", "**b:**\n", "```\n", "x", "\n", "- ", "\r", "\r\n"])


@settings(deadline=None, max_examples=100)
@given(st.lists(PIECES | st.text(max_size=5)).map("".join))
def test_any_text_is_its_sections_joined(answer: str) -> None:
    """Splitting loses nothing of any text, and some section fits any question."""
    parts = sections(answer)
    assert "".join(part.markdown for part in parts) == answer
    assert 0 <= best_section("why a b", answer) < len(parts)


@pytest.mark.parametrize(
    ("follow_up", "title"),
    [(0, "Norm or Value"), (1, "1. Bounded steps"), (2, "1. Clipping scaled gradients")],
)
def test_a_follow_up_opens_at_the_section_that_fits(topic: Topic, follow_up: int, title: str) -> None:
    """Title words, rare words and the share of the question that a section holds decide."""
    index = best_section(topic.follow_ups[follow_up].question, topic.answer)
    assert sections(topic.answer)[index].title == title


def test_endings_do_not_hide_a_word() -> None:
    """A word of the question is found in another form, and a short word only as it is."""
    answer = "## First\nnormal\n## Second\nThe gradient vanishes.\n"
    assert best_section("What is a vanishing gradient?", answer) == 1
    assert best_section("What is a norm?", answer) == 0


def test_where_nothing_fits_the_answer_opens_at_its_start() -> None:
    """A question without a word in common gets the first section."""
    assert best_section("Zebra?", "## A\nx\n## B\ny\n") == 0
    assert best_section("?", "") == 0


def test_the_nearest_block_above_the_reading_line_is_launched() -> None:
    """The block at or above the line is taken, the first below where there is none above."""
    markdown = "text\n```sim\none\n```\ntext\n```sim\ntwo a=1\n```\n"
    one, two = SimBlock("one", (), 1), SimBlock("two", (("a", "1"),), 5)
    assert [sim_before(markdown, line) for line in (0, 1, 4, 5, 99)] == [one, one, one, two, two]
    assert sim_before("no block", 3) is None
