"""The debrief: scores by dimension and topic, what was missed, time against plan, what comes next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizapp.core.drill.ask import AskKind
from quizapp.core.drill.debrief import debriefed
from quizapp.core.drill.rubric import Dimension
from tests.drilling import GOOD, POOR, answered, bands, drill, question

HELD = drill(question("a")).passed(200_000).finished()


def test_scores_are_means_over_first_tries() -> None:
    """A second try after a hint counts nowhere but as a recovery."""
    shown = debriefed(
        replace(
            HELD,
            answers=(
                answered("a", POOR),
                answered("a", bands(4, 4, 4, 4), hint="Look.", is_second=True),
                answered("b", GOOD),
            ),
        )
    )
    assert shown.score == pytest.approx((1 / 6 + 2 / 3) / 2)
    assert shown.by_dimension[Dimension.CORRECTNESS] == 2.0
    ((title, before, after),) = shown.recovered
    assert (title, after) == ("A", 1.0)
    assert before == pytest.approx(1 / 6)
    assert [(topic.title, topic.answers) for topic in shown.topics] == [("A", 1), ("B", 1)]


def test_what_was_missed_is_told_by_name_and_the_weakest_cards_come_first() -> None:
    """Topics below the mark, and those of which something was skipped, are to be studied next."""
    shown = debriefed(
        replace(
            HELD,
            answers=(
                answered("b", bands(2, 2, 2, 2), missed=("one", "two")),
                answered("a", GOOD, missed=("small",)),
                answered("c", missed=("all",)),
                answered("b", bands(1, 1, 1, 1), card_id="b/1", missed=("two",)),
            ),
        )
    )
    assert [topic.title for topic in shown.weak] == ["C", "B"]
    assert shown.weakest_cards == ("c", "b/1", "b")
    assert shown.weak[1].missed == ("one", "two")
    assert (shown.weak[0].skipped, shown.weak[0].missed) == (1, ())


def test_time_stands_against_the_plan() -> None:
    """Of the round, of the answers, and how many of these took too long."""
    shown = debriefed(
        replace(HELD, answers=(answered("a", GOOD, answer_ms=150_000), answered("b", GOOD, answer_ms=20_000)))
    )
    (time,) = shown.times
    assert (time.minutes, time.used_ms, time.questions) == (10, 200_000, 2)
    assert (time.answer_ms, time.planned_ms, time.over) == (170_000, 240_000, 1)


def test_the_learners_own_questions_say_nothing_of_a_topic() -> None:
    """They are judged like everything else, and count in the score."""
    shown = debriefed(replace(HELD, answers=(answered("a", GOOD, kind=AskKind.YOUR_QUESTIONS),)))
    assert shown.topics == ()
    assert shown.score is not None


def test_a_drill_without_answers_has_no_score() -> None:
    """And nothing to study."""
    shown = debriefed(HELD)
    assert (shown.score, shown.by_dimension, shown.weak, shown.weakest_cards) == (None, {}, (), ())
