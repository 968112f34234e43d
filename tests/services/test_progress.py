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
    assert (stands.done, stands.left.new, stands.next_due) == (1, 1, (7, 1))


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


def test_what_comes_is_counted_once(learner: Learner) -> None:
    """Through probes, an undo and a restart: what the queues hold, and the follow-ups that they do not count."""
    for title in ("A", "B", "C"):
        learner.write(title, "Why so?", "What then?")
    learner.add()
    study = learner.begin()

    def to_come() -> int:
        stands = progress(learner.workspace, study.session)
        return stands.left.total + stands.beside

    assert to_come() == 3
    study.answer(AGAIN, 0)
    study.undo()
    assert to_come() == 3
    study.answer(GOOD, 0)
    assert study.session.current == "a/why-so"
    assert to_come() == 2 + 1 + 2  # two questions, the first one in learning, its two follow-ups
    learner.reopen()
    study = learner.begin()
    assert to_come() == 2 + 1 + 2
    study.answer(EASY, 0)
    assert to_come() == 2 + 1 + 1
