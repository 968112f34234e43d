"""What a drill's answers add up to: scores by dimension and topic, what was missed, time against plan, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from quizapp.core.drill.answered import Answered
from quizapp.core.drill.drill import Drill
from quizapp.core.drill.plan import RoundKind
from quizapp.core.drill.rubric import Dimension
from quizapp.core.topic import CardId, TopicId

WEAK_BELOW = 0.6
"""A topic whose score is below this, or of which something was skipped, is to be studied next."""


@dataclass(frozen=True, slots=True)
class TopicScore:
    """How one topic went.

    Attributes:
        score: The mean of its answers' scores, 0 to 1, what was skipped counting as 0.
        missed: The key points missed, by name, in the order in which they were asked.
        cards: The cards asked, the worst first.
        simulations: Those that its questions were about or that were opened with them.
    """

    topic_id: TopicId
    title: str
    score: float
    answers: int
    skipped: int
    missed: tuple[str, ...]
    cards: tuple[CardId, ...]
    simulations: tuple[str, ...] = ()

    @property
    def is_weak(self) -> bool:
        """Whether it is to be studied next."""
        return self.score < WEAK_BELOW or self.skipped > 0


@dataclass(frozen=True, slots=True)
class RoundTime:
    """A round's time against its plan.

    Attributes:
        questions: How many were asked in it.
        answer_ms, planned_ms: The time spent answering them, and what they should have taken.
        over: How many answers took longer than planned.
    """

    kind: RoundKind
    minutes: int
    used_ms: int
    questions: int
    answer_ms: int
    planned_ms: int
    over: int


@dataclass(frozen=True, slots=True)
class Debrief:
    """How a drill went.

    Attributes:
        score: The mean over the answers that count; None when there is none.
        by_dimension: The mean band of each dimension, 1 to 4; empty when nothing counts.
        topics: The weakest first.
        recovered: Second tries that did better: (title, score before, score after).
    """

    drill: Drill
    score: float | None
    by_dimension: dict[Dimension, float]
    topics: tuple[TopicScore, ...]
    times: tuple[RoundTime, ...]
    recovered: tuple[tuple[str, float, float], ...]

    @property
    def weak(self) -> tuple[TopicScore, ...]:
        """What to study next, the weakest first."""
        return tuple(topic for topic in self.topics if topic.is_weak)

    @property
    def weakest_cards(self) -> tuple[CardId, ...]:
        """The cards of the weak topics that were answered poorly or skipped, the weakest first."""
        return tuple(dict.fromkeys(card for topic in self.weak for card in topic.cards))


def debriefed(drill: Drill) -> Debrief:
    """Return what a drill adds up to, finished or not."""
    counting = [one for one in drill.answers if one.counts]
    return Debrief(
        drill=drill,
        score=fmean(one.score for one in counting) if counting else None,
        by_dimension={
            dimension: fmean(one.band(dimension) for one in counting) for dimension in Dimension if counting
        },
        topics=topic_scores(drill.answers),
        times=tuple(_round_time(drill, place) for place in range(len(drill.rounds))),
        recovered=_recovered(drill.answers),
    )


def topic_scores(answers: Sequence[Answered]) -> tuple[TopicScore, ...]:
    """Return how each topic went, the weakest first; only first tries count."""
    first = [one for one in answers if one.tells_of_topic and not one.is_second]
    by_topic: dict[TopicId, list[Answered]] = {}
    for one in first:
        by_topic.setdefault(one.topic_id, []).append(one)
    scores = [_topic_score(topic, found) for topic, found in by_topic.items()]
    return tuple(sorted(scores, key=lambda topic: (topic.score, topic.title)))


def _topic_score(topic: TopicId, found: Sequence[Answered]) -> TopicScore:
    poor = sorted((one for one in found if one.score < WEAK_BELOW), key=lambda one: one.score)
    simulations = [name for one in found for name in one.shown]
    return TopicScore(
        topic_id=topic,
        title=found[0].title,
        score=fmean(one.score for one in found),
        answers=len(found),
        skipped=sum(one.is_skipped for one in found),
        missed=tuple(dict.fromkeys(point for one in found if not one.is_skipped for point in one.missed)),
        cards=tuple(dict.fromkeys(one.card_id for one in poor)),
        simulations=tuple(dict.fromkeys(simulations)),
    )


def _round_time(drill: Drill, place: int) -> RoundTime:
    here = drill.rounds[place]
    asked = [one for one in drill.answers if one.round is here.kind]
    return RoundTime(
        kind=here.kind,
        minutes=here.minutes,
        used_ms=here.used_ms,
        questions=len(asked),
        answer_ms=sum(one.answer_ms for one in asked),
        planned_ms=1000 * sum(one.planned_s for one in asked),
        over=sum(one.answer_ms > 1000 * one.planned_s for one in asked),
    )


def _recovered(answers: Sequence[Answered]) -> tuple[tuple[str, float, float], ...]:
    """Return the second tries that did better than the first ones."""
    found: list[tuple[str, float, float]] = []
    for before, after in pairwise(answers):
        if after.is_second and not after.is_skipped and after.score > before.score:
            found.append((after.title, before.score, after.score))
    return tuple(found)
