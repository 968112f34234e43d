"""Runs remembered on this machine: the last figure of each claim and the last frame of each simulation.

They are a cache of what was seen here, not a part of the log's fold: no state of a card follows from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from quizapp.core.measured import LastRun, Measured
from quizapp.services.workspace import Workspace
from quizapp.store import runs

if TYPE_CHECKING:
    from quizapp.core.experiment import Finding


def keep(workspace: Workspace, finding: Finding) -> None:
    """Write what a run that came to its end measured, over what the same claims and simulation had before.

    A run that was stopped early measured nothing, and nothing is written.
    """
    experiment, last = finding.experiment, finding.last
    if last is None or not last.is_last:
        return
    _, now_ms = workspace.today()
    run = LastRun(experiment.name, now_ms, experiment.values, experiment.seed, experiment.device, last)
    measured = [
        Measured(run.simulation, claim, now_ms, run.knobs, run.seed, run.device) for claim in finding.claims
    ]
    with workspace.database.write() as connection:
        runs.keep_measured(connection, measured)
        runs.keep_last_run(connection, run)


def measurements(workspace: Workspace) -> Mapping[tuple[str, str], Measured]:
    """Return the last measurement of each claim on this machine, by simulation and claim id."""
    found = runs.measurements(workspace.database.read)
    return {(one.simulation, one.claim.id): one for one in found}


def last_runs(workspace: Workspace) -> Mapping[str, LastRun]:
    """Return the last run of each simulation on this machine, by the simulation's name."""
    return {run.simulation: run for run in runs.last_runs(workspace.database.read)}
