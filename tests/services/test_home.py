"""Home's figures, and those of the progress and of the reasons for an interval."""

from __future__ import annotations

import pytest

from quizapp.core.drill.setup import Setup
from quizapp.core.memory import Interval, Rating, retrievability
from quizapp.core.overview import Counts
from quizapp.services.drill import begin
from quizapp.services.home import FORECAST_DAYS, done_by_deck, last_prediction, overview, strengths
from quizapp.services.predict import commit, settle
from quizapp.services.scripted import answer
from quizapp.services.undo import undo
from quizapp.store import queue
from tests.drilling import GOOD as GOOD_ANSWER
from tests.learner import Learner

AGAIN, HARD, GOOD, EASY = Rating


def three_decks(learner: Learner) -> None:
    """Take in a topic with a follow-up in each of three decks."""
    for title, deck in (("A", "maths"), ("B", "maths/sets"), ("C", "music")):
        learner.write(title, "Why so?", deck=deck)
    learner.add()


def test_a_new_library_waits(learner: Learner) -> None:
    """Questions are new, follow-ups are locked and not counted, nothing was done."""
    three_decks(learner)
    shown = overview(learner.workspace)
    assert [(row.path, row.counts.new) for row in shown.decks] == [
        ("maths", 2),
        ("maths/sets", 1),
        ("music", 1),
    ]
    assert shown.left == Counts(new=3)
    assert (shown.done, shown.done_seconds, shown.streak) == (0, 0.0, 0)
    assert shown.forecast == (0,) * FORECAST_DAYS


def test_answers_are_counted_where_they_were_given(learner: Learner) -> None:
    """By deck and all above it; an undone one is not counted."""
    three_decks(learner)
    study = learner.begin()
    learner.fronts(study, [AGAIN, GOOD, GOOD])
    assert done_by_deck(learner.workspace) == {"maths": 3, "maths/sets": 2}
    shown = overview(learner.workspace)
    assert (shown.done, shown.done_seconds, shown.streak) == (3, 3.0, 1)
    assert shown.left == Counts(new=1, learning=3)
    study.undo()
    assert done_by_deck(learner.workspace) == {"maths": 2, "maths/sets": 1}
    assert overview(learner.workspace).done_seconds == 2.0


def drilled(learner: Learner) -> None:
    """Answer a card of one deck in a drill, in two minutes."""
    drilling = begin(learner.workspace, Setup(minutes=10, deck="maths/sets"))
    drilling.start_clock()
    for _ in range(6):
        learner.clock.forward(seconds=20)
        drilling.keep("words")
    drilling.done("words")
    drilling.check(())
    for dimension, band in GOOD_ANSWER.items():
        drilling.band(dimension, band)
    drilling.judge()
    drilling.finish()


def test_a_drill_that_moves_the_schedule_is_a_day_of_study(learner: Learner) -> None:
    """It is done today, in its deck and in the streak; it takes nothing of the limits and does not slow the pace."""
    learner.change(drill_moves_others=True)
    three_decks(learner)
    before = overview(learner.workspace)
    drilled(learner)
    shown = overview(learner.workspace)
    assert (shown.done, shown.done_seconds, shown.streak) == (1, 120.0, 1)
    assert done_by_deck(learner.workspace) == {"maths": 1, "maths/sets": 1}
    assert queue.today(learner.workspace.database.read, shown.day) == {}
    assert shown.pace_seconds == before.pace_seconds
    learner.clock.forward(days=1)
    assert overview(learner.workspace).streak == 1
    learner.begin().answer(GOOD, 1000)
    assert overview(learner.workspace).streak == 2
    undo(learner.workspace)
    undo(learner.workspace)
    assert overview(learner.workspace).streak == 0


def test_a_drill_that_moves_nothing_is_none(learner: Learner) -> None:
    """As its settings say of new cards."""
    three_decks(learner)
    drilled(learner)
    assert (overview(learner.workspace).done, overview(learner.workspace).streak) == (0, 0)


def test_the_limits_are_what_is_left_of_them(learner: Learner) -> None:
    """On every line, and in all."""
    learner.change(new_per_day=2)
    three_decks(learner)
    learner.begin().answer(AGAIN, 0)
    shown = overview(learner.workspace)
    assert shown.left == Counts(new=1, learning=1)
    assert {row.path: row.counts.new for row in shown.decks} == {"maths": 1, "maths/sets": 1, "music": 1}


def test_the_forecast_counts_the_days_ahead(learner: Learner) -> None:
    """Each review on its day; what is overdue counts for today."""
    learner.change(fuzz=False)
    for title in "AB":
        learner.learn(title)
    learner.fronts(learner.begin(), [EASY, EASY])
    due = learner.card("a").state.memory.due_day - learner.workspace.today()[0]
    forecast = overview(learner.workspace).forecast
    assert [day for day, count in enumerate(forecast) if count] == [due]
    assert forecast[due] == 2
    learner.clock.forward(days=due + 3)
    forecast = overview(learner.workspace).forecast
    assert (forecast[0], sum(forecast)) == (2, 2)


def test_the_strength_of_a_deck_is_its_mean_recall(learner: Learner) -> None:
    """Over all cards below it, new ones as nought; it falls with time."""
    three_decks(learner)
    answer(learner.workspace, "b", EASY)
    assert strengths(learner.workspace) == {"maths": 0.25, "maths/sets": 0.5, "music": 0.0}
    learner.clock.forward(days=30)
    recall = retrievability(learner.card("b").state.memory, learner.workspace.today()[0])
    assert 0.5 < recall < 1
    assert strengths(learner.workspace)["maths"] == pytest.approx(recall / 4)


def test_the_last_prediction_is_one_whose_run_has_ended(learner: Learner) -> None:
    """What was said is kept at once, and shown once it has been measured."""
    learner.learn("A")
    assert last_prediction(learner.workspace) is None
    identifier = commit(
        learner.workspace,
        card_id=learner.card("a").id,
        simulation="vanishing-gradients",
        knobs={"depth": 50},
        seed=3,
        question="How small?",
        answer="1e-5",
    )
    assert last_prediction(learner.workspace) is None
    settle(learner.workspace, identifier, truth="1e-8", hit=False, gap="3 decades high", device="cpu")
    last = last_prediction(learner.workspace)
    assert last is not None
    assert (last.id, last.card_id, last.simulation, last.seed) == (identifier, "a", "vanishing-gradients", 3)
    assert (last.knobs, last.answer, last.truth, last.gap) == (
        {"depth": "50"},
        "1e-5",
        "1e-8",
        "3 decades high",
    )


def test_an_offer_is_what_the_rating_gives(learner: Learner) -> None:
    """A new card's buttons: a minute, five and a half, ten, and days."""
    from quizapp.services.progress import offered

    learner.learn("A")
    offers = offered(learner.workspace, learner.card("a"))
    assert [offers[rating] for rating in (AGAIN, HARD, GOOD)] == [
        Interval(seconds=60),
        Interval(seconds=330),
        Interval(seconds=600),
    ]
    answer(learner.workspace, "a", EASY)
    due_in = learner.card("a").state.memory.due_day - learner.workspace.today()[0]
    assert offers[EASY] == Interval(days=due_in)
