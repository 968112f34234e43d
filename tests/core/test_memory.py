"""FSRS-6 with study days: agreement with the package, and what the package alone gets wrong."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.day import milliseconds, study_day
from quizapp.core.memory import (
    Interval,
    Memory,
    Phase,
    Rating,
    forgetting_curve,
    intervals,
    retrievability,
    review,
)
from quizapp.core.policy import Policy

EXACT = Policy(fuzz=False)
DAY_MS = 86_400_000
RATINGS = st.sampled_from(Rating)


def reviewed(
    *history: tuple[datetime, Rating], policy: Policy = EXACT, card_id: str = "card", rollover_hour: int = 4
) -> Memory:
    """Return the memory after reviews at these moments, for a learner in UTC."""
    memory = Memory()
    for moment, rating in history:
        day = study_day(moment, UTC, rollover_hour)
        memory = review(memory, rating, at_ms=milliseconds(moment), day=day, policy=policy, card_id=card_id)
    return memory


def march(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment in March 2026."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_next_morning_is_a_day_later() -> None:
    """Good at 22:00 and Good at 08:00 lie one study day apart, though only ten hours."""
    memory = reviewed((march(2, 22), Rating.GOOD), (march(3, 8), Rating.GOOD))
    assert memory.stability == pytest.approx(7.3153, abs=1e-4)


def test_the_same_evening_is_the_same_day() -> None:
    """Good at 22:00 and Good at 02:00 are one study day: the short-term formula holds."""
    memory = reviewed((march(2, 22), Rating.GOOD), (march(3, 2), Rating.GOOD))
    assert memory.stability == pytest.approx(2.3065, abs=1e-4)


def test_two_mornings_later_is_two_days() -> None:
    """From 05:00 to 04:30 two days later are two study days, though not 48 hours."""
    memory = reviewed((march(2, 5), Rating.GOOD), (march(4, 4, 30), Rating.GOOD))
    assert memory.stability == pytest.approx(10.96, abs=0.01)


@given(
    st.lists(st.tuples(st.integers(min_value=0, max_value=400), RATINGS), min_size=1, max_size=12),
    st.floats(min_value=0.70, max_value=0.99),
)
def test_whole_days_agree_with_the_package(history: list[tuple[int, Rating]], retention: float) -> None:
    """Histories at one hour of the day give the package's stability, difficulty, state and due time."""
    policy = Policy(retention=retention, fuzz=False)
    scheduler = fsrs.Scheduler(desired_retention=retention, enable_fuzzing=False)
    theirs, moment, ours = fsrs.Card(card_id=1), march(2, 12), Memory()
    for days, rating in history:
        moment += timedelta(days=days)
        theirs, _ = scheduler.review_card(theirs, fsrs.Rating(int(rating)), moment)
        at_ms, day = milliseconds(moment), study_day(moment, UTC, 4)
        ours = review(ours, rating, at_ms=at_ms, day=day, policy=policy, card_id="card")
        assert ours.stability == pytest.approx(theirs.stability, abs=1e-9, rel=1e-9)
        assert ours.difficulty == pytest.approx(theirs.difficulty, abs=1e-9, rel=1e-9)
        if theirs.state is fsrs.State.Review:
            assert ours.phase is Phase.REVIEW
            assert ours.due_day - day == (theirs.due - moment).days
        else:
            assert ours.phase.name == theirs.state.name.upper()
            assert ours.due_at == milliseconds(theirs.due)
            assert ours.step == theirs.step


@given(st.integers(min_value=0, max_value=5000), st.floats(min_value=0.01, max_value=3000))
def test_recall_agrees_with_the_package(days: int, stability: float) -> None:
    """The forgetting curve is the package's own."""
    card = fsrs.Card(card_id=1, state=fsrs.State.Review, stability=stability, last_review=march(2, 12))
    theirs = fsrs.Scheduler().get_card_retrievability(card, march(2, 12) + timedelta(days=days))
    memory = Memory(phase=Phase.REVIEW, stability=stability, reps=1, last_day=100)
    assert retrievability(memory, 100 + days) == pytest.approx(theirs, abs=1e-9)


def test_recall_falls_to_nine_tenths_after_the_stability() -> None:
    """Stability is the time after which recall has fallen to 90 %."""
    assert forgetting_curve(12.5, 0) == 1.0
    assert forgetting_curve(12.5, 12.5) == pytest.approx(0.9)


def test_a_card_never_reviewed_is_not_recalled() -> None:
    """There is nothing to recall before the first review."""
    assert retrievability(Memory(), 1000) == 0.0


def test_learning_steps_lead_to_review() -> None:
    """Good walks the steps of a minute and of ten, and then counts in days."""
    first = reviewed((march(2, 12), Rating.GOOD))
    assert (first.phase, first.due_at) == (Phase.LEARNING, milliseconds(march(2, 12, 10)))
    second = reviewed((march(2, 12), Rating.GOOD), (march(2, 12, 10), Rating.GOOD))
    assert (second.phase, second.due_at) == (Phase.REVIEW, 0)
    assert second.due_day > second.last_day


def test_a_lapse_is_counted_and_relearnt() -> None:
    """Again in review is a lapse and waits for the relearning step; Again while learning is none."""
    learnt = reviewed((march(2, 12), Rating.EASY))
    lapsed = reviewed((march(2, 12), Rating.EASY), (march(20, 12), Rating.AGAIN))
    assert (learnt.phase, learnt.lapses) == (Phase.REVIEW, 0)
    assert (lapsed.phase, lapsed.lapses, lapsed.reps) == (Phase.RELEARNING, 1, 2)
    assert lapsed.due_at == milliseconds(march(20, 12, 10))
    assert reviewed((march(2, 12), Rating.AGAIN)).lapses == 0


def test_without_steps_every_rating_counts_in_days() -> None:
    """A learner who wants no steps gets days from the first rating on, after a lapse too."""
    policy = Policy(learning_steps=(), relearning_steps=(), fuzz=False)
    memory = reviewed((march(2, 12), Rating.AGAIN), (march(9, 12), Rating.AGAIN), policy=policy)
    assert memory.phase is Phase.REVIEW
    assert memory.lapses == 1


def test_fewer_steps_than_a_card_has_walked() -> None:
    """A card on its second step is taken on when the rules now have one step only."""
    walked = reviewed((march(2, 12), Rating.GOOD))
    assert walked.step == 1
    at_ms = milliseconds(march(2, 12, 10))
    memory = review(
        walked,
        Rating.GOOD,
        at_ms=at_ms,
        day=walked.last_day,
        policy=replace(EXACT, learning_steps=(60,)),
        card_id="card",
    )
    assert memory.phase is Phase.REVIEW


def test_a_day_before_the_last_one_counts_as_the_last_one() -> None:
    """A learner who flew west over midnight has not gone back in time."""
    memory = reviewed((march(5, 12), Rating.EASY))
    early = review(
        memory, Rating.GOOD, at_ms=memory.last_at, day=memory.last_day - 1, policy=EXACT, card_id="card"
    )
    same = review(
        memory, Rating.GOOD, at_ms=memory.last_at, day=memory.last_day, policy=EXACT, card_id="card"
    )
    assert early == same


def test_the_rollover_hour_moves_the_day() -> None:
    """With midnight as rollover, 22:00 and 02:00 are two days."""
    history = ((march(2, 22), Rating.GOOD), (march(3, 2), Rating.GOOD))
    assert reviewed(*history, rollover_hour=0).stability == pytest.approx(7.3153, abs=1e-4)


def test_higher_retention_means_shorter_intervals() -> None:
    """Who wants to recall more repeats sooner."""
    history = ((march(2, 12), Rating.EASY), (march(10, 12), Rating.GOOD))
    waits = []
    for retention in (0.70, 0.90, 0.99):
        memory = reviewed(*history, policy=Policy(retention=retention, fuzz=False))
        waits.append(memory.due_day - memory.last_day)
    assert waits == sorted(waits, reverse=True)
    assert len(set(waits)) == 3


@given(st.text(min_size=1, max_size=20), st.integers())
def test_fuzz_belongs_to_the_card_and_the_review(card_id: str, seed: int) -> None:
    """The same review gives the same day, whatever the global random source was."""
    history = ((march(2, 12), Rating.EASY), (march(20, 12), Rating.GOOD))
    random.seed(seed)
    once = reviewed(*history, policy=Policy(), card_id=card_id)
    state = random.getstate()
    assert reviewed(*history, policy=Policy(), card_id=card_id) == once
    assert random.getstate() == state


def test_fuzz_parts_cards_that_were_learnt_together() -> None:
    """A hundred cards with one history come back on several days, all of them near the exact one."""
    history = ((march(2, 12), Rating.EASY), (march(20, 12), Rating.GOOD))
    exact = reviewed(*history)
    days = {reviewed(*history, policy=Policy(), card_id=f"card-{number}").due_day for number in range(100)}
    interval = exact.due_day - exact.last_day
    assert len(days) > 5
    assert all(abs(day - exact.due_day) <= 2 + 0.15 * interval for day in days)


@given(RATINGS, st.integers(min_value=0, max_value=70_000), st.integers(min_value=1, max_value=400))
def test_intervals_stay_between_a_day_and_the_maximum(rating: Rating, days: int, maximum: int) -> None:
    """Fuzzed or not, however long the learner stayed away."""
    policy = Policy(maximum_interval=maximum)
    memory = reviewed((march(2, 12), Rating.EASY), policy=policy)
    after = review(memory, rating, at_ms=0, day=memory.last_day + days, policy=policy, card_id="card")
    if after.phase is Phase.REVIEW:
        assert 1 <= after.due_day - after.last_day <= maximum


def test_the_buttons_say_what_the_ratings_then_do() -> None:
    """What is offered for each rating is what rating gives, fuzz included."""
    memory = reviewed((march(2, 12), Rating.EASY), (march(20, 12), Rating.GOOD))
    at_ms, day = milliseconds(march(28, 12)), study_day(march(28, 12), UTC, 4)
    offers = intervals(memory, at_ms=at_ms, day=day, policy=Policy(), card_id="card")
    assert list(offers) == list(Rating)
    assert offers[Rating.AGAIN] == Interval(seconds=600)
    for rating in (Rating.HARD, Rating.GOOD, Rating.EASY):
        after = review(memory, rating, at_ms=at_ms, day=day, policy=Policy(), card_id="card")
        assert offers[rating] == Interval(days=after.due_day - day)


def test_intervals_on_an_earlier_day_count_from_the_last_one() -> None:
    """A clock that was set back offers what the ratings would give on the day of the last review."""
    memory = reviewed((march(5, 12), Rating.EASY))
    early, same = (
        intervals(memory, at_ms=memory.last_at, day=day, policy=EXACT, card_id="card")
        for day in (memory.last_day - 3, memory.last_day)
    )
    assert early == same
