"""The ids of topics and cards."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.core.deck_ids import card_id, follow_up_card_ids, is_plain_id, slug
from quizapp.core.deck_parser import parse_topic
from quizapp.core.topic import Topic


def topic_asking(*questions: str) -> Topic:
    """Return a topic with the id 't' and these follow-ups."""
    bullets = "\n".join(f"- {question}" for question in questions)
    topic = parse_topic(f"# T\n## Question\nq\n## Answer\na\n## Follow-up Questions\n{bullets}\n", "p").topic
    assert topic is not None
    return topic


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Residual Connections & Skip", "residual-connections-skip"),
        ("  Über-Größe: ½ 𝐀! ", "uber-grosse-12-a"),
        ("注意力 机制?", "注意力-机制"),
        ("!!!", slug("!!!")),
    ],
)
def test_slugs(title: str, expected: str) -> None:
    """Words become ASCII where they can, keep their letters where they cannot, and are hashed else."""
    assert slug(title) == expected
    assert is_plain_id(slug(title))


@settings(deadline=None, max_examples=100)
@given(st.text())
def test_a_slug_is_always_a_plain_id(title: str) -> None:
    """Whatever the words, their slug can be an id as it is, and the slug of a slug is itself."""
    assert is_plain_id(slug(title))
    assert slug(slug(title)) == slug(title)


def test_cards_are_named_after_their_topic() -> None:
    """The question's card has the topic's id, a follow-up's card the slug of its words below that."""
    topic = topic_asking("Why so?", "How, then?")
    assert card_id(topic) == "t"
    assert follow_up_card_ids(topic) == ("t/why-so", "t/how-then")


def test_long_follow_ups_are_cut_at_a_word() -> None:
    """At most 48 characters are kept, whole words of them where there is more than one."""
    exact = "a" * 20 + " " + "b" * 27
    cut, whole, exactly = follow_up_card_ids(topic_asking("word " * 20, "x" * 60, f"{exact} c"))
    assert cut == "t/" + "-".join(["word"] * 9)
    assert whole == "t/" + "x" * 48
    assert exactly == "t/" + exact.replace(" ", "-")


def test_equal_slugs_are_numbered() -> None:
    """No two follow-ups share an id, even where a number is already part of the words."""
    assert follow_up_card_ids(topic_asking("Why?", "Why 2", "why!")) == ("t/why", "t/why-2", "t/why-3")
