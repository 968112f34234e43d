"""Whiteboard questions from the simulations' headers: the law is asked for, not shown."""

from __future__ import annotations

import pytest

from quizapp.core.drill.derivation import derivation_answer, derivation_points, derivation_question
from sims import catalogue

HEADERS = [simulation.header for simulation in catalogue.everything() if simulation.header.formula]


@pytest.mark.parametrize("header", HEADERS, ids=lambda header: header.name)
def test_the_question_keeps_the_formula_to_itself(header: object) -> None:
    """It names the symbols; the answer has formula and source, and every part of the formula is a point."""
    found = next(one for one in HEADERS if one is header)
    question, answer = derivation_question(found), derivation_answer(found)
    parts = [part.strip() for part in found.formula.split(";  ")]
    assert all(part not in question for part in parts)
    assert all(part in answer for part in parts)
    assert found.source in answer
    assert [point.text for point in derivation_points(found)][: len(parts)] == [
        f"Reaches {part}" for part in parts
    ]
