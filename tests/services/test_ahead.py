"""What is read ahead of an answer: it spares the answer its reading, and is dropped when anything has changed."""

from __future__ import annotations

import pytest

from quizapp.core.memory import Rating
from quizapp.services.scripted import answer
from quizapp.services.study import Study
from quizapp.store.database import driver_in
from tests.learner import Learner, assert_state_is_fold

AGAIN, HARD, GOOD, EASY = Rating


@pytest.fixture
def study(learner: Learner) -> Study:
    """Return a session of three questions, one of them asked further."""
    learner.write("Alpha", "Why so?")
    learner.write("Beta")
    learner.write("Gamma")
    learner.add()
    return learner.begin()


def reads_of_an_answer(study: Study) -> list[str]:
    """Return the statements by which an answer reads tables."""
    driver = driver_in(study.workspace.database._writer)
    seen: list[str] = []
    driver.set_trace_callback(seen.append)
    study.answer(AGAIN, 0)
    driver.set_trace_callback(None)
    return [statement for statement in seen if "SELECT" in statement.upper()]


def test_an_answer_then_asks_for_the_next_card_alone(learner: Learner, study: Study) -> None:
    """The topic, the rules, the day's count and the next card's words were read while the learner thought."""
    study.answer(EASY, 0)  # the first answer keeps the rules
    assert len(reads_of_an_answer(study)) > 4
    study.look_ahead()
    learner.clock.forward(seconds=1)
    (only,) = reads_of_an_answer(study)
    assert only.lstrip().startswith("SELECT coalesce(")


def test_with_nothing_in_front_there_is_nothing_to_read(learner: Learner) -> None:
    """At the end of a session it does no harm."""
    study = learner.begin()
    study.look_ahead()
    assert study.session.current is None


def test_an_answer_given_elsewhere_meanwhile_counts(learner: Learner, study: Study) -> None:
    """By another process, or by this one beside the session: the rating goes on from what that one left."""
    other = Learner(learner.home, learner.clock)
    for elsewhere in (other, learner):
        study.look_ahead()
        answer(elsewhere.workspace, "alpha", AGAIN)
        learner.clock.forward(seconds=1)
    study.answer(AGAIN, 0)
    assert learner.card("alpha").state.memory.reps == 3
    assert_state_is_fold(learner.workspace)
    other.workspace.close()


def test_the_limits_count_what_was_done_elsewhere(learner: Learner) -> None:
    """The last new card of the day was given away, so none follows."""
    learner.change(new_per_day=2)
    for title in ("Alpha", "Beta", "Gamma"):
        learner.write(title)
    learner.add()
    study, other = learner.begin(), Learner(learner.home, learner.clock)
    study.look_ahead()
    answer(other.workspace, "beta", EASY)
    assert study.answer(EASY, 0) is None
    other.workspace.close()


def test_a_new_day_counts_anew(learner: Learner) -> None:
    """What was read before the rollover says nothing of the day after it."""
    learner.change(new_per_day=1)
    for title in ("Alpha", "Beta", "Gamma"):
        learner.write(title)
    learner.add()
    study = learner.begin()
    assert study.answer(EASY, 0) is None
    learner.clock.forward(days=1)
    assert study.refresh() is not None
    learner.clock.forward(hours=23)
    study.look_ahead()
    learner.clock.forward(hours=1)
    assert study.answer(EASY, 0) is None
    assert learner.begin().session.current is None


def test_the_next_card_has_its_present_words(learner: Learner, study: Study) -> None:
    """The deck was edited while the learner read the card before."""
    study.look_ahead()
    other = Learner(learner.home, learner.clock)
    other.learn("Beta", question="What is it now?")
    shown = study.answer(AGAIN, 0)
    assert shown is not None
    assert shown.question == "What is it now?"
    other.workspace.close()


def test_it_serves_one_card_alone(learner: Learner, study: Study) -> None:
    """A session that went on to another card reads for that one."""
    study.look_ahead()
    ahead = study._ahead
    study.bury()
    study._ahead = ahead
    study.answer(AGAIN, 0)
    assert learner.card("alpha").state.memory.reps == 0
    assert learner.card("beta").state.memory.reps == 1
    assert_state_is_fold(learner.workspace)
