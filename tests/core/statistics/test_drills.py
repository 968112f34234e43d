"""What statistics say of drills: readiness with its uncertainty, the score of each drill, each topic's trend."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from quizapp.core.drill.drill import Drill
from quizapp.core.drill.plan import Round, RoundKind
from quizapp.core.drill.rubric import Band, Dimension
from quizapp.core.drill.setup import Setup
from quizapp.core.log import EntryId
from quizapp.core.statistics.drawn import section_lines
from quizapp.core.statistics.drilled import NONE, Drilled, drilled
from quizapp.core.statistics.drills import conclusion, drills
from quizapp.core.statistics.facts import Facts
from quizapp.core.statistics.scope import Scope
from quizapp.core.statistics.span import Span
from quizapp.core.statistics.tally import Tally
from tests.drilling import GOOD, POOR, answered

TODAY = date(2026, 3, 2).toordinal()
NO_RATINGS = (0, 0, 0, 0)


def held(ago: int, **topics: dict[Dimension, Band]) -> tuple[int, Drill]:
    """Return a drill of some days ago with an answer to each topic."""
    answers = tuple(answered(topic, judged) for topic, judged in topics.items())
    rounds = (Round(RoundKind.QUESTIONS, 10, ()),)
    return TODAY - ago, Drill(EntryId(bytes(16)), 0, Setup(minutes=10), rounds, answers=answers)


def found(*drills_held: tuple[int, Drill], members: set[str] | None = None) -> Drilled:
    """Return what the drills of the last 30 days add up to, as if all answers had just been given."""
    return drilled(drills_held, Span(TODAY - 29, TODAY), 0, 5, members)


def test_readiness_counts_all_drills_and_trends_those_of_the_range() -> None:
    """By hand: scores 2/3, 1/6, 2/3 with weight 1 each, before which nothing is known."""
    known = found(held(40, a=GOOD), held(3, a=POOR), held(0, a=GOOD))
    assert known.held == 2
    assert dict(known.scores) == pytest.approx({TODAY - 3: 1 / 6, TODAY: 2 / 3})
    assert known.readiness is not None
    assert known.readiness.mean == pytest.approx((1 + 1.5) / 5)
    assert [(trend.topic_id, trend.words) for trend in known.trends] == [("a", "rising")]


def test_a_scope_takes_its_own_answers_alone() -> None:
    """A drill that asked nothing of it was not held."""
    known = found(held(3, a=POOR, b=GOOD), held(0, b=GOOD), members={"a"})
    assert (known.held, [trend.topic_id for trend in known.trends]) == (1, ["a"])
    assert found(held(0, b=GOOD), members={"a"}) is NONE


@pytest.mark.parametrize(
    ("known", "counts", "words"),
    [
        (NONE, NO_RATINGS, "No drill in this range."),
        (found(held(40, a=GOOD)), NO_RATINGS, "No drill in this range. Readiness now 56 ± 41 %"),
        (
            NONE,
            (1, 0, 3, 0),
            "Without judged answers no readiness follows. 4 ratings, 75 % passed.",
        ),
        (found(held(1, a=GOOD)), (0, 0, 1, 0), "Readiness 56 ± 41 %: a few more drills would tell."),
        (
            found(*[held(20 - ago, a=GOOD, b=GOOD, c=GOOD, d=GOOD) for ago in range(20)], held(0, a=POOR)),
            (0, 0, 81, 0),
            "drill A next, it falls. It had 17 %.",
        ),
        (
            found(*[held(20 - ago, a=POOR, b=GOOD, c=GOOD, d=GOOD) for ago in range(20)]),
            (0, 0, 80, 0),
            "drill A next, it is the weakest. It had 17 %.",
        ),
        (
            found(*[held(20 - ago, b=GOOD, c=GOOD, d=GOOD, e=GOOD) for ago in range(20)]),
            (0, 0, 80, 0),
            "Readiness 66 ± 9 %: no topic of this range is weak.",
        ),
    ],
)
def test_a_conclusion_follows_from_what_is_known(
    known: Drilled, counts: tuple[int, int, int, int], words: str
) -> None:
    """None where the readiness is not sure; else what to drill next, if anything."""
    assert words in conclusion(known, counts).words


def test_the_section_shows_scores_topics_and_ratings() -> None:
    """As charts, tables and figures for scripts."""
    days = {TODAY: Tally(drills=(1, 0, 2, 0))}
    known = found(held(3, a=POOR, b=GOOD), held(0, a=GOOD))
    facts = Facts(TODAY, Span(TODAY - 29, TODAY), Scope(), 0.9, TODAY - 9, days, drilled=known)
    section = drills(facts, days[TODAY])
    lines = "\n".join(section_lines(section, 70))
    assert "score of each drill, %" in lines
    assert "rising" in lines
    assert "once" in lines
    figures: dict[str, Any] = dict(section.figures)
    assert figures["topics"]["a"]["trend"] == "rising"
    assert figures["readiness"]["answers"] == 3
    assert figures["by_day"] == {"2026-03-02": 3}
