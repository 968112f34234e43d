"""Writing topics: what is written reads the same, and is written the same again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.core.deck_claims import deck_claims
from quizapp.core.deck_ids import slug
from quizapp.core.deck_key_points import key_points
from quizapp.core.deck_parser import parse_topic
from quizapp.core.deck_writer import write_topic
from quizapp.core.topic import FollowUp, Topic, TopicId

MATERIAL = Path(__file__).with_name("material.md").read_text(encoding="utf-8")

RICH = """# Title
**Source:** a book
**Tags:** b, a
**Id:** other-id

## Follow-up Questions
1. Why?

   ```py
   if x:

       y
   ```
2. How?
* When?
  - in time
## Answer

    code

## Inner
text
## What to Cover
- **Must mention**:
  - x
## Claims
1. **a** right
* __b__ rite

  no more
  *Source:* c
## Question
Two
lines?
"""

RICH_WRITTEN = """# Title

**Category:** unsorted
**Difficulty:** 3
**Tags:** b, a
**Id:** other-id
**Source:** a book

## Question
Two
lines?

## What to Cover
- **Must mention**:
  - x

## Answer
    code

## Inner
text

## Claims
1. **a** right
* __b__ rite

  no more
  *Source:* c

## Follow-up Questions
- Why?

  ```py
  if x:

      y
  ```

- How?

- When?

  - in time
"""


def assert_kept(topic: Topic) -> None:
    """Assert that writing and reading gives the topic back, and that a second writing changes nothing."""
    written = write_topic(topic)
    parsed = parse_topic(written, "p")
    assert parsed.topic == topic
    assert write_topic(parsed.topic) == written


def test_the_canonical_form() -> None:
    """Metadata and sections stand in one order, lists have one mark, answers are indented by two."""
    topic = parse_topic(RICH, "p").topic
    assert topic is not None
    assert write_topic(topic) == RICH_WRITTEN
    assert_kept(topic)


def test_a_document_in_canonical_form_is_not_touched() -> None:
    """Writing what was read gives the very same bytes."""
    topic = parse_topic(MATERIAL, "p").topic
    assert topic is not None
    assert write_topic(topic) == MATERIAL


def test_an_id_is_written_only_where_the_title_does_not_give_it() -> None:
    """A topic that keeps its id under another title says so."""
    topic = parse_topic(MATERIAL, "p").topic
    assert topic is not None
    assert "**Id:**" not in write_topic(topic)
    with_id = parse_topic(MATERIAL.replace("**Tags:**", "**Id:** clip\n**Tags:**"), "p").topic
    assert with_id is not None
    assert "\n**Id:** clip\n" in write_topic(with_id)


@pytest.mark.parametrize(
    "text",
    [
        "  x",
        "\tx",
        "```\n\n\n  ## Answer\n```",
        "a\n   \nb\\",
        "- a\n\n      b\n\n\n- c",
        "<!-- ",
        "a\n  ## Answer",
    ],
)
def test_follow_up_answers_survive_their_indentation(text: str) -> None:
    """Whatever the answer holds stays in its bullet and comes out the same."""
    section = "- q?\n\n" + "\n".join(f"  {line}" for line in text.split("\n")) + "\n- next"
    topic = parse_topic(f"# T\n## Question\nq\n## Answer\na\n## Follow-up Questions\n{section}\n", "p").topic
    assert topic is not None
    assert topic.follow_ups == (FollowUp("q?", text.rstrip()), FollowUp("next"))
    assert_kept(topic)


VOCABULARY = ["Why", "∂L/∂x", "is", "`a`", "**small**", "in", "注意力", "—", "really?", "x_1", "100%"]
WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=6).map(" ".join)
BLOCKS = st.sampled_from(
    [
        "A paragraph\nof two lines.",
        "```py\ndef f():\n\treturn 1\n\n\n## Answer\n```",
        "- a\n  - b\n\n    c\n- d",
        "> quote\n> ```\n> x\n> ```",
        "| a | b |\n|---|---|\n| ❌ | ✓ |",
        "## Inner heading",
        "**1. Bold heading:**",
        "    code\n\n      more",
        "```sim\nflow depth=3\n```",
        "1. one\n2. two",
        "***",
        "<div>\n\n</div>",
        "[a]: /url 'title'",
        "\\# no heading  \nbreak",
    ]
)
TEXTS = st.lists(BLOCKS | WORDS, min_size=1, max_size=4).map("\n\n".join)
CLAIMS = st.builds("- **{}** wrong\n  {}\n\n  *Source:* {}".format, WORDS, WORDS, WORDS)
LINES = st.text("abc XYZ:/é*`#", min_size=1, max_size=12).map(lambda text: f"w{text}w")


@st.composite
def topics(draw: st.DrawFn) -> Topic:
    """Draw a topic of the kind that the parser makes."""
    title = draw(LINES)
    cover = draw(st.just("") | TEXTS)
    claims = draw(st.just("") | st.lists(CLAIMS | TEXTS, min_size=1, max_size=3).map("\n\n".join))
    return Topic(
        id=draw(st.sampled_from([TopicId(slug(title)), TopicId("own.id-1")])),
        title=title,
        deck=draw(st.sampled_from(["a", "a/b c", "é/ü"])),
        difficulty=draw(st.integers(1, 5)),
        tags=tuple(draw(st.lists(LINES, unique=True, max_size=3))),
        question=draw(TEXTS),
        answer=draw(TEXTS),
        cover=cover,
        key_points=key_points(cover),
        follow_ups=tuple(draw(st.lists(st.builds(FollowUp, WORDS, st.just("") | TEXTS), max_size=3))),
        metadata=tuple(draw(st.lists(st.tuples(st.sampled_from(["Source", "X y"]), LINES), max_size=2))),
        claims_section=claims,
        claims=deck_claims(claims),
    )


@settings(deadline=None, max_examples=60)
@given(topics())
def test_generated_topics_are_kept(topic: Topic) -> None:
    """Reading what was written is the identity on topics."""
    assert_kept(topic)


SNIPPETS = st.sampled_from(
    [
        *("\n", "\n\n", "- ", "1. ", "  ", "\t", "> ", "```", "# ", "## "),
        *("|", "---\n", "<!--", "--", "_ _", "\\"),
    ]
)
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 12), SNIPPETS | st.text(max_size=4)), min_size=1, max_size=6
)


@settings(deadline=None, max_examples=100)
@given(st.sampled_from([MATERIAL, RICH, RICH_WRITTEN]), EDITS)
def test_mangled_documents_are_kept_as_they_were_read(text: str, edits: list[tuple[float, int, str]]) -> None:
    """Whatever topic comes out of a damaged file, writing keeps it."""
    for place, length, insertion in edits:
        at = int(place * len(text))
        text = text[:at] + insertion + text[at + length :]
    topic = parse_topic(text, "p").topic
    if topic is not None:
        assert_kept(topic)
