"""Writes a topic as the Markdown of its deck file, always in the same form."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from quizapp.core.deck_headings import SectionName
from quizapp.core.deck_ids import slug
from quizapp.core.topic import FollowUp, Topic

_INDENT = "  "


def write_topic(topic: Topic) -> str:
    """Return the file's text. Reading it gives the same topic, and writing that one gives the same text.

    This holds for every topic that came out of the parser. A topic made elsewhere has to keep to what a
    parsed one keeps to by itself: its texts have LF line ends, no outer blank lines and no control
    characters; no top-level line of its question, cover, answer or claims section is a section's
    heading such as `## Answer`, and each fence in them is closed; its title, deck, tags, metadata and the questions
    of its follow-ups are one line each; its key points are those of its cover, its claims those of their section.
    """
    parts = [f"# {topic.title}", "\n".join(_metadata(topic))]
    parts += [f"## {name}\n{text}" for name, text in _sections(topic) if text]
    return "\n\n".join(parts) + "\n"


def _metadata(topic: Topic) -> Iterator[str]:
    yield f"**Category:** {topic.deck}"
    yield f"**Difficulty:** {topic.difficulty}"
    if topic.tags:
        yield f"**Tags:** {', '.join(topic.tags)}"
    if topic.id != slug(topic.title):
        yield f"**Id:** {topic.id}"
    yield from (f"**{name}:** {value}".rstrip(" ") for name, value in topic.metadata)


def _sections(topic: Topic) -> Iterator[tuple[SectionName, str]]:
    yield SectionName.QUESTION, topic.question
    yield SectionName.COVER, topic.cover
    yield SectionName.ANSWER, topic.answer
    yield SectionName.CLAIMS, topic.claims_section
    yield SectionName.FOLLOW_UPS, _follow_ups(topic.follow_ups)


def _follow_ups(follow_ups: tuple[FollowUp, ...]) -> str:
    """Return the bullets; those with an answer stand apart from their neighbours by a blank line."""
    text = "".join(_bullet(follow_up) for follow_up in follow_ups[:1])
    for previous, follow_up in pairwise(follow_ups):
        apart = "\n\n" if previous.answer or follow_up.answer else "\n"
        text += apart + _bullet(follow_up)
    return text


def _bullet(follow_up: FollowUp) -> str:
    lines = [f"- {follow_up.question}"]
    if follow_up.answer:
        lines.append("")
        lines += [_INDENT + line if line else "" for line in follow_up.answer.split("\n")]
    return "\n".join(lines)
