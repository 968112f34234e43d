"""How drills compare over time: the score of each, and of each topic in the drills that asked it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from quizapp.core.chart.inline import LEVELS
from quizapp.core.drill.debrief import topic_scores
from quizapp.core.drill.drill import Drill
from quizapp.core.topic import TopicId

STEADY = 0.1
"""Two scores that differ by less than this are alike: one band in one dimension of an answer moves its score by 1/12."""


@dataclass(frozen=True, slots=True)
class Trend:
    """One topic over the drills that asked it, the oldest first."""

    topic_id: TopicId
    title: str
    scores: tuple[float, ...]

    @property
    def change(self) -> float | None:
        """The last score less the mean of those before it; None of a single one."""
        return self.scores[-1] - fmean(self.scores[:-1]) if len(self.scores) > 1 else None

    @property
    def words(self) -> str:
        """Where it goes, in a word."""
        if self.change is None:
            return "once"
        if abs(self.change) < STEADY:
            return "steady"
        return "rising" if self.change > 0 else "falling"


def trends(drills: Sequence[Drill]) -> tuple[Trend, ...]:
    """Return every topic's trend, the lowest last score first.

    Args:
        drills: The oldest first.
    """
    scores: dict[TopicId, list[float]] = {}
    titles: dict[TopicId, str] = {}
    for drill in drills:
        for topic in topic_scores(drill.answers):
            scores.setdefault(topic.topic_id, []).append(topic.score)
            titles[topic.topic_id] = topic.title
    found = [Trend(topic, titles[topic], tuple(values)) for topic, values in scores.items()]
    return tuple(sorted(found, key=lambda trend: (trend.scores[-1], trend.title)))


def score_line(scores: Sequence[float], width: int) -> str:
    """Return the latest scores as bars on the fixed scale from 0 to 1, so that lines can be compared."""
    return "".join(_level(score) for score in scores[-width:])


def _level(score: float) -> str:
    return " " if math.isnan(score) else LEVELS[min(len(LEVELS) - 1, max(0, int(score * len(LEVELS))))]
