"""How ready a learner is for an interview, and how sure that figure is.

Each answer that counts has a score s between 0 and 1 and a weight w that halves every 30 days, because what was known
last spring may be gone. The answers are taken as (fractional) successes and failures of a coin whose chance is the
readiness, before which nothing is known (a uniform prior):

    a = 1 + Σ w·s      b = 1 + Σ w·(1 − s)
    readiness = a / (a + b)
    uncertainty = 1.645 · √( a·b / ((a + b)² (a + b + 1)) )

That is the mean of the distribution Beta(a, b) and half the width of its normal 90 % interval, cut off at 0 and 1. A
score between 0 and 1 varies less than a coin does, so the interval is rather too wide than too narrow. It speaks of
the topics that were asked: `topics` of `known` says how many those were.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from quizapp.core.drill.answered import Answered
from quizapp.core.per_cent import per_cent

HALF_LIFE_DAYS = 30.0
Z_90 = 1.645
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Readiness:
    """A figure with its uncertainty.

    Attributes:
        mean: 0 to 1.
        margin: Half the width of the 90 % interval.
        answers: How many answers it rests on.
        topics, known: How many topics were asked, of how many that the library has.
    """

    mean: float
    margin: float
    answers: int
    topics: int
    known: int

    @property
    def low(self) -> float:
        """The lower end of the interval."""
        return max(0.0, self.mean - self.margin)

    @property
    def high(self) -> float:
        """The upper end of the interval."""
        return min(1.0, self.mean + self.margin)

    @property
    def words(self) -> str:
        """The figure as it is shown."""
        if not self.answers:
            return "not known yet: no answer was judged"
        answers = "answer" if self.answers == 1 else "answers"
        return (
            f"{100 * self.mean:.0f} ± {per_cent((self.high - self.low) / 2)} (90 % interval {100 * self.low:.0f} to "
            f"{per_cent(self.high)}), from {self.answers} {answers} on {self.topics} of {self.known} topics"
        )


def readiness(answers: Iterable[Answered], now_ms: int, known_topics: int) -> Readiness:
    """Return how ready a learner is, by all answers of all drills; only first tries that were judged count."""
    successes = failures = 1.0
    topics = set()
    count = 0
    for one in answers:
        if not one.counts:
            continue
        weight = 0.5 ** (max(0, now_ms - one.at_ms) / _DAY_MS / HALF_LIFE_DAYS)
        successes += weight * one.score
        failures += weight * (1 - one.score)
        count += 1
        if one.tells_of_topic:
            topics.add(one.topic_id)
    total = successes + failures
    spread = math.sqrt(successes * failures / (total**2 * (total + 1)))
    return Readiness(successes / total, Z_90 * spread, count, len(topics), max(known_topics, len(topics)))
