"""The plan of a mock interview: its rounds' minutes add up, and short ones do without some."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from quizapp.core.drill.plan import Round, RoundKind, mock_minutes, round_from
from quizapp.core.drill.setup import LEAST_MINUTES, MOST_MINUTES
from tests.drilling import question

ALL = tuple(kind for kind in RoundKind if kind is not RoundKind.QUESTIONS)


@given(some.integers(LEAST_MINUTES, MOST_MINUTES), some.sets(some.sampled_from(ALL), min_size=1))
def test_the_minutes_add_up(minutes: int, available: set[RoundKind]) -> None:
    """Whatever is available, the rounds take the whole time and each has at least two minutes."""
    rounds = mock_minutes(minutes, available)
    assert sum(one.minutes for one in rounds) == minutes
    assert all(one.minutes >= 2 for one in rounds)
    assert {one.kind for one in rounds} <= available


def test_a_long_interview_has_all_rounds_in_order() -> None:
    """Breadth first, closing last, and more time for breadth than for the closing."""
    rounds = mock_minutes(45, ALL)
    assert [one.kind for one in rounds] == list(ALL)
    assert rounds[0].minutes > rounds[-1].minutes


@pytest.mark.parametrize(("minutes", "kinds"), [(16, 4), (12, 3), (5, 2)])
def test_a_short_interview_does_without_some(minutes: int, kinds: int) -> None:
    """The whiteboard goes first, then the failed run; breadth stays."""
    rounds = [one.kind for one in mock_minutes(minutes, ALL)]
    assert len(rounds) == kinds
    assert RoundKind.WHITEBOARD not in rounds
    assert RoundKind.BREADTH in rounds


def test_a_round_comes_back_from_plain_values() -> None:
    """With its questions and the time used."""
    one = Round(RoundKind.DEPTH, 7, (question("a"), question("b")), 1234)
    assert round_from(one.plain()) == one
    assert not one.is_over
    assert Round(RoundKind.DEPTH, 1, (), 60_000).is_over


def test_the_closing_takes_no_more_than_its_questions_need() -> None:
    """What a long interview has left goes to the rounds that have more to ask."""
    rounds = mock_minutes(180, tuple(RoundKind))
    assert sum(one.minutes for one in rounds) == 180
    assert rounds[-1].kind is RoundKind.CLOSING
    assert rounds[-1].minutes == 5
