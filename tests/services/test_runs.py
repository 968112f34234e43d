"""What runs measured last: kept for each claim and simulation, written over, and no part of the log."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from quizapp.core.experiment import Experiment, Finding
from quizapp.services.runs import keep, last_runs, measurements
from sims.catalogue import get
from sims.protocol import Claim, Frame
from tests.learner import MORNING, Learner

CLAIM = Claim("one", "It holds.", 1.0, 1.125, 0.25, "a source")
FRAME = Frame(5, 5, {"slope": -0.1}, {"plain": (1.0, math.inf, -math.inf)}, {"plain": (1.0, 2.0)}, "overflow")


def finding(
    *claims: Claim,
    name: str = "vanishing-gradients",
    last: Frame | None = FRAME,
    seed: int = 3,
    **knobs: Any,
) -> Finding:
    """Return what a run of a simulation came to."""
    simulation = get(name)
    return Finding(Experiment(simulation, simulation.knobs(**knobs), seed), last, claims, None)


def test_a_runs_claims_and_last_frame_are_kept_with_the_run(learner: Learner) -> None:
    """Figures, knobs with their types, seed, device, moment and frame come back as they were."""
    keep(learner.workspace, finding(CLAIM, depth=12))
    learner.reopen()
    (measured,) = measurements(learner.workspace).values()
    assert measured.claim == replace(CLAIM, source="")
    assert (measured.seed, measured.device, measured.at_ms) == (3, "cpu", int(MORNING.timestamp() * 1000))
    assert measured.knobs == finding(depth=12).experiment.values
    (run,) = last_runs(learner.workspace).values()
    assert (run.simulation, run.frame, run.knobs) == ("vanishing-gradients", FRAME, measured.knobs)


def test_the_next_run_writes_over_its_own_claims_alone(learner: Learner) -> None:
    """A claim that the next run does not make keeps its older figure; the frame is the newest one's."""
    keep(learner.workspace, finding(CLAIM, replace(CLAIM, id="two")))
    learner.clock.forward(hours=1)
    newer = replace(FRAME, event="newer")
    keep(learner.workspace, finding(replace(CLAIM, measured=2.0), last=newer, seed=4))
    kept = measurements(learner.workspace)
    assert {key[1]: (one.claim.measured, one.seed) for key, one in kept.items()} == {
        "one": (2.0, 4),
        "two": (1.125, 3),
    }
    assert last_runs(learner.workspace)["vanishing-gradients"].frame == newer


def test_figures_that_are_no_numbers_are_kept(learner: Learner) -> None:
    """NaN and the infinities come back; NaN still fails."""
    keep(learner.workspace, finding(replace(CLAIM, measured=math.nan, expected=math.inf)))
    claim = measurements(learner.workspace)["vanishing-gradients", "one"].claim
    assert math.isnan(claim.measured)
    assert claim.expected == math.inf
    assert not claim.holds


def test_a_run_that_was_stopped_early_is_not_kept(learner: Learner) -> None:
    """Without its last frame nothing was measured, and what was there stays."""
    keep(learner.workspace, finding(CLAIM, last=replace(FRAME, step=4)))
    keep(learner.workspace, finding(CLAIM, last=None))
    assert not measurements(learner.workspace)
    assert not last_runs(learner.workspace)


def test_a_frame_that_cannot_be_read_costs_its_simulation_alone(learner: Learner) -> None:
    """Another version's frame is passed over, and the next run replaces it."""
    keep(learner.workspace, finding(CLAIM))
    with learner.workspace.database.write() as connection:
        connection.exec_driver_sql("UPDATE last_run SET frame = '{\"step\": 1}'")
    assert not last_runs(learner.workspace)
    assert measurements(learner.workspace)
    keep(learner.workspace, finding(CLAIM))
    assert last_runs(learner.workspace)["vanishing-gradients"].frame == FRAME
