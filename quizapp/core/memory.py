"""FSRS-6 with study days: the one place that touches the `fsrs` package.

The package counts whole periods of 24 hours, fuzzes from the global random source and lets a review
precede the last one. Here time enters as study days, fuzz is seeded by card and review, and both the
rating and the order are checked.

Source: the FSRS-6 model of Ye et al. as published in the `fsrs` package, default parameters.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from quizapp.core.policy import Policy

if TYPE_CHECKING:
    from fsrs import Scheduler

_BASE = datetime(2000, 1, 1, tzinfo=UTC)
DECAY = -0.1542
"""FSRS-6's default decay: retrievability is (1 + FACTOR * days / stability) ** DECAY."""
FACTOR = 0.9 ** (1 / DECAY) - 1

_FUZZ_BANDS = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, float("inf"), 0.05))
"""From day, to day, share: how far an interval may be moved, as in FSRS."""


class Rating(IntEnum):
    """How well a card was recalled. Hard is a pass."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Phase(StrEnum):
    """Where a card stands on its way into memory."""

    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


@dataclass(frozen=True, slots=True)
class Memory:
    """The memory state of a card.

    Attributes:
        step: The learning step that it waits for; meaningful in the learning phases alone.
        stability: Days after which recall has fallen to 90 %.
        difficulty: 1 to 10.
        due_at: UTC milliseconds, in the learning phases; in the others the place that the learner gave the card before all
            others of its day, 0 for none.
        due_day: Study day, in the review phase.
        last_day, last_at: Study day and UTC milliseconds of the last review.
    """

    phase: Phase = Phase.NEW
    step: int = 0
    stability: float = 0.0
    difficulty: float = 0.0
    due_at: int = 0
    due_day: int = 0
    last_day: int = 0
    last_at: int = 0
    reps: int = 0
    lapses: int = 0


@dataclass(frozen=True, slots=True)
class Interval:
    """What a rating would give: so many seconds of waiting, or so many study days."""

    seconds: int = 0
    days: int = 0


def review(memory: Memory, rating: Rating, *, at_ms: int, day: int, policy: Policy, card_id: str) -> Memory:
    """Return the memory state after one review.

    Args:
        at_ms: UTC milliseconds of the review.
        day: Its study day. A day before the last one (a traveller's clock) counts as the last one.
        card_id: Seeds the fuzz together with the count of reviews, so that a replay agrees.
    """
    day = max(day, memory.last_day)
    elapsed = day - memory.last_day if memory.reps else 0
    known = (memory.stability, memory.difficulty) if memory.reps else None
    after = _rated(memory.phase, memory.step, known, rating, elapsed, policy)
    reviewed = after.phase is Phase.REVIEW
    days = _fuzzed(after.wait.days, policy, f"{card_id}/{memory.reps}") if reviewed else 0
    lapsed = memory.phase is Phase.REVIEW and rating is Rating.AGAIN
    return Memory(
        phase=after.phase,
        step=after.step,
        stability=after.stability,
        difficulty=after.difficulty,
        due_at=0 if reviewed else at_ms + after.wait // timedelta(milliseconds=1),
        due_day=day + days if reviewed else 0,
        last_day=day,
        last_at=at_ms,
        reps=memory.reps + 1,
        lapses=memory.lapses + lapsed,
    )


def intervals(
    memory: Memory, *, at_ms: int, day: int, policy: Policy, card_id: str
) -> dict[Rating, Interval]:
    """Return what each of the four ratings would give now."""
    outcomes: dict[Rating, Interval] = {}
    for rating in Rating:
        after = review(memory, rating, at_ms=at_ms, day=day, policy=policy, card_id=card_id)
        if after.phase is Phase.REVIEW:
            outcomes[rating] = Interval(days=after.due_day - after.last_day)
        else:
            outcomes[rating] = Interval(seconds=(after.due_at - at_ms) // 1000)
    return outcomes


def retrievability(memory: Memory, day: int) -> float:
    """Return the probability of recall on a study day; 0 for a card never reviewed."""
    if not memory.reps:
        return 0.0
    return forgetting_curve(memory.stability, max(0, day - memory.last_day))


def forgetting_curve(stability: float, days: float) -> float:
    """Return the probability of recall so many days after a review, for a stability in days."""
    return float((1 + FACTOR * days / stability) ** DECAY)


_PHASES = {1: Phase.LEARNING, 2: Phase.REVIEW, 3: Phase.RELEARNING}
_STATES = {Phase.NEW: 1, Phase.LEARNING: 1, Phase.REVIEW: 2, Phase.RELEARNING: 3}


@dataclass(frozen=True, slots=True)
class _Rated:
    """What the package says of one rating."""

    phase: Phase
    step: int
    stability: float
    difficulty: float
    wait: timedelta


@lru_cache(maxsize=16_384)
def _rated(
    phase: Phase,
    step: int,
    known: tuple[float, float] | None,
    rating: Rating,
    elapsed_days: int,
    policy: Policy,
) -> _Rated:
    """Ask the package; an answer finds here what was computed when its card said what each rating would give.

    Replaying many cards finds their first reviews here, for cards begin alike.

    Args:
        known: Stability and difficulty; None for a card never reviewed.
    """
    from fsrs import Card, State
    from fsrs import Rating as FsrsRating

    moment = _BASE + timedelta(days=elapsed_days)
    stability, difficulty = known or (None, None)
    before = Card(
        card_id=1,  # without one the package sleeps
        state=State(_STATES[phase]),
        step=None if phase is Phase.REVIEW else step,
        stability=stability,
        difficulty=difficulty,
        due=_BASE,
        last_review=_BASE if known else None,
    )
    after, _ = _scheduler(policy).review_card(before, FsrsRating(int(rating)), moment)
    assert after.stability is not None
    assert after.difficulty is not None
    return _Rated(
        _PHASES[after.state.value], after.step or 0, after.stability, after.difficulty, after.due - moment
    )


@lru_cache(maxsize=64)
def _scheduler(policy: Policy) -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(
        desired_retention=policy.retention,
        learning_steps=[timedelta(seconds=seconds) for seconds in policy.learning_steps],
        relearning_steps=[timedelta(seconds=seconds) for seconds in policy.relearning_steps],
        maximum_interval=policy.maximum_interval,
        enable_fuzzing=False,
    )


def _fuzzed(days: int, policy: Policy, seed: str) -> int:
    """Return the interval moved inside FSRS's fuzz range, by a draw that belongs to the seed."""
    if not policy.fuzz or days < _FUZZ_BANDS[0][0]:
        return days
    reach = 1.0 + sum(share * max(0.0, min(days, high) - low) for low, high, share in _FUZZ_BANDS)
    low, high = max(2, round(days - reach)), min(round(days + reach), policy.maximum_interval)
    low = min(low, high)
    digest = hashlib.blake2b(seed.encode(), digest_size=8).digest()
    return low + int.from_bytes(digest) % (high - low + 1)
