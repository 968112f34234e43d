"""What a session taught, as read from the log."""

from __future__ import annotations

from quizapp.core.memory import Rating
from quizapp.services.learned import finished, taught
from quizapp.services.scripted import answer
from tests.learner import Learner
from tests.services.test_calibration import keep
from tests.services.test_progress_map import with_points

AGAIN, HARD, GOOD, EASY = Rating


def test_new_cards_that_were_passed_are_learned(learner: Learner) -> None:
    """Those that failed when they were last asked are not; what was taken back is neither."""
    learner.write("Alpha", "Why so?")
    learner.write("Beta")
    learner.add()
    study = learner.begin()
    learner.fronts(study, [EASY, EASY, AGAIN])
    told = taught(learner.workspace, study.session)
    assert (told.new, told.open) == ({"Alpha": 2}, {"Beta": 1})
    study.undo()
    assert taught(learner.workspace, study.session).open == {}


def test_a_card_comes_back_from_a_lapse(learner: Learner) -> None:
    """Also from one before the session."""
    learner.learn("Alpha")
    answer(learner.workspace, "alpha", EASY)
    learner.clock.forward(days=10)
    answer(learner.workspace, "alpha", AGAIN)
    learner.clock.forward(minutes=30)
    study = learner.begin()
    study.answer(GOOD, 0)
    told = taught(learner.workspace, study.session)
    assert (told.back, told.new, told.open) == ({"Alpha": 1}, {}, {})


def test_topics_grow_by_what_recall_gained(learner: Learner) -> None:
    """From the log before the session to the state after it, on the same day."""
    learner.learn("Alpha")
    answer(learner.workspace, "alpha", EASY)
    learner.clock.forward(days=20)
    study = learner.begin()
    study.answer(GOOD, 0)
    (grown,) = taught(learner.workspace, study.session).grown
    assert grown.topic == "Alpha"
    assert 0.5 < grown.before < 0.95
    assert grown.after == 1.0


def test_a_failed_card_makes_no_topic_stronger(learner: Learner) -> None:
    """Though it has just been seen; it does again when it has been passed."""
    learner.learn("Alpha")
    answer(learner.workspace, "alpha", EASY)
    learner.clock.forward(days=20)
    study = learner.begin()
    study.answer(AGAIN, 0)
    told = taught(learner.workspace, study.session)
    assert (told.open, told.grown) == ({"Alpha": 1}, ())
    learner.clock.forward(minutes=30)
    answer(learner.workspace, "alpha", GOOD)
    assert [one.topic for one in taught(learner.workspace, study.session).grown] == ["Alpha"]


def test_points_that_no_answer_covered_are_missed(learner: Learner) -> None:
    """By name, where anything was ticked at all; without a tick nothing is known."""
    with_points(learner, "Alpha", "one", "two")
    with_points(learner, "Beta", "three")
    study = learner.begin()
    study.answer(EASY, 0, {"ticked": ["one"]})
    while study.session.current is not None:
        study.answer(EASY, 0)
    assert taught(learner.workspace, study.session).missed == (("Alpha", "two"),)


def test_other_decks_and_earlier_answers_are_not_of_the_session(learner: Learner) -> None:
    """What was answered before it, and elsewhere."""
    learner.write("Alpha", deck="maths")
    learner.write("Beta", deck="music")
    learner.write("Gamma", deck="maths")
    learner.add()
    answer(learner.workspace, "alpha", EASY)
    learner.clock.forward(minutes=1)
    study = learner.begin("maths")
    answer(learner.workspace, "beta", EASY)
    study.answer(EASY, 0)
    assert taught(learner.workspace, study.session).new == {"Gamma": 1}


def test_predictions_are_told_by_their_simulations(learner: Learner) -> None:
    """Hit and missed ones apart; the session's end has them with the rest."""
    learner.learn("Alpha")
    study = learner.begin()
    keep(learner, "10⁵", "10⁷")
    keep(learner, "plain", "plain", hit=True, simulation="vanishing-gradients")
    told = finished(learner.workspace, study.session).learned
    assert (told.right, told.wrong) == (("vanishing-gradients",), ("scale-explosion",))
