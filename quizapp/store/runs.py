"""What runs on this machine measured last: a cache beside the log, no part of the fold.

Both tables hold one row a subject and are written over by the next run. Nothing is folded from them, they are not
merged between machines, and running the simulations again fills them anew.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from quizapp.core.measured import LastRun, Measured
from quizapp.store.database import Execute, driver_in
from sims.protocol import Claim
from sims.protocol.messages import MessageError, decode, encode, frame_message, read_frame

if TYPE_CHECKING:
    from sqlalchemy import Connection

_KEEP_MEASURED = """
    INSERT OR REPLACE INTO measurement
        (simulation, claim, at_ms, knobs, seed, device, statement, expected, measured, tolerance)
    VALUES (:simulation, :claim, :at_ms, :knobs, :seed, :device, :statement, :expected, :measured, :tolerance)
"""
_KEEP_LAST_RUN = """
    INSERT OR REPLACE INTO last_run (simulation, at_ms, knobs, seed, device, frame)
    VALUES (:simulation, :at_ms, :knobs, :seed, :device, :frame)
"""


def keep_measured(connection: Connection, measured: Sequence[Measured]) -> None:
    """Write measurements over those that the claims had before."""
    driver_in(connection).executemany(_KEEP_MEASURED, [_measured_row(one) for one in measured])


def keep_last_run(connection: Connection, run: LastRun) -> None:
    """Write a simulation's last run over the one before."""
    driver_in(connection).execute(
        _KEEP_LAST_RUN,
        {
            "simulation": run.simulation,
            "at_ms": run.at_ms,
            "knobs": json.dumps(dict(run.knobs)),
            "seed": run.seed,
            "device": run.device,
            "frame": encode(frame_message(run.frame)),
        },
    )


def measurements(execute: Execute) -> list[Measured]:
    """Return the last measurement of every claim, by simulation and claim."""
    rows = execute(
        """SELECT simulation, claim, at_ms, knobs, seed, device, statement, expected, measured, tolerance
           FROM measurement ORDER BY simulation, claim""",
        {},
    )
    return [_measured(row) for row in rows]


def last_runs(execute: Execute) -> list[LastRun]:
    """Return the last run of every simulation; one whose frame cannot be read is left out."""
    rows = execute(
        "SELECT simulation, at_ms, knobs, seed, device, frame FROM last_run ORDER BY simulation", {}
    )
    return [run for run in map(_last_run, rows) if run is not None]


def _measured_row(measured: Measured) -> dict[str, object]:
    claim = measured.claim
    return {
        "simulation": measured.simulation,
        "claim": claim.id,
        "at_ms": measured.at_ms,
        "knobs": json.dumps(dict(measured.knobs)),
        "seed": measured.seed,
        "device": measured.device,
        "statement": claim.statement,
        "expected": _column(claim.expected),
        "measured": _column(claim.measured),
        "tolerance": _column(claim.tolerance),
    }


def _measured(row: Sequence[Any]) -> Measured:
    simulation, identifier, at_ms, knobs, seed, device, statement, *figures = row
    expected, measured, tolerance = map(_figure, figures)
    claim = Claim(identifier, statement, expected, measured, tolerance, source="")
    return Measured(simulation, claim, at_ms, json.loads(knobs), seed, device)


def _last_run(row: Sequence[Any]) -> LastRun | None:
    simulation, at_ms, knobs, seed, device, frame = row
    try:
        return LastRun(simulation, at_ms, json.loads(knobs), seed, device, read_frame(decode(frame)))
    except MessageError:  # another version of quizapp wrote it; the next run replaces it
        return None


def _column(figure: float) -> float | None:
    return None if math.isnan(figure) else figure


def _figure(column: float | None) -> float:
    return math.nan if column is None else column
