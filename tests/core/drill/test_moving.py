"""Whether a drill's rating moves the schedule: cards that were due, and others, as the settings say."""

from __future__ import annotations

import pytest

from quizapp.core.day import Instant, StudyDay
from quizapp.core.drill.moving import moves, was_due
from quizapp.core.fold import CardState
from quizapp.core.memory import Memory, Phase

NOW = Instant(StudyDay(100), 5000)


@pytest.mark.parametrize(
    ("card", "due"),
    [
        (CardState(), False),
        (CardState(Memory(Phase.REVIEW, due_day=100)), True),
        (CardState(Memory(Phase.REVIEW, due_day=101)), False),
        (CardState(Memory(Phase.LEARNING, due_at=5000)), True),
        (CardState(Memory(Phase.RELEARNING, due_at=5001)), False),
        (CardState(Memory(Phase.REVIEW, due_day=1), suspended=True), False),
        (CardState(Memory(Phase.REVIEW, due_day=1), buried_until=101), False),
    ],
)
def test_a_card_is_due_when_it_waits(card: CardState, due: bool) -> None:
    """A new card is not, nor one that was set aside."""
    assert was_due(card, NOW) is due
    assert moves(card, NOW, due=True, others=False) is due
    assert moves(card, NOW, due=False, others=True) is not due


def test_a_clock_that_was_set_back_moves_nothing() -> None:
    """The last review lies ahead of the rating."""
    assert not moves(CardState(Memory(Phase.REVIEW, last_at=6000)), NOW, due=True, others=True)
