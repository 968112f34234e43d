"""The kept predictions: listed as plain values for scripts, and tallied."""

from __future__ import annotations

from collections.abc import Iterator

from quizapp.core.calibration import Calibration, Settled, Tally, calibrated
from quizapp.core.day import moment_of
from quizapp.core.log import format_id
from quizapp.core.predicted import Predicted
from quizapp.services.workspace import Workspace
from quizapp.store import predictions


def listed_predictions(workspace: Workspace, simulation: str = "") -> Iterator[dict[str, object]]:
    """Yield every prediction of a simulation, or of all of them, the oldest first; open ones have no truth yet."""
    for one in predictions.kept(workspace.database.read, simulation):
        yield {
            "id": format_id(one.id),
            "at": moment_of(one.at_ms).isoformat(),
            "card": one.card_id,
            "simulation": one.simulation,
            "knobs": dict(one.knobs),
            "seed": one.seed,
            "question": one.question,
            "answer": one.answer,
            "truth": one.truth or None,
            "hit": one.hit,
            "error_decades": _rounded(error_decades(one)),
            "gap": one.gap or None,
        }


def calibration(workspace: Workspace, simulation: str = "") -> Calibration:
    """Return how well the learner is calibrated."""
    return calibrated(settled(workspace, simulation))


def settled(workspace: Workspace, simulation: str = "", since_ms: int = 0) -> list[Settled]:
    """Return the predictions whose runs have ended, made since a moment."""
    return [
        Settled(workspace.instant(moment_of(one.at_ms)).day, one.simulation, one.hit, error_decades(one))
        for one in predictions.kept(workspace.database.read, simulation, since_ms)
        if one.hit is not None
    ]


def tallied(calibration: Calibration) -> dict[str, object]:
    """Return the figures as plain values for scripts."""
    return {
        **_fields(calibration.everything),
        "by_simulation": {name: _fields(tally) for name, tally in calibration.by_simulation.items()},
        "by_week": {day.isoformat(): _fields(tally) for day, tally in calibration.by_week.items()},
        "by_month": {f"{day:%Y-%m}": _fields(tally) for day, tally in calibration.by_month.items()},
    }


def error_decades(one: Predicted) -> float | None:
    """Return how many decades a settled prediction was off, where its question counts decades.

    It follows from what the learner read, so it is as exact as two figures are: 0.02 decades.
    """
    from quizapp.core.prediction import AnswerError, gap, read_back
    from sims import catalogue
    from sims.protocol import KnobError, Outcome, knobs_from_text

    if one.hit is None:
        return None
    try:
        found = catalogue.get(one.simulation)
        asked = found.prediction(knobs_from_text(found, one.knobs))
        answer, truth = (read_back(asked, text) for text in (one.answer, one.truth))
    except (catalogue.UnknownSimulation, KnobError, AnswerError):
        return None  # asked by another version of the simulation
    return gap(asked, answer, Outcome(truth, "")).error_decades


def _fields(tally: Tally) -> dict[str, object]:
    return {
        "count": tally.count,
        "hits": tally.hits,
        "hit_rate": _rounded(tally.hit_rate),
        "sized": tally.sized,
        "error_decades": _rounded(tally.error_decades),
        "bias_decades": _rounded(tally.bias_decades),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
