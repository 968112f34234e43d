"""Whether a drill's rating moves a card's schedule."""

from __future__ import annotations

from quizapp.core.day import Instant
from quizapp.core.fold import CardState
from quizapp.core.memory import Phase


def was_due(card: CardState, now: Instant) -> bool:
    """Return whether a card waited for a review at a moment. A new card did not: it was never asked."""
    if card.suspended or card.deleted or card.buried_until > now.day:
        return False
    memory = card.memory
    match memory.phase:
        case Phase.NEW:
            return False
        case Phase.REVIEW:
            return memory.due_day <= now.day
        case _:
            return memory.due_at <= now.ms


def moves(card: CardState, now: Instant, *, due: bool, others: bool) -> bool:
    """Return whether a rating moves the schedule.

    Args:
        due, others: What the learner's settings say of cards that were due, and of all others.
    """
    if (
        now.ms < card.memory.last_at
    ):  # a clock that was set back: the log keeps the rating, the schedule stays
        return False
    return due if was_due(card, now) else others
