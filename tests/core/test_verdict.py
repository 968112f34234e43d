"""The rating that a prediction card's answer earns."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.experiment import Experiment, Finding
from quizapp.core.memory import Rating
from quizapp.core.prediction import Answer, gap
from quizapp.core.verdict import Verdict, proposed_rating
from sims import catalogue
from sims.protocol import Outcome, Prediction

SIZE = Prediction("How large?", log_scale=True, tolerance=0.4)
SHARE = Prediction("Which share?", unit="%", tolerance=0.1)
NET = Prediction("Which net?", choices=("plain", "residual"))
CURVES = Prediction("Which curve?", choices=("a", "b"), curves=((0.0, 1.0), (1.0, 0.0)))
SKETCH = Prediction("Sketch it.", bars=("one", "two"), log_scale=True, low=0.01, high=100.0, tolerance=0.5)


def earned(prediction: Prediction, answer: Answer, truth: Answer) -> Rating:
    """Return the rating that an answer earns."""
    return proposed_rating(gap(prediction, answer, Outcome(truth, "")))


@pytest.mark.parametrize(
    ("decades", "rating"),
    [
        (0.0, Rating.EASY),
        (0.19, Rating.EASY),
        (0.21, Rating.GOOD),
        (0.39, Rating.GOOD),
        (0.41, Rating.HARD),
        (0.79, Rating.HARD),
        (0.81, Rating.AGAIN),
    ],
)
def test_a_size_is_graded_in_tolerances(decades: float, rating: Rating) -> None:
    """Half the tolerance is Easy, all of it Good, twice of it Hard, more Again; on either side."""
    assert earned(SIZE, 1000.0 * 10**decades, 1000.0) is rating
    assert earned(SIZE, 1000.0 * 10**-decades, 1000.0) is rating


@pytest.mark.parametrize(
    ("answer", "rating"),
    [
        (50.0, Rating.EASY),
        (52.4, Rating.EASY),
        (54.0, Rating.GOOD),
        (58.0, Rating.HARD),
        (61.0, Rating.AGAIN),
    ],
)
def test_a_linear_number_is_graded_as_a_share_of_the_truth(answer: float, rating: Rating) -> None:
    """The tolerance is a share of 50."""
    assert earned(SHARE, answer, 50.0) is rating


def test_a_right_choice_may_be_a_guess() -> None:
    """A choice or a profile earns Good or Again, never Easy."""
    assert earned(NET, "plain", "plain") is Rating.GOOD
    assert earned(NET, "plain", "residual") is Rating.AGAIN
    assert earned(CURVES, "b", "b") is Rating.GOOD
    assert earned(CURVES, "b", "a") is Rating.AGAIN


def test_a_sketch_is_graded_by_its_mean_error() -> None:
    """One bar right and one off by a decade is half a decade: within the tolerance."""
    assert earned(SKETCH, (1.0, 1.0), (1.0, 1.0)) is Rating.EASY
    assert earned(SKETCH, (1.0, 1.0), (1.0, 10.0)) is Rating.GOOD
    assert earned(SKETCH, (1.0, 1.0), (10.0, 10.0)) is Rating.HARD
    assert earned(SKETCH, (1.0, 0.1), (100.0, 10.0)) is Rating.AGAIN


def test_overflow_is_right_or_wrong() -> None:
    """Saying inf of what overflowed is exact; a number is infinitely far off, and so is inf of a number."""
    assert earned(SIZE, math.inf, math.inf) is Rating.EASY
    assert earned(SIZE, 1e30, math.inf) is Rating.AGAIN
    assert earned(SIZE, math.inf, 1e3) is Rating.AGAIN
    assert earned(SIZE, 1.0, math.nan) is Rating.AGAIN


def test_no_prediction_earns_again() -> None:
    """Who commits to nothing knew nothing."""
    assert proposed_rating(None) is Rating.AGAIN


@given(
    st.floats(1e-12, 1e12), st.floats(1e-12, 1e12), st.floats(1.0, 100.0), st.floats(0.01, 3.0), st.booleans()
)
def test_a_nearer_answer_never_earns_less(
    truth: float, answer: float, farther: float, tolerance: float, log_scale: bool
) -> None:
    """Moving away from the truth on the same side can only lower the rating, and a hit is never below Good."""
    prediction = Prediction("?", log_scale=log_scale, tolerance=tolerance)
    beyond = answer * farther if answer >= truth else answer / farther
    near, far = (gap(prediction, value, Outcome(truth, "")) for value in (answer, beyond))
    assert proposed_rating(near) >= proposed_rating(far)
    for missed in (near, far):
        assert missed.hit is (proposed_rating(missed) >= Rating.GOOD)


def test_the_log_keeps_knobs_answer_truth_and_grade() -> None:
    """All of it is plain JSON, also where the truth is infinite."""
    simulation = catalogue.get("scale-explosion")
    experiment = Experiment(simulation, simulation.knobs(depth=20), seed=3, tolerance=0.3).committed(1e4)
    kept = Verdict(Finding(experiment, None, (), Outcome(1024.0, "√2 a block."))).extra
    assert json.loads(json.dumps(kept, allow_nan=False)) == {
        "knobs": {"schemes": "all", "c": 0.0, "depth": 20, "dtype": "fp32"},
        "seed": 3,
        "proposed": "again",
        "answer": "10⁴",
        "truth": "1024",
        "error": pytest.approx(0.9897, abs=1e-4),
    }
    overflown = Verdict(Finding(experiment, None, (), Outcome(math.inf, ""))).extra
    json.dumps(overflown, allow_nan=False)
    assert "error" not in overflown


def test_the_words_name_the_rating() -> None:
    """The gap with its reason, then what is proposed; a skipped prediction is told of."""
    simulation = catalogue.get("scale-explosion")
    experiment = Experiment(simulation, simulation.knobs())
    skipped = Verdict(Finding(experiment, None, (), Outcome(3.4e7, "variances add.")))
    assert skipped.words.startswith("No prediction was made. It was 3.4·10⁷")
    assert skipped.words.endswith("Proposed: 1 Again")
    told = Verdict(Finding(experiment.committed(3.4e7), None, (), Outcome(3.4e7, "variances add.")))
    assert told.words.endswith("Variances add.\nProposed: 4 Easy")
