"""What the learner said, drawn over what was measured."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, cast

import pytest

from quizapp.core.chart import Chart, Mark, Series, draw, to_text
from quizapp.core.experiment import Experiment
from quizapp.core.frame_chart import chart_of, predicted_view, with_answer
from quizapp.core.prediction import Answer
from sims.protocol import Frame, Prediction, Simulation, View, ViewKind

VIEWS = (
    View("stream", "Stream", "block", "RMS x", ("a",), log_y=True),
    View("final", "Loss", "α", "loss", ("loss",), x="alphas"),
    View("bars", "Cost", "net", "bytes", ("a", "b"), kind=ViewKind.BARS),
    View("heat", "Links", "source", "consumer", ("a", "b"), kind=ViewKind.HEAT),
)
FRAME = Frame(
    1,
    1,
    series={"a": (1.0, 10.0, 100.0), "b": (3.0,), "loss": (5.0, 1.0, 9.0), "alphas": (0.0, 0.1, 1.0)},
    theory={"a": (1.0, 9.0, 81.0)},
)


@dataclass(frozen=True)
class Asking:
    """A simulation of which only the question and the views count."""

    asked: Prediction
    views: tuple[View, ...] = VIEWS

    def prediction(self, _: object) -> Prediction:
        """Return the question."""
        return self.asked


@dataclass(frozen=True)
class Knobs:
    """No knobs."""


def drawn(prediction: Prediction, answer: Answer | None, view: View) -> Chart:
    """Return the chart of a view with an answer over it."""
    experiment = Experiment(cast("Simulation[Any]", Asking(prediction)), Knobs())
    if answer is not None:
        experiment = experiment.committed(answer)
    return with_answer(chart_of(FRAME, view, VIEWS), experiment, FRAME, view)


def said(chart: Chart) -> list[Series]:
    """Return what of a chart is the learner's."""
    return [series for series in chart.series if series.label == "you said"]


def test_a_number_is_marked_in_its_view_alone() -> None:
    """In the first view, or in the one that the prediction names."""
    asked = Prediction("?", log_scale=True)
    assert drawn(asked, 50.0, VIEWS[0]).marks == (Mark(50.0, "you said 50"),)
    assert drawn(asked, 50.0, VIEWS[1]).marks == ()
    named = replace(asked, view="final")
    assert drawn(named, 50.0, VIEWS[0]).marks == ()
    assert drawn(named, 50.0, VIEWS[1]).marks == (Mark(50.0, "you said 50"),)


def test_a_number_in_a_unit_needs_an_axis_of_that_unit() -> None:
    """Unless the prediction names the view."""
    asked = Prediction("?", unit="%")
    assert drawn(asked, 50.0, VIEWS[0]).marks == ()
    assert drawn(replace(asked, view="stream"), 50.0, VIEWS[0]).marks != ()


def test_the_picked_profile_is_a_faint_curve() -> None:
    """The one that goes with the choice, at the view's x values."""
    asked = Prediction("?", choices=("p", "q"), curves=((1.0, 1.0, 1.0), (2.0, 4.0, 8.0)), view="final")
    (curve,) = said(drawn(asked, "q", VIEWS[1]))
    assert curve == Series("you said", (2.0, 4.0, 8.0), (0.0, 0.1, 1.0), faint=True)
    assert said(drawn(asked, "q", VIEWS[0])) == []


def test_a_sketch_is_a_faint_curve_over_lines_and_a_faint_bar_over_bars() -> None:
    """Over bars each value stands below the measured one that it is about."""
    asked = Prediction("?", bars=("one", "two"), view="bars")
    labels = [series.label for series in drawn(asked, (2.0, 4.0), VIEWS[2]).series if not series.faint]
    chart = drawn(asked, (2.0, 4.0), VIEWS[2])
    assert labels == ["a", "b"]
    own = [series for series in chart.series if series.label != "a" or not series.faint]
    assert [(series.label, series.values[-1]) for series in own] == [
        ("a", 100.0),
        ("you said", 2.0),
        ("b", 3.0),
        ("you said", 4.0),
    ]
    (curve,) = said(drawn(replace(asked, bars=("o", "n", "e"), view="final"), (1.0, 2.0, 3.0), VIEWS[1]))
    assert curve.x == (0.0, 0.1, 1.0)


@pytest.mark.parametrize("view", VIEWS)
def test_a_choice_or_nothing_draws_nothing(view: View) -> None:
    """Nor does anything over a heat map."""
    plain = chart_of(FRAME, view, VIEWS)
    assert drawn(Prediction("?", choices=("p", "q")), "p", view) == plain
    assert drawn(Prediction("?"), None, view) == plain
    assert drawn(Prediction("?", bars=("p",), view="heat"), (1.0,), VIEWS[3]) == chart_of(
        FRAME, VIEWS[3], VIEWS
    )


def test_the_label_is_seen_on_the_drawing() -> None:
    """The words stand beside the faint curve and the faint bars."""
    curves = Prediction("?", choices=("p",), curves=((2.0, 4.0, 8.0),), view="final")
    assert "you said" in to_text(draw(drawn(curves, "p", VIEWS[1]), 70, 16))
    bars = Prediction("?", bars=("one", "two"), view="bars")
    assert to_text(draw(drawn(bars, (2.0, 4.0), VIEWS[2]), 70, 16)).count("you said") == 2


def test_the_view_that_a_prediction_names_is_found() -> None:
    """The first where it names none, or one that there is not."""
    for name, place in (("", 0), ("final", 1), ("nowhere", 0)):
        experiment = Experiment(cast("Simulation[Any]", Asking(Prediction("?", view=name))), Knobs())
        assert predicted_view(experiment) == place
