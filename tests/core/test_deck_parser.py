"""Reading topics from Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.core.deck_parser import parse_topic, parse_topics
from quizapp.core.topic import KeyPoint, Topic

MATERIAL = Path(__file__).with_name("material.md").read_text(encoding="utf-8")
SMALL = "# Title\n\n## Question\nWhy?\n\n## Answer\nBecause.\n"


def topic_of(text: str) -> Topic:
    """Return the topic of a text that has no problem at all."""
    parsed = parse_topic(text, "deck/a.md")
    assert parsed.problems == ()
    assert parsed.topic is not None
    return parsed.topic


def test_a_real_document_is_one_question_with_three_follow_ups() -> None:
    """A whole document gives its metadata, its question and each follow-up."""
    topic = topic_of(MATERIAL)
    assert topic.title == "Gradient Clipping & Loss Spikes"
    assert topic.id == "gradient-clipping-loss-spikes"
    assert (topic.deck, topic.difficulty) == ("training/stability", 4)
    assert topic.tags == ("optimisation", "gradients", "stability")
    assert topic.question == "What is gradient clipping, and why do long runs diverge without it?"
    assert [follow_up.answer for follow_up in topic.follow_ups] == ["", "", ""]
    assert topic.follow_ups[2].question == "In which order do loss scaling and clipping have to run?"


def test_an_answer_keeps_every_line_as_it_is_written() -> None:
    """Inner headings, fences, bold, signs and blank lines of an answer are those of the source."""
    source = MATERIAL.partition("## Answer\n")[2].partition("\n\n## Follow-up")[0]
    assert "\n## **Common mistakes:**\n" in source
    assert topic_of(MATERIAL).answer == source


def test_a_file_without_metadata_takes_the_defaults() -> None:
    """A title, a question and an answer are enough."""
    parsed = parse_topic(SMALL, "a.md", default_deck="from/folder")
    assert parsed.problems == ()
    assert parsed.topic == Topic(
        id=topic_of(SMALL).id,
        title="Title",
        deck="from/folder",
        difficulty=3,
        tags=(),
        question="Why?",
        answer="Because.",
    )
    assert topic_of(SMALL).deck == "unsorted"


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_kind_of_line_end_reads_the_same(line_end: str, mark: str) -> None:
    """CRLF, CR and a byte order mark change nothing, and the texts come out with LF."""
    assert topic_of(mark + MATERIAL.replace("\n", line_end)) == topic_of(MATERIAL)


@pytest.mark.parametrize(
    "heading",
    [
        "## answer",
        "## **Answer**",
        "## Answer:",
        "## **ANSWER:**",
        "## Answer ##",
        "   ## __Answer__  ",
        "## Answer#",
    ],
)
def test_headings_may_be_dressed(heading: str) -> None:
    """Case, bold, colons, closing signs and blanks around a section's name do not matter."""
    assert topic_of(SMALL.replace("## Answer", heading)).answer == "Because."


@pytest.mark.parametrize(
    "inner",
    [
        "```\n## Question\n```",
        "~~~~\n## Answer\n```\n~~~~",
        "- item\n\n  ## Question",
        "> ## Follow-up Questions\n> text",
        "    ## Answer",
        "<!--\n## Question\n-->",
        "### Answer\n\n# Question\n\n## Answers\n\n## The Answer",
    ],
)
def test_only_top_level_headings_start_a_section(inner: str) -> None:
    """A section's name inside a fence, list, quote, comment or other heading belongs to the answer."""
    text = f"# T\n## Question\nq\n## Answer\nBefore.\n\n{inner}\n\nAfter.\n## Follow-up Questions\n- f\n"
    topic = topic_of(text)
    assert topic.answer == f"Before.\n\n{inner}\n\nAfter."
    assert [follow_up.question for follow_up in topic.follow_ups] == ["f"]


def test_tables_survive_in_answers() -> None:
    """A table is kept as written."""
    table = "| norm | place |\n|---|:-:|\n| pre | `x + F(LN(x))` |"
    assert topic_of(SMALL.replace("Because.", table)).answer == table


def test_sections_may_stand_in_any_order() -> None:
    """The sections are known by their names, not by their places."""
    text = "# T\n## Follow-up Questions\n- f\n## Answer\na\n## What to Cover\n- c\n## Question\nq\n"
    topic = topic_of(text)
    assert (topic.question, topic.answer, topic.cover) == ("q", "a", "- c")
    assert len(topic.follow_ups) == 1


def test_metadata_is_read_in_every_usual_spelling() -> None:
    """Colons inside or outside of the bold, case, blanks, levels and repeated tags are put straight."""
    text = SMALL.replace(
        "# Title\n",
        "# Title\n**category**: a // b/../c::d \\\n  **DIFFICULTY:** 5\t\n**Tags:** x, y z,x\n**Id:** my.id_1\n---\n",
    )
    topic = topic_of(text)
    assert (topic.deck, topic.difficulty, topic.tags, topic.id) == ("a/b/c/d", 5, ("x", "y z"), "my.id_1")


def test_unknown_metadata_is_kept_in_order() -> None:
    """Lines that mean nothing to the app are kept for writing back."""
    text = SMALL.replace(
        "# Title\n", "# Title\n\n**Source:** a: b\n**Tags:** t\n\n**Author**: me\n**Empty:**\n"
    )
    assert topic_of(text).metadata == (("Source", "a: b"), ("Author", "me"), ("Empty", ""))


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("# A title #", "A title"),
        ("# **Bold one:**", "Bold one"),
        ("Two\nlines\n===", "Two lines"),
        ("# C\\#", "C\\#"),
    ],
)
def test_titles_are_one_plain_line(written: str, title: str) -> None:
    """A title may be bold, closed or underlined."""
    assert topic_of(SMALL.replace("# Title", written)).title == title


def test_key_points_stand_under_their_leads() -> None:
    """A bold line leads the bullets below it, whether it stands alone or is itself a bullet."""
    cover = (
        "- first\n\n**Must mention**:\n- the `+1` term\n  in full\n\n### Nice to have:\n1. numbers\n\n"
        "* **Traps:**\n  - one\n    - with detail\n  - two\n* **Flow**: last"
    )
    topic = topic_of(SMALL.replace("## Answer", f"## What to Cover\n\n{cover}\n\n## Answer"))
    assert topic.cover == cover
    assert topic.key_points == (
        KeyPoint("first"),
        KeyPoint("the `+1` term\nin full", "Must mention"),
        KeyPoint("numbers", "Nice to have"),
        KeyPoint("one\n- with detail", "Traps"),
        KeyPoint("two", "Traps"),
        KeyPoint("**Flow**: last", "Nice to have"),
    )


def test_one_bad_file_never_blocks_the_good_ones() -> None:
    """Each file of a folder is read on its own, and every problem is told with its path."""
    parsed = parse_topics([("a.md", "", "d"), ("b.md", SMALL, "d"), ("c.md", "# T\n", "d")])
    assert [path for path, _ in parsed.topics] == ["b.md"]
    assert [problem.path for problem in parsed.problems] == ["a.md"] * 3 + ["c.md"] * 2


def test_a_second_file_with_the_same_id_is_refused() -> None:
    """Two files may not claim one id; the place of the id in the second is told."""
    by_id = SMALL.replace("# Title", "# Other\n**Id:** title")
    parsed = parse_topics([("a.md", SMALL, "d"), ("b.md", SMALL, "d"), ("c.md", by_id, "d")])
    assert [path for path, _ in parsed.topics] == ["a.md"]
    places = [(problem.path, problem.line, problem.column, problem.fatal) for problem in parsed.problems]
    assert places == [("b.md", 1, 1, True), ("c.md", 2, 9, True)]
    assert parsed.problems[0].what == "id 'title' is already taken by a.md"


def test_a_bad_file_does_not_claim_its_id() -> None:
    """The id of a file that is refused is free for the next one."""
    parsed = parse_topics([("a.md", "# Title\n## Question\nq\n", "d"), ("b.md", SMALL, "d")])
    assert [path for path, _ in parsed.topics] == ["b.md"]


PIECES = st.sampled_from(
    [
        *(
            "# ",
            "## Question\n",
            "## Answer\n",
            "## Follow-up Questions\n",
            "\n",
            "\n\n",
            "- ",
            "  ",
            "> ",
            "1) ",
        ),
        *("```", "~~~sim\n", "**Id:** ", "**Tags:** ,", "<!--", "|-|-|", "===", "[a]: "),
        *("\t", "\0", "\x1b[2J", "\u202e", "\ud800", "\r"),
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join))
def test_no_text_makes_the_parser_fail(text: str) -> None:
    """Any text gives a topic or a fatal problem, each problem at a place that exists, and no control signs."""
    parsed = parse_topic(text, "p")
    assert (parsed.topic is None) == any(problem.fatal for problem in parsed.problems)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in parsed.problems:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
    texts = repr(parsed.topic)
    assert not any(sign in texts for sign in ("\\x00", "\\x1b", "\\u202e", "\\ud800", "\\r"))


@pytest.mark.parametrize("sign", ["> ", "- ", "1. ", "[", "`", "*", "|", "\t", "<", "# "])
def test_huge_nesting_is_survived(sign: str) -> None:
    """Thousands of nested marks end neither in a crash nor in a lost section without a word."""
    text = SMALL.replace("Because.", f"{sign * 5000}x")
    parsed = parse_topic(text, "p")
    assert parsed.topic is not None or any(problem.fatal for problem in parsed.problems)
