"""What statistics take from the drills that were held."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from quizapp.core.drill.answered import Answered
from quizapp.core.drill.debrief import debriefed
from quizapp.core.drill.drill import Drill
from quizapp.core.drill.readiness import Readiness, readiness
from quizapp.core.drill.trend import Trend, trends
from quizapp.core.statistics.span import Span


@dataclass(frozen=True, slots=True)
class Drilled:
    """What statistics take from drills.

    Attributes:
        held: How many were begun in the range.
        scores: (study day, score from 0 to 1) of each of them that has answers which count, the oldest first.
        trends: Of each topic over these drills, the weakest first.
        readiness: Now, by all drills up to now; None when there is none.
    """

    held: int = 0
    scores: tuple[tuple[int, float], ...] = ()
    trends: tuple[Trend, ...] = ()
    readiness: Readiness | None = None


NONE = Drilled()


def drilled(
    held: Iterable[tuple[int, Drill]],
    span: Span,
    now_ms: int,
    known_topics: int,
    members: Collection[str] | None = None,
) -> Drilled:
    """Return what drills add up to.

    Args:
        held: Every drill with its study day, the oldest first.
        known_topics: How many topics could have been asked.
        members: Only answers on these cards count, and drills that have some; None for all.
    """
    drills = list(held)
    if members is not None:
        parts = [(day, replace(drill, answers=_within(drill, members))) for day, drill in drills]
        drills = [(day, drill) for day, drill in parts if drill.answers]
    if not drills:
        return NONE
    inside = [(day, drill) for day, drill in drills if day in span]
    scores = [(day, debriefed(drill).score) for day, drill in inside]
    return Drilled(
        held=len(inside),
        scores=tuple((day, score) for day, score in scores if score is not None),
        trends=trends([drill for _, drill in inside]),
        readiness=readiness((one for _, drill in drills for one in drill.answers), now_ms, known_topics),
    )


def _within(drill: Drill, members: Collection[str]) -> tuple[Answered, ...]:
    return tuple(one for one in drill.answers if one.card_id in members)
