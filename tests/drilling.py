"""Drills for tests: answers, prompts and bands in few words."""

from __future__ import annotations

from typing import Any

from quizapp.core.drill.answered import Answered
from quizapp.core.drill.ask import Ask, AskKind, Prompt
from quizapp.core.drill.drill import Drill
from quizapp.core.drill.plan import Round, RoundKind
from quizapp.core.drill.rubric import Band, Dimension
from quizapp.core.drill.setup import Setup
from quizapp.core.log import EntryId
from quizapp.core.topic import CardId, KeyPoint, TopicId


def bands(correctness: int, depth: int, clarity: int, evidence: int) -> dict[Dimension, Band]:
    """Return the four bands."""
    given = (correctness, depth, clarity, evidence)
    return dict(zip(Dimension, map(Band, given), strict=True))


GOOD, POOR = bands(3, 3, 3, 3), bands(1, 2, 2, 1)


def answered(topic: str = "a", judged: dict[Dimension, Band] | None = None, **parts: Any) -> Answered:
    """Return an answer to a topic's question; without bands it was skipped."""
    values: dict[str, Any] = {
        "round": RoundKind.QUESTIONS,
        "kind": AskKind.QUESTION,
        "card_id": CardId(topic),
        "topic_id": TopicId(topic),
        "title": topic.title(),
        "deck": "deck",
        "question": f"What is {topic}?",
        "at_ms": 0,
        "bands": judged or {},
        "planned_s": 120,
    }
    return Answered(**{**values, **parts})


def question(card: str, kind: AskKind = AskKind.QUESTION) -> Ask:
    """Return a reference to a card."""
    return Ask(kind, CardId(card))


def prompt(card: str = "a", *points: str, **parts: Any) -> Prompt:
    """Return what is asked of a card, with these key points."""
    values: dict[str, Any] = {
        "ask": question(card),
        "topic_id": TopicId(card.partition("/")[0]),
        "title": "A",
        "deck": "deck",
        "question": f"What is {card}?",
        "model": "Because.",
        "points": tuple(KeyPoint(text) for text in points),
        "seconds": 120,
    }
    return Prompt(**{**values, **parts})


def drill(*asks: Ask, minutes: int = 10, setup: Setup | None = None) -> Drill:
    """Return a drill of one round at its first question."""
    setup = setup or Setup(minutes=minutes)
    return Drill(EntryId(b"d" * 16), 0, setup, (Round(RoundKind.QUESTIONS, setup.minutes, asks),)).next()
