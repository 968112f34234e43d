"""Readiness: a figure that says how sure it is."""

from __future__ import annotations

import math

import pytest

from quizapp.core.drill.readiness import readiness
from tests.drilling import answered, bands

DAY = 86_400_000
STRONG, NOTHING = bands(4, 4, 4, 4), bands(1, 1, 1, 1)


def test_nothing_is_known_without_answers() -> None:
    """The prior is uniform: one half, and the words say that it is no finding."""
    found = readiness([], 0, 20)
    assert found.mean == 0.5
    assert "not known yet" in found.words


def test_the_figure_follows_the_formula() -> None:
    """Beta(1 + Σs, 1 + Σ(1 − s)), its mean and 1.645 of its standard deviations."""
    found = readiness([answered("a", STRONG), answered("b", STRONG), answered("c", NOTHING)], 0, 20)
    assert found.mean == pytest.approx(3 / 5)
    assert found.margin == pytest.approx(1.645 * math.sqrt(3 * 2 / (25 * 6)))
    assert (found.answers, found.topics, found.known) == (3, 3, 20)


def test_more_answers_make_it_surer() -> None:
    """And the interval stays within 0 and 1."""
    few = readiness([answered("a", STRONG)] * 2, 0, 5)
    many = readiness([answered("a", STRONG)] * 40, 0, 5)
    assert many.margin < few.margin
    assert 0 <= many.low <= many.mean <= many.high <= 1
    assert few.high == 1


def test_old_answers_count_less() -> None:
    """Half after thirty days; what was skipped and second tries count for nothing."""
    old = readiness([answered("a", STRONG, at_ms=0)], 30 * DAY, 5)
    assert old.mean == pytest.approx(1.5 / 2.5)
    assert readiness([answered("a"), answered("a", STRONG, hint="Look.", is_second=True)], 0, 5).answers == 0
