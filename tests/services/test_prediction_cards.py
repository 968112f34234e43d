"""Prediction cards in the library: unlocked, scheduled, edited and listed like other cards."""

from __future__ import annotations

from quizapp.core.memory import Rating
from quizapp.core.topic import CardId, CardKind
from quizapp.services import scripted
from quizapp.services.library import export
from quizapp.services.listing import listed_cards
from quizapp.services.trials import can_be_asked, front, trial_of
from quizapp.store import entries
from tests.learner import Learner, assert_state_is_fold

ANSWER = "It grows.\n\n```sim predict tolerance=0.3\nscale-explosion depth={depth} schemes=unscaled\n```\n"
CARD = "growth/predict-scale-explosion"


def learn(learner: Learner, depth: str = "10..80") -> None:
    """Take in a topic with a follow-up and a prediction card."""
    learner.learn("Growth", "Why so?", answer=ANSWER.format(depth=depth))


def test_it_is_locked_until_the_question_was_passed_and_comes_another_day(learner: Learner) -> None:
    """Not right after the answer was read, as the follow-ups do, but from the next study day on."""
    learn(learner)
    assert learner.card(CARD).kind is CardKind.PREDICTION
    assert learner.card(CARD).queue == "locked"
    assert learner.fronts(learner.begin(), [Rating.EASY, Rating.EASY]) == ["growth", "growth/why-so", None]
    assert learner.card(CARD).queue == "new"
    learner.clock.forward(days=1)
    assert learner.begin().session.current == CARD


def test_each_review_asks_something_else_and_a_restart_the_same(learner: Learner) -> None:
    """The number of reviews decides, and taking one back brings its question back."""
    learn(learner)
    learner.fronts(learner.begin(), [Rating.EASY, Rating.EASY])
    learner.clock.forward(days=1)
    first = trial_of(learner.card(CARD))
    learner.reopen()
    assert trial_of(learner.card(CARD)).values == first.values
    study = learner.begin()
    assert study.session.current == CARD
    study.answer(Rating.GOOD, 0, {"prediction": {"knobs": dict(first.values)}})
    assert trial_of(learner.card(CARD)).values != first.values
    assert trial_of(learner.card(CARD)).seed == 1
    study.undo()
    assert trial_of(learner.card(CARD)).values == first.values
    assert_state_is_fold(learner.workspace)


def test_history_survives_an_edit_of_the_ranges(learner: Learner) -> None:
    """Same card, same memory; a block that goes is archived and has its memory again when it returns."""
    learn(learner)
    learner.begin().answer(Rating.EASY, 0)
    scripted.answer(learner.workspace, CARD, 4)
    before = learner.card(CARD).state
    assert before.memory.reps == 1
    learn(learner, depth="20,40")
    assert learner.card(CARD).state == before
    assert trial_of(learner.card(CARD)).values["depth"] in (20, 40)
    learner.learn("Growth", "Why so?", answer="It grows.")
    assert learner.card(CARD).archived
    learn(learner)
    assert learner.card(CARD).state == before
    assert not learner.card(CARD).archived
    assert_state_is_fold(learner.workspace)


def test_adding_twice_changes_nothing(learner: Learner) -> None:
    """What is read from the file is what the library holds."""
    learn(learner)
    again = learner.add()
    assert (again.added, again.changed, again.archived) == ((), (), ())


def test_an_edited_range_is_told_as_a_change(learner: Learner) -> None:
    """Of the card, and of the answer that it stands in."""
    learn(learner)
    learner.write("Growth", "Why so?", answer=ANSWER.format(depth="5..9"))
    assert set(learner.add().changed) == {"growth", CARD}


def test_a_card_of_a_follow_up_shows_that_follow_ups_answer(learner: Learner) -> None:
    """Its back is the text that it stands in."""
    block = "```sim predict\n  scale-explosion depth=10..20\n  ```"
    learner.learn("Growth", f"Why so?\n\n  Squares add.\n\n  {block}")
    card = learner.card(CARD)
    assert card.answer.startswith("Squares add.")


def test_a_card_that_cannot_be_asked_says_why(learner: Learner) -> None:
    """It costs itself alone: its front names the fault and what to do, and it can be rated."""
    learn(learner, depth="500..900")
    card = learner.card(CARD)
    assert not can_be_asked(card)
    assert "takes 2 to 100" in front(card).replace("\\", "")
    scripted.answer(learner.workspace, CARD, 1)
    assert learner.card(CARD).state.memory.reps == 1


def test_lists_show_the_question_of_the_next_review(learner: Learner) -> None:
    """With the knob values that it will have."""
    learn(learner)
    item = next(item for item in listed_cards(learner.workspace) if item["id"] == CARD)
    depth = trial_of(learner.card(CARD)).values["depth"]
    assert item["kind"] == "prediction"
    assert f"after {depth} blocks" in str(item["question"])


def test_a_script_may_rate_it(learner: Learner) -> None:
    """The log then keeps which question the rating was for."""
    learn(learner)
    asked = trial_of(learner.card(CARD))
    scripted.answer(learner.workspace, CARD, 3)
    (entry,) = entries.of_card(learner.workspace.database.read, CardId(CARD))
    assert entry.extra == {"prediction": {"knobs": dict(asked.values), "seed": 0}}


def test_an_exported_topic_holds_its_cards(learner: Learner) -> None:
    """Taking the exported file in changes nothing but where it lies."""
    learn(learner)
    (path,) = export(learner.workspace, learner.home / "out")
    assert (
        "```sim predict tolerance=0.3\nscale-explosion depth=10..80 schemes=unscaled\n```" in path.read_text()
    )
