"""The text of a new deck file: as much of it as is known, and the headings of what is still to be written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.core.deck_headings import NEEDED, SectionName
from quizapp.core.deck_metadata import DEFAULT_DECK, DEFAULT_DIFFICULTY

_BULLETS = ("- ", "* ", "+ ", " ", "\t")


@dataclass(frozen=True, slots=True)
class NewTopic:
    """What is known of a topic that is being made.

    Attributes:
        follow_ups: As they are typed: a question a line, the answer of each indented below it.
    """

    title: str = ""
    deck: str = DEFAULT_DECK
    difficulty: int = DEFAULT_DIFFICULTY
    tags: str = ""
    question: str = ""
    answer: str = ""
    follow_ups: str = ""


def deck_file(new: NewTopic) -> str:
    """Return the file of a topic that has all that it is to have."""
    return _file(new, [(name, text) for name, text in _sections(new) if text or name in NEEDED])


def skeleton(new: NewTopic) -> str:
    """Return a file to go on with: every section has its heading, and checking it tells what is still empty."""
    return _file(new, list(_sections(new)))


def _file(new: NewTopic, sections: list[tuple[SectionName, str]]) -> str:
    head = [
        f"# {_line(new.title)}",
        f"**Category:** {_line(new.deck) or DEFAULT_DECK}",
        f"**Difficulty:** {new.difficulty}",
        f"**Tags:** {_line(new.tags)}",
    ]
    parts = ["\n".join(line.rstrip() for line in head)]
    parts += [f"## {name}\n{text}" for name, text in sections]
    return "\n\n".join(parts).rstrip("\n") + "\n"


def _sections(new: NewTopic) -> Iterator[tuple[SectionName, str]]:
    yield SectionName.QUESTION, new.question.strip("\n").rstrip()
    yield SectionName.COVER, ""
    yield SectionName.ANSWER, new.answer.strip("\n").rstrip()
    yield SectionName.FOLLOW_UPS, _bullets(new.follow_ups)


def _line(words: str) -> str:
    return " ".join(words.split())


def _bullets(typed: str) -> str:
    """Return follow-ups as bullets; lines that are bullets, or stand indented below one, stay as they are."""
    lines = typed.strip("\n").rstrip().split("\n")
    return "\n".join(line if not line.strip() or line.startswith(_BULLETS) else f"- {line}" for line in lines)
