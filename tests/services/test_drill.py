"""A drill in the database: each step on disk at once, its ratings in the log, and the way back after any end."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from quizapp.core.drill.ask import AskKind
from quizapp.core.drill.front import Step
from quizapp.core.drill.plan import RoundKind
from quizapp.core.drill.rubric import Band, Dimension
from quizapp.core.drill.setup import Manner, Reach, Setup
from quizapp.core.log import EntryKind
from quizapp.core.memory import Phase, Rating
from quizapp.core.topic import CardId
from quizapp.errors import DeckError, UsageError
from quizapp.services import drill as drill_module
from quizapp.services.drill import Drilling, begin, require_left, resume
from quizapp.services.left_drill import left
from quizapp.services.progress import why
from quizapp.services.scripted import answer
from quizapp.store import drills
from tests.drilling import GOOD, POOR
from tests.learner import Learner, assert_state_is_fold

COVER = "## What to Cover\n- It adds its input to its output\n- It needs a scale to be stable at depth\n\n## Answer"
SETUP = Setup(minutes=10, seed=1)


def learn(learner: Learner, *titles: str) -> None:
    """Take in topics with two key points and two follow-ups each."""
    for title in titles:
        path = learner.write(title, "Why so?", "What then?")
        path.write_text(path.read_text(encoding="utf-8").replace("## Answer", COVER), encoding="utf-8")
    learner.add()


def give(drilling: Drilling, given: dict[Dimension, Band], words: str = "words") -> None:
    """Answer what is in front, tick its first point, and judge it."""
    drilling.done(words)
    assert drilling.prompt is not None
    drilling.check([point.text for point in drilling.prompt.points[:1]])
    for dimension, band in given.items():
        drilling.band(dimension, band)
    drilling.judge()


def front(drilling: Drilling) -> str | None:
    """Return the card in front."""
    return drilling.drill.front.ask.card_id if drilling.drill.front is not None else None


def step_of(drilling: Drilling) -> Step | None:
    """Return what the learner is doing."""
    return drilling.drill.front.step if drilling.drill.front is not None else None


def drilled(learner: Learner) -> list[tuple[str, int, bool]]:
    """Return (card, rating, whether it moved the schedule) of each rating of a drill in the log."""
    rows = learner.workspace.database.read(
        "SELECT card_id, rating, policy_id FROM log WHERE kind = 'drill' ORDER BY id", {}
    )
    return [(card, rating, policy is not None) for card, rating, policy in rows]


# Asking.


def test_questions_come_one_after_another_with_the_follow_ups_they_earn(learner: Learner) -> None:
    """A good answer earns a follow-up, a poor one a hint; then the next question comes, and none comes twice."""
    learn(learner, "Alpha", "Beta")
    drilling = begin(learner.workspace, SETUP)
    first = front(drilling)
    assert first in ("alpha", "beta")
    give(drilling, GOOD)
    assert front(drilling) == f"{first}/why-so"
    give(drilling, POOR)
    assert step_of(drilling) is Step.HINT
    drilling.move_on()
    other = front(drilling)
    assert {first, other} == {"alpha", "beta"}
    drilling.skip("")
    assert front(drilling) is None
    assert drilling.prompt is None


def test_a_hint_and_a_second_try(learner: Learner) -> None:
    """The second try is kept with its hint, and enters the log without moving anything."""
    learn(learner, "Alpha")
    learner.change(drill_moves_others=True)
    drilling = begin(learner.workspace, SETUP)
    give(drilling, POOR)
    assert drilling.drill.front is not None
    assert "It needs a" in drilling.drill.front.hint
    drilling.try_again()
    give(drilling, GOOD)
    assert [one.hint != "" for one in drilling.drill.answers] == [False, True]
    assert drilled(learner) == [("alpha", 1, True), ("alpha", 3, False)]


def test_a_poor_answer_is_offered_a_hint_before_the_model_answer(learner: Learner) -> None:
    """By its words; taken, it is in the log, and the rating that moves the card is Hard at best."""
    learn(learner, "Alpha")
    learner.change(drill_moves_others=True)
    drilling = begin(learner.workspace, SETUP)
    drilling.done("no idea")
    assert step_of(drilling) is Step.OFFER
    drilling.take_hint("no idea")
    assert drilling.drill.front is not None
    assert "One point begins" in drilling.drill.front.hint
    give(drilling, GOOD, "no idea but a")
    assert drilled(learner) == [("alpha", 2, True)]
    (answer,) = drilling.drill.answers
    assert (answer.answer, answer.is_helped) == ("no idea but a", True)


def test_the_hint_that_is_offered_can_be_declined(learner: Learner) -> None:
    """Then nothing of it is kept; a spoken drill offers none by itself, and gives it when asked."""
    learn(learner, "Alpha", "Beta")
    drilling = begin(learner.workspace, SETUP)
    drilling.done("")
    drilling.decline_hint()
    assert step_of(drilling) is Step.CHECKING
    assert drilling.drill.front is not None
    assert not drilling.drill.front.hint
    drilling.finish()
    assert step_of(drilling) is None
    spoken = begin(learner.workspace, replace(SETUP, manner=Manner.SPOKEN))
    spoken.take_hint("")
    assert step_of(spoken) is Step.ANSWERING
    spoken.done("")
    assert step_of(spoken) is Step.CHECKING


def test_nothing_that_fits_is_said_before_anything_is_written(learner: Learner) -> None:
    """With what was asked for."""
    learn(learner, "Alpha")
    with pytest.raises(DeckError, match=r"(?s)No question fits: all decks, tag no-such.*there are a, b\.$"):
        begin(learner.workspace, Setup(tag="no-such"))
    with pytest.raises(DeckError, match="Choose another deck"):
        begin(learner.workspace, Setup(tag="a", easiest=5))
    assert drills.everything(learner.workspace.database.read) == []


def test_a_card_that_has_gone_is_passed_over(learner: Learner) -> None:
    """It was suspended while the drill was left."""
    learn(learner, "Alpha", "Beta")
    drilling = begin(learner.workspace, SETUP)
    gone = front(drilling)
    assert gone is not None
    drilling.leave()
    learner.note(gone, EntryKind.SUSPEND)
    assert front(resume(learner.workspace)) in {"alpha", "beta"} - {gone}


def test_judging_waits_for_all_four_bands(learner: Learner) -> None:
    """Nothing is written before."""
    learn(learner, "Alpha")
    drilling = begin(learner.workspace, SETUP)
    drilling.done("words")
    drilling.check([])
    drilling.band(Dimension.DEPTH, Band.SOLID)
    with pytest.raises(UsageError, match="not judged yet"):
        drilling.judge()
    assert drilled(learner) == []


# The log.


@pytest.mark.parametrize(
    ("settings", "moved"),
    [
        ({}, {"due": True, "later": False, "new": False}),
        ({"drill_moves_others": True}, {"due": True, "later": True, "new": True}),
        ({"drill_moves_due": False}, {"due": False, "later": False, "new": False}),
    ],
)
def test_settings_say_which_ratings_move_the_schedule(
    learner: Learner, settings: dict[str, bool], moved: dict[str, bool]
) -> None:
    """By default those of cards that were due at that moment; new cards were not."""
    learner.change(**settings)
    learn(learner, "Due", "Later", "New")
    answer(learner.workspace, "due", Rating.EASY)
    learner.clock.forward(days=60)
    answer(learner.workspace, "later", Rating.EASY)
    before = {card: learner.card(card).state for card in moved}
    drilling = begin(learner.workspace, Setup(minutes=10, seed=1, reach=Reach.NONE))
    while front(drilling) is not None:
        give(drilling, GOOD)
    assert {card: has_moved for card, _, has_moved in drilled(learner)} == moved
    assert {card: learner.card(card).state != before[card] for card in moved} == moved
    assert {one.card_id: one.moved for one in drilling.drill.answers} == moved
    assert_state_is_fold(learner.workspace)


def test_a_moving_rating_is_a_review_to_the_card(learner: Learner) -> None:
    """It learns, with the bands kept beside the rating."""
    learner.change(drill_moves_others=True)
    learn(learner, "Alpha")
    give(begin(learner.workspace, SETUP), GOOD)
    assert learner.card("alpha").state.memory.phase is Phase.LEARNING
    assert learner.card("alpha").state.passed
    ((extra,),) = learner.workspace.database.read("SELECT extra FROM log", {})
    assert '"correctness": 3' in extra
    assert '"asked": "question"' in extra


# The clock.


def test_time_counts_while_the_clock_runs(learner: Learner) -> None:
    """Not in a pause, not while a machine slept, and not between two starts."""
    learn(learner, "Alpha")
    drilling = begin(learner.workspace, SETUP)
    learner.clock.forward(seconds=20)
    drilling.start_clock()
    learner.clock.forward(seconds=7)
    assert drilling.shown.used_ms == 7000
    drilling.stop_clock()
    learner.clock.forward(minutes=3)
    drilling.start_clock()
    learner.clock.forward(seconds=5)
    drilling.keep("half a wo")
    learner.clock.forward(hours=8)
    drilling.keep("half a word")
    assert (drilling.drill.used_ms, drilling.drill.left_ms) == (12_000, 10 * 60_000 - 12_000)


# Interrupted.


def test_a_killed_drill_resumes_where_it_was(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draft, clock, ticks and bands: in each step nothing is asked for twice."""
    learn(learner, "Alpha", "Beta")
    drilling = begin(learner.workspace, SETUP)
    drilling.start_clock()
    learner.clock.forward(seconds=9)
    drilling.keep("y = x + F(")
    held = [drilling.drill]
    drilling.done("y = x + F(x)")
    drilling.tick(["It adds its input to its output"])
    held.append(drilling.drill)
    drilling.check(["It adds its input to its output"])
    drilling.band(Dimension.CORRECTNESS, Band.SOLID)
    held.append(drilling.drill)
    assert held[0].front is not None
    assert (held[0].front.draft, held[0].used_ms) == ("y = x + F(", 9000)
    monkeypatch.setattr(drill_module, "has_gone", lambda owner, device: bool(owner or device))
    learner.reopen()
    assert left(learner.workspace) == held[-1]
    again = resume(learner.workspace)
    assert again.drill == held[-1]
    assert again.prompt == drilling.prompt
    for dimension in (Dimension.DEPTH, Dimension.CLARITY, Dimension.EVIDENCE):
        again.band(dimension, Band.SOLID)
    again.judge()
    (kept,) = again.drill.answers
    assert (kept.answer, kept.ticked) == ("y = x + F(x)", ("It adds its input to its output",))


def test_two_processes_do_not_take_one_drill(learner: Learner) -> None:
    """A drill that a living process holds is refused; one whose drill was taken writes nothing any more."""
    learn(learner, "Alpha")
    drilling = begin(learner.workspace, SETUP)
    other = f"test/{os.getppid()}/"
    with learner.workspace.database.write() as connection:
        drills.claim(connection, drilling.drill.id, other)
    with pytest.raises(UsageError, match="open in another terminal"):
        resume(learner.workspace)
    with pytest.raises(UsageError, match="open in another terminal"):
        require_left(learner.workspace)
    with pytest.raises(UsageError, match="not this terminal's any more"):
        drilling.done("words")
    held = drills.drill(learner.workspace.database.read, drilling.drill.id)
    assert held is not None
    assert held.front is not None
    assert held.front.step is Step.ANSWERING


def test_a_drill_that_is_over_is_not_taken_up(learner: Learner) -> None:
    """Ended early, it counts with what was answered."""
    learn(learner, "Alpha", "Beta")
    drilling = begin(learner.workspace, SETUP)
    give(drilling, GOOD)
    drilling.finish()
    with pytest.raises(UsageError, match="no unfinished drill"):
        resume(learner.workspace)
    ((held, finished),) = drills.everything(learner.workspace.database.read)
    assert finished
    assert len(held.answers) == 1


def test_a_blank_is_hidden_while_it_is_asked_for(learner: Learner) -> None:
    """The question hides what stands in a blank, also after the answer; the model answer fills it in."""
    path = learner.write("Alpha", answer="It is so.")
    text = path.read_text(encoding="utf-8")
    asked = text.partition("## Question\n")[2].partition("\n\n## ")[0].strip("\n")
    path.write_text(text.replace(asked, "The skip adds {{the input}} to F(x)."), encoding="utf-8")
    learner.add()
    drilling = begin(learner.workspace, SETUP)
    assert drilling.prompt is not None
    assert "the input" not in drilling.prompt.question
    assert "the input" in drilling.prompt.filled
    assert "{{" not in drilling.prompt.question + drilling.prompt.filled
    assert drilling.prompt.model.strip() == "It is so."
    drilling.take_hint("")
    assert drilling.drill.front is not None
    assert "blanks" not in drilling.drill.front.hint


# A mock interview.

SIM = "It grows.\n\n```sim\nscale-explosion depth=20\n```\n"


def mock(learner: Learner) -> Drilling:
    """Begin a mock interview over four topics, two of which open simulations."""
    learn(learner, "Alpha", "Beta")
    learner.write("Gamma", answer=SIM)
    learner.write("Delta", answer="It fails.\n\n```sim\nwarmup\n```\n")
    learner.add()
    return begin(learner.workspace, Setup(minutes=45, seed=3, is_mock=True))


def test_a_mock_interview_goes_through_its_rounds(learner: Learner) -> None:
    """Breadth, depth with follow-ups whatever the answer, a derivation, a failed run, and the closing."""
    drilling = mock(learner)
    kinds: list[tuple[RoundKind, AskKind]] = []
    while drilling.drill.front is not None:
        kinds.append((drilling.drill.round.kind, drilling.drill.front.ask.kind))
        give(drilling, POOR)
        drilling.move_on()
    assert [kind for kind, _ in dict.fromkeys(kinds)] == [
        RoundKind.BREADTH,
        RoundKind.DEPTH,
        RoundKind.DEPTH,
        RoundKind.WHITEBOARD,
        RoundKind.DEBUGGING,
        RoundKind.CLOSING,
        RoundKind.CLOSING,
    ]
    assert kinds.count((RoundKind.DEPTH, AskKind.FOLLOW_UP)) == 2
    assert kinds[-1] == (RoundKind.CLOSING, AskKind.YOUR_QUESTIONS)
    cards = [one.card_id for one in drilling.drill.answers if one.is_of_card]
    assert len(cards) == len(set(cards))


def test_only_the_words_of_cards_move_the_schedule(learner: Learner) -> None:
    """Derivations, failed runs and the closing are in the log and move nothing."""
    learner.change(drill_moves_others=True)
    drilling = mock(learner)
    while drilling.drill.front is not None:
        give(drilling, GOOD)
    assert all(one.moved == one.is_of_card for one in drilling.drill.answers)
    assert len(drilled(learner)) == len(drilling.drill.answers)
    assert_state_is_fold(learner.workspace)


def test_the_closing_goes_back_to_the_weakest_answer(learner: Learner) -> None:
    """Its points are those that were missed."""
    drilling = mock(learner)
    weak = front(drilling)
    give(drilling, POOR)
    drilling.move_on()
    while drilling.drill.round.kind is not RoundKind.CLOSING:
        give(drilling, GOOD)
    assert drilling.prompt is not None
    assert drilling.prompt.ask.card_id == weak
    assert [point.lead for point in drilling.prompt.points] == ["Missed before"] * len(drilling.prompt.points)


def test_the_same_seed_asks_the_same(learner: Learner) -> None:
    """On the same history."""
    first, again = mock(learner), begin(learner.workspace, Setup(minutes=45, seed=3, is_mock=True))
    assert first.drill.rounds == again.drill.rounds
    assert CardId(str(front(first))) == front(again)


def test_it_is_kept_when_it_was(learner: Learner) -> None:
    """The moment of the first question, UTC."""
    learn(learner, "Alpha")
    drilling = begin(learner.workspace, SETUP)
    assert datetime.fromtimestamp(drilling.drill.at_ms / 1000, UTC) == learner.clock.now


def test_why_tells_of_a_rating_that_moved(learner: Learner) -> None:
    """It is among the reviews that an interval rests on; one that moved nothing is not."""
    learner.change(drill_moves_others=True)
    learn(learner, "Alpha")
    drilling = begin(learner.workspace, SETUP)
    give(drilling, POOR)
    drilling.try_again()
    give(drilling, GOOD)
    assert [past.rating for past in why(learner.workspace, learner.card("alpha")).reviews] == [Rating.AGAIN]


def test_what_was_written_when_a_drill_is_ended_stays_in_it(learner: Learner) -> None:
    """As skipped, without a rating; with nothing written nothing is kept."""
    learn(learner, "Alpha", "Beta")
    drilling = begin(learner.workspace, SETUP)
    drilling.keep("half a thought")
    drilling.finish()
    (answer,) = drilling.drill.answers
    assert (answer.answer, answer.is_skipped) == ("half a thought", True)
    assert drilled(learner) == []
    ((held, finished),) = drills.everything(learner.workspace.database.read)
    assert finished
    assert [one.answer for one in held.answers] == ["half a thought"]
    again = begin(learner.workspace, SETUP)
    again.finish()
    assert not again.drill.answers


def test_an_answer_that_was_judged_when_the_drill_is_ended_counts(learner: Learner) -> None:
    """Its rating is in the log, though enter was never pressed."""
    learn(learner, "Alpha", "Beta")
    drilling = begin(learner.workspace, SETUP)
    drilling.done("words")
    drilling.decline_hint()
    drilling.check(())
    for dimension, band in GOOD.items():
        drilling.band(dimension, band)
    drilling.finish()
    assert [one.counts for one in drilling.drill.answers] == [True]
    assert len(drilled(learner)) == 1


def test_bands_given_at_the_very_last_count(learner: Learner) -> None:
    """They come with the judgement where they are not written yet."""
    learn(learner, "Alpha", "Beta")
    drilling = begin(learner.workspace, SETUP)
    drilling.done("words")
    drilling.decline_hint()
    drilling.check(())
    drilling.judge(GOOD)
    assert [one.bands for one in drilling.drill.answers] == [GOOD]
