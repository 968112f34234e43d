"""Nets that learn y = x."""

import math
from itertools import pairwise

import pytest

from sims import runner
from sims.learning_identity import SIMULATION, Knobs, _start
from sims.protocol import Context, KnobValue, Result

QUICK = Knobs(deepest=4, width=4)


def finished(seed: int = 0, **settings: KnobValue) -> Result[Knobs]:
    """Return a finished run on the CPU."""
    return runner.result("learning-identity", settings, seed, "cpu")


@pytest.mark.parametrize("seed", [5, 8])
def test_plain_nets_get_worse_with_depth_and_scaled_ones_do_not(seed: int) -> None:
    """A plain net's error rises from 2 to 32 layers, the scaled one's stays a hundredth of it."""
    series = finished(seed).last.series
    assert all(shallow < deep for shallow, deep in pairwise(series["plain"]))
    assert series["plain"][-1] > 0.5
    assert max(series["inv-sqrt-L"]) < 0.02


def test_zero_branches_are_the_identity_from_the_first_step_on() -> None:
    """The arm that begins at W = 0 has no error and no gradient, so it stays."""
    result = finished(deepest=8, rate=0.01)
    assert set(result.last.series["zero loss"]) == {0.0}


@pytest.mark.parametrize("activation", ["tanh", "linear"])
def test_the_start_is_what_the_branches_add_up_to(activation: str) -> None:
    """At width 64 every arm begins within a quarter of ln of the mean-field error."""
    last = finished(width=64, activation=activation).last
    for arm in ("plain", "naive", "inv-sqrt-L"):
        expected = _start(Knobs(activation=activation), arm, 32)
        assert math.log(last.scalars[f"{arm} at start"]) == pytest.approx(math.log(expected), abs=0.25)


def test_relu_without_a_scale_begins_astronomically_far_away() -> None:
    """32 unscaled relu blocks begin with an error of eight digits or more and stay finite."""
    start = finished(activation="relu").last.scalars["naive at start"]
    assert 1e6 < start < math.inf


def test_narrow_nets_claim_nothing_of_the_theory() -> None:
    """Below width 32 the start is shown and not claimed; from there on it is."""
    assert "naive-start" not in [claim.id for claim in finished(deepest=4).claims]
    claims = {claim.id: claim for claim in finished(deepest=4, width=32).claims}
    assert claims["naive-start"].holds


def test_seeds_in_a_batch_learn_as_they_do_alone() -> None:
    """A seed's last frame is the same, up to rounding, alone and in a batch."""
    *_, (_, second) = SIMULATION.run_seeds(QUICK, [Context(0), Context(5)])
    *_, alone = SIMULATION.run(QUICK, Context(5))
    assert second.scalars == pytest.approx(alone.scalars, rel=1e-3)
