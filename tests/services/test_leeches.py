"""Leeches: when study tells, which cards are listed, and what their history says."""

from __future__ import annotations

from quizapp.config import Settings
from quizapp.core.leech import PointMissed
from quizapp.core.memory import Rating
from quizapp.core.topic import CardId
from quizapp.services import changes, predict
from quizapp.services.leeches import diagnosis, leeches
from quizapp.services.scripted import answer
from quizapp.services.undo import undo
from tests.learner import Learner, topic_text

ALPHA = CardId("alpha")
COVER = "## What to Cover\n- the skip\n- the gain\n\n## Answer\n"


def learn_alpha(learner: Learner) -> None:
    """Take in a topic with two key points and a follow-up that has an answer of its own."""
    learner.settings = Settings(fuzz=False, leech_lapses=2)
    learner.reopen()
    text = topic_text("Alpha", "Why so?\n\n  Since it is.").replace("## Answer\n", COVER)
    (learner.decks / "alpha.md").write_text(text, encoding="utf-8")
    learner.add()


def forget(learner: Learner, *ticked: str) -> CardId | None:
    """Learn the card, forget it a month later in study, and return what study calls a leech then."""
    answer(learner.workspace, ALPHA, Rating.EASY)
    learner.clock.forward(days=60)
    study = learner.begin()
    assert study.session.current == ALPHA
    study.answer(Rating.AGAIN, 0, {"ticked": list(ticked)} if ticked else {})
    learner.clock.forward(minutes=20)
    return study.leech


def test_study_tells_of_a_leech_and_reminds(learner: Learner) -> None:
    """At the set number of lapses and at each half of it after that; any other answer tells nothing."""
    learn_alpha(learner)
    assert [forget(learner) for _ in range(4)] == [None, ALPHA, ALPHA, ALPHA]
    study = learner.begin()
    study.answer(Rating.GOOD, 0)
    assert study.leech is None


def test_a_leech_is_computed_from_its_lapses(learner: Learner) -> None:
    """It is one suspended too; forgetting it or taking a lapse back ends it, deleting it takes it off the list."""
    learn_alpha(learner)
    forget(learner)
    assert leeches(learner.workspace) == []
    forget(learner)
    changes.suspend(learner.workspace, [ALPHA])
    ((card, found),) = leeches(learner.workspace)
    assert (card.id, found.lapses, found.is_suspended) == (ALPHA, 2, True)
    for change in (changes.forget, changes.delete):
        change(learner.workspace, [ALPHA])
        assert leeches(learner.workspace) == []
        undo(learner.workspace)
        assert len(leeches(learner.workspace)) == 1
    undo(learner.workspace)
    undo(learner.workspace)
    assert leeches(learner.workspace) == []


def test_the_diagnosis_counts_points_and_predictions(learner: Learner) -> None:
    """Points by the answers in which any was ticked, those taken back left out; predictions by their card."""
    learn_alpha(learner)
    forget(learner, "the skip")
    forget(learner, "the skip", "a point that an edit took away")
    forget(learner)
    made = predict.commit(
        learner.workspace, card_id=ALPHA, simulation="gone", knobs={}, seed=0, question="?", answer="1"
    )
    predict.settle(learner.workspace, made, truth="1", hit=True, gap="", device="cpu")
    _, found = diagnosis(learner.workspace, ALPHA)
    assert (found.lapses, found.reviews, found.told) == (3, 6, 2)
    assert found.points == (PointMissed("the gain", 2, 2), PointMissed("the skip", 0, 2))
    assert (found.predicted.count, found.predicted.hits) == (1, 1)
    undo(learner.workspace)
    undo(learner.workspace)
    undo(learner.workspace)
    assert diagnosis(learner.workspace, ALPHA)[1].told == 1


def test_a_follow_up_with_an_answer_of_its_own_has_no_points(learner: Learner) -> None:
    """The topic's points are not asked of it."""
    learn_alpha(learner)
    _, found = diagnosis(learner.workspace, CardId("alpha/why-so"))
    assert (found.points, found.told, found.simulation) == ((), 0, "")
