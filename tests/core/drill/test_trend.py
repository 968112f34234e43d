"""Trends: each topic over the drills that asked it."""

from __future__ import annotations

from dataclasses import replace

from quizapp.core.drill.drill import Drill
from quizapp.core.drill.rubric import Band, Dimension
from quizapp.core.drill.trend import score_line, trends
from tests.drilling import GOOD, POOR, answered, bands, drill, question


def held(**topics: dict[Dimension, Band]) -> Drill:
    """Return a drill with one answer a topic."""
    answers = tuple(answered(topic, given) for topic, given in topics.items())
    return replace(drill(question("a")).finished(), answers=answers)


def test_a_topic_rises_falls_or_stays() -> None:
    """By its last score against those before; the lowest comes first."""
    found = trends([held(a=POOR, b=GOOD, c=GOOD), held(a=GOOD, b=POOR), held(b=POOR, d=bands(1, 1, 1, 1))])
    assert [(one.title, one.words) for one in found] == [
        ("D", "once"),
        ("B", "falling"),
        ("A", "rising"),
        ("C", "once"),
    ]


def test_bars_stand_on_one_scale() -> None:
    """The same score gives the same bar in every line, unlike a sparkline's own scale."""
    assert score_line((0.0, 0.5, 1.0), 12) == "▁▅█"
    assert score_line((0.5,), 12) == "▅"
    assert score_line((0.0, 1.0, 0.5), 2) == "█▅"
