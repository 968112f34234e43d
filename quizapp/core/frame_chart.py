"""One view of a frame as a chart: theory beneath the measurement, the committed prediction on the axis."""

from __future__ import annotations

import math
from dataclasses import replace

from quizapp.core.chart.model import Axis, Chart, ChartKind, Mark, Series
from quizapp.core.experiment import Experiment
from quizapp.core.prediction import said
from sims.protocol import Band, Frame, Prediction, View

YOU_SAID = "you said"
KINDS = {"lines": ChartKind.LINES, "bars": ChartKind.BARS, "heat": ChartKind.HEAT}


def chart_of(frame: Frame, view: View, others: tuple[View, ...] = (), marks: tuple[Mark, ...] = ()) -> Chart:
    """Return the chart of one view.

    Args:
        others: The simulation's other views; a view that names no series shows what none of them names.
        marks: Values to mark on the y axis.
    """
    x = frame.series.get(view.x, ())
    series: list[Series] = []
    for key in _shown_keys(frame, view, others):
        if key in frame.theory and view.kind.value != "heat":
            series.append(Series(key, frame.theory[key], x, faint=True))
        if key in frame.series:
            low, high = (frame.low, frame.high) if isinstance(frame, Band) else ({}, {})
            series.append(Series(key, frame.series[key], x, low=low.get(key, ()), high=high.get(key, ())))
    return Chart(
        tuple(series),
        Axis(view.x_label, log=view.log_x),
        Axis(f"{view.title}: {view.y_label}", log=view.log_y),
        marks,
        KINDS[view.kind.value],
    )


def empty_chart(view: View, marks: tuple[Mark, ...] = ()) -> Chart:
    """Return the chart of a view before its first frame."""
    return chart_of(Frame(0, 0), view, marks=marks)


def predicted_view(experiment: Experiment) -> int:
    """Return the place of the view in which the prediction is drawn over the result: the one it names, or the first."""
    names = [view.name for view in experiment.simulation.views]
    named = experiment.prediction.view
    return names.index(named) if named in names else 0


def with_answer(chart: Chart, experiment: Experiment, frame: Frame, view: View) -> Chart:
    """Return the chart of a view with what the learner said over it, if it belongs there.

    A number is a mark on the axis of y values; the picked curve, and a sketch, are a faint curve at the view's x values.
    Over bars each sketched value is a faint bar below the measured one.
    """
    prediction, answer = experiment.prediction, experiment.answer
    views = experiment.simulation.views
    if answer is None or view.name != views[predicted_view(experiment)].name:
        return chart
    if isinstance(answer, float):
        return replace(chart, marks=(*chart.marks, *_marks(prediction, answer, view)))
    values = answer if isinstance(answer, tuple) else _picked(prediction, answer)
    if not values or chart.kind is ChartKind.HEAT:
        return chart
    if chart.kind is ChartKind.BARS:
        return replace(chart, series=_beside_bars(chart.series, values))
    drawn = Series(YOU_SAID, values, frame.series.get(view.x, ()), faint=True)
    return replace(chart, series=(*chart.series, drawn))


def _marks(prediction: Prediction, answer: float, view: View) -> tuple[Mark, ...]:
    """Return the mark of a number; without a view of its own it needs an axis that measures in its unit."""
    if not math.isfinite(answer) or (not prediction.view and prediction.unit not in view.y_label):
        return ()
    return (Mark(answer, f"{YOU_SAID} {said(answer)}"),)


def _picked(prediction: Prediction, answer: str) -> tuple[float, ...]:
    """Return the curve that goes with a choice; nothing where choices have none."""
    if not prediction.curves or answer not in prediction.choices:
        return ()
    return prediction.curves[prediction.choices.index(answer)]


def _beside_bars(series: tuple[Series, ...], values: tuple[float, ...]) -> tuple[Series, ...]:
    """Return the bars with a faint one of what was said below each measured one, in order."""
    found: list[Series] = []
    told = iter(values)
    for one in series:
        found.append(one)
        if not one.faint and (value := next(told, None)) is not None:
            found.append(Series(YOU_SAID, (value,), faint=True))
    return tuple(found)


def _shown_keys(frame: Frame, view: View, others: tuple[View, ...]) -> tuple[str, ...]:
    if view.series:
        return view.series
    named = {key for other in others for key in (*other.series, other.x)} | {view.x}
    return tuple(key for key in frame.series if key not in named)
