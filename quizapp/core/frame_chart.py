"""One view of a frame as a chart: theory beneath the measurement, the committed prediction on the axis."""

from __future__ import annotations

import math

from quizapp.core.chart.model import Axis, Chart, ChartKind, Mark, Series
from quizapp.core.prediction import Answer, said
from sims.protocol import Band, Frame, Prediction, View

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


def prediction_marks(prediction: Prediction, answer: Answer | None, view: View) -> tuple[Mark, ...]:
    """Return the mark of a committed number, in a view whose y axis measures in the prediction's unit."""
    if not isinstance(answer, float) or not math.isfinite(answer) or prediction.unit not in view.y_label:
        return ()
    return (Mark(answer, f"you said {said(answer)}"),)


def _shown_keys(frame: Frame, view: View, others: tuple[View, ...]) -> tuple[str, ...]:
    if view.series:
        return view.series
    named = {key for other in others for key in (*other.series, other.x)} | {view.x}
    return tuple(key for key in frame.series if key not in named)
