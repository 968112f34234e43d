"""Kept predictions read back from the database."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.prediction import Answer, answer_text, gap, read_back
from quizapp.services import predict
from quizapp.services.calibration import calibration, listed_predictions, tallied
from sims.protocol import Outcome, Prediction
from tests.learner import Learner


def keep(
    learner: Learner,
    answer: str,
    truth: str,
    *,
    hit: bool = False,
    simulation: str = "scale-explosion",
    **knobs: object,
) -> None:
    """Commit a prediction and settle it, unless it has no truth; a second passes."""
    learner.clock.forward(seconds=1)
    identifier = predict.commit(
        learner.workspace,
        card_id=None,
        simulation=simulation,
        knobs=knobs,
        seed=0,
        question="How large?",
        answer=answer,
    )
    if truth:
        predict.settle(learner.workspace, identifier, truth=truth, hit=hit, gap="A gap.", device="cpu")


def test_sizes_have_their_decades_and_choices_have_none(learner: Learner) -> None:
    """They follow from what the learner read."""
    keep(learner, "10⁵", "10⁷")
    keep(learner, "3.4·10⁷", "3.4·10⁷", hit=True)
    keep(learner, "plain", "residual", simulation="vanishing-gradients")
    errors = [item["error_decades"] for item in listed_predictions(learner.workspace)]
    assert errors == [-2.0, 0.0, None]
    shown = calibration(learner.workspace)
    assert shown.everything.count == 3
    assert shown.everything.error_decades == 1.0


def test_an_open_prediction_is_listed_and_not_tallied(learner: Learner) -> None:
    """Its run did not end."""
    keep(learner, "10⁵", "")
    (item,) = listed_predictions(learner.workspace)
    assert (item["truth"], item["hit"], item["gap"]) == (None, None, None)
    assert calibration(learner.workspace).everything.count == 0


def test_what_another_version_asked_counts_without_decades(learner: Learner) -> None:
    """A simulation, a knob or an answer that there is not any more costs no figure but its own."""
    keep(learner, "10⁵", "10⁷", simulation="long-gone")
    keep(learner, "10⁵", "10⁷", width=7)
    keep(learner, "left", "right")
    assert [item["error_decades"] for item in listed_predictions(learner.workspace)] == [None] * 3
    assert calibration(learner.workspace).everything.count == 3


def test_one_simulation_can_be_asked_for_and_months_follow_study_days(learner: Learner) -> None:
    """Three in the morning on the first of April still belongs to March."""
    keep(learner, "10⁵", "10⁷")
    learner.clock.forward(days=29, hours=18)
    keep(learner, "plain", "plain", hit=True, simulation="vanishing-gradients")
    learner.clock.forward(days=1)
    keep(learner, "plain", "plain", hit=True, simulation="vanishing-gradients")
    months = tallied(calibration(learner.workspace))["by_month"]
    assert isinstance(months, dict)
    assert {month: figures["count"] for month, figures in months.items()} == {"2026-03": 2, "2026-04": 1}
    assert calibration(learner.workspace, "vanishing-gradients").everything.count == 2


SIZE = Prediction("?", log_scale=True)
SKETCH = Prediction("?", bars=("a", "b"), log_scale=True, low=1e-6, high=1e12)
SIZES = st.floats(1e-9, 1e15)


@given(SIZES, SIZES)
def test_what_was_written_reads_as_the_same_size(answer: float, truth: float) -> None:
    """Two figures lose 0.03 decades of the gap at most, on both sides together 0.06."""
    asked = gap(SIZE, answer, Outcome(truth, "")).error_decades
    read = [read_back(SIZE, answer_text(value)) for value in (answer, truth)]
    again = gap(SIZE, read[0], Outcome(read[1], "")).error_decades
    assert again == pytest.approx(asked, abs=0.06)


@pytest.mark.parametrize("truth", [(3.0, 1e5), (math.inf, 1.0), (math.nan, 1.0)])
def test_a_sketch_reads_as_the_same_bars(truth: tuple[float, ...]) -> None:
    """Values without a number among them, too."""
    read: Answer = read_back(SKETCH, answer_text(truth))
    assert read == pytest.approx(truth, nan_ok=True, rel=0.05)
