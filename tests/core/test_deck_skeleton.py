"""New files: what a form makes of its fields, and what an editor begins with."""

from __future__ import annotations

from quizapp.core.deck_parser import parse_topic
from quizapp.core.deck_skeleton import NewTopic, deck_file, skeleton
from quizapp.core.topic import FollowUp

WHOLE = NewTopic(
    "Skip  connections",
    "deep/nets",
    4,
    "nets, training",
    "Why?\n",
    "\nBecause.\n",
    "How so?\n  Like this.\n- And?",
)


def test_a_file_has_what_was_typed() -> None:
    """Each field is where it belongs, follow-ups with and without bullets, answers below them."""
    parsed = parse_topic(deck_file(WHOLE), "new.md")
    assert parsed.problems == ()
    topic = parsed.topic
    assert topic is not None
    assert (topic.id, topic.title, topic.deck, topic.difficulty) == (
        "skip-connections",
        "Skip connections",
        "deep/nets",
        4,
    )
    assert (topic.tags, topic.question, topic.answer) == (("nets", "training"), "Why?", "Because.")
    assert topic.follow_ups == (FollowUp("How so?", "Like this."), FollowUp("And?"))


def test_a_file_without_follow_ups_has_no_empty_heading() -> None:
    """Nor one for key points; nothing about it is to be mended."""
    text = deck_file(NewTopic("A", question="q", answer="a"))
    assert parse_topic(text, "new.md").problems == ()
    assert (
        text
        == "# A\n**Category:** unsorted\n**Difficulty:** 3\n**Tags:**\n\n## Question\nq\n\n## Answer\na\n"
    )


def test_a_skeleton_is_no_topic_before_it_is_filled_in() -> None:
    """Checking it leads from one empty place to the next."""
    parsed = parse_topic(skeleton(NewTopic("A")), "new.md")
    assert parsed.topic is None
    assert [(problem.line, problem.what) for problem in parsed.problems] == [
        (6, "section 'Question' is empty"),
        (9, "section 'What to Cover' is empty"),
        (12, "section 'Answer' is empty"),
        (15, "section 'Follow-up Questions' is empty"),
    ]
    assert parse_topic(skeleton(NewTopic()), "new.md").problems[0].what == "missing title"
