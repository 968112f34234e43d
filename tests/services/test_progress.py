"""How a session stands, and why a card has its interval."""

from __future__ import annotations

from quizapp.core.memory import Rating
from quizapp.services.progress import progress, why
from quizapp.services.scripted import answer
from tests.learner import Learner

AGAIN, HARD, GOOD, EASY = Rating


def test_a_session_is_tallied_by_deck(learner: Learner) -> None:
    """Ratings and time of this session alone; an undone answer is none of it."""
    for title, deck in (("A", "maths"), ("B", "maths/sets"), ("C", "music")):
        learner.write(title, deck=deck)
    learner.add()
    answer(learner.workspace, "c", GOOD)
    learner.clock.forward(minutes=1)
    study = learner.begin("maths")
    learner.fronts(study, [AGAIN, EASY])
    stands = progress(learner.workspace, study.session)
    assert {tally.deck: dict(tally.ratings) for tally in stands.tallies} == {
        "maths": {AGAIN: 1},
        "maths/sets": {EASY: 1},
    }
    assert (stands.done, stands.left.learning, stands.left.new) == (2, 1, 0)
    assert [tally.seconds for tally in stands.tallies] == [1.0, 1.0]
    study.undo()
    assert progress(learner.workspace, study.session).done == 1


def test_a_session_over_everything_counts_everything(learner: Learner) -> None:
    """What is left is the whole library's."""
    for title, deck in (("A", "maths"), ("C", "music")):
        learner.write(title, deck=deck)
    learner.add()
    study = learner.begin()
    study.answer(EASY, 0)
    stands = progress(learner.workspace, study.session)
    assert (stands.done, stands.left.new, stands.due_tomorrow) == (1, 1, 0)


def test_why_replays_the_reviews(learner: Learner) -> None:
    """Each review with the state after it, the last of which is the card's; undone ones are left out."""
    learner.learn("A", "Why so?")
    for rating in (GOOD, GOOD, AGAIN):
        answer(learner.workspace, "a", rating)
        learner.clock.forward(days=3)
    study = learner.begin()
    study.answer(EASY, 0)
    study.undo()
    reason = why(learner.workspace, learner.card("a"))
    assert [review.rating for review in reason.reviews] == [GOOD, GOOD, AGAIN]
    assert reason.reviews[-1].after == learner.card("a").state.memory
    assert [review.at_ms for review in reason.reviews] == sorted(review.at_ms for review in reason.reviews)
    assert reason.retention == 0.9
    assert 0 < reason.recall_now < 1


def test_a_card_never_reviewed_has_no_reasons(learner: Learner) -> None:
    """There is nothing to replay."""
    learner.learn("A")
    reason = why(learner.workspace, learner.card("a"))
    assert (reason.reviews, reason.recall_now) == ((), 0.0)
