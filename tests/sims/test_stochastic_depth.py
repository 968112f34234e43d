"""Dropping blocks while a net learns."""

import pytest
import torch

from sims import runner
from sims.protocol import Context
from sims.stochastic_depth import SIMULATION, Knobs, _kept

QUICK = Knobs(depth=4, steps=50)


def test_blocks_are_dropped_with_p_in_the_second_arm_alone() -> None:
    """Over many draws the ordinary arm keeps all and the other a share of 1 - p; draws belong to their seed."""
    draw = _kept(Knobs(p=0.3), [Context(0), Context(1)])
    draws = torch.stack([draw() for _ in range(400)])[..., 0, 0]  # (draws, depth, nets)
    assert draws[..., [0, 2]].min() == 1
    assert draws[..., 1].mean().item() == pytest.approx(0.7, abs=0.02)
    alone = _kept(Knobs(p=0.3), [Context(1)])
    assert torch.equal(alone()[..., 0, 0], draws[0][:, 2:])


def test_without_dropping_the_arms_are_one_net() -> None:
    """At p = 0 both arms have the same losses and accuracies, and no gain is claimed."""
    result = runner.result("stochastic-depth", {"p": 0.0}, 2, "cpu")
    series = result.last.series
    assert series["ordinary"] == series["stochastic"]
    assert series["ordinary loss"] == series["stochastic loss"]
    assert [claim.id for claim in result.claims] == ["ordinary-fails"]


def test_more_deletions_cost_more() -> None:
    """Each further block that is deleted lowers the ordinary net's accuracy."""
    kept = runner.result("stochastic-depth", {"steps": 200}, 4, "cpu").last.series["ordinary"]
    assert sorted(kept, reverse=True) == list(kept)
    assert kept[0] > 0.95
    assert kept[-1] < 0.7


def test_seeds_in_a_batch_measure_what_they_do_alone() -> None:
    """A seed's last frame is the same, up to rounding, alone and in a batch."""
    *_, (_, second) = SIMULATION.run_seeds(QUICK, [Context(0), Context(5)])
    *_, alone = SIMULATION.run(QUICK, Context(5))
    assert second.scalars == pytest.approx(alone.scalars, abs=0.02)


@pytest.mark.parametrize("depth", [4, 12, 20, 24, 28])
def test_a_quarter_of_any_depth_is_deleted(depth: int) -> None:
    """Also where it is none of the usual numbers: the run has its figure and comes to its end."""
    knobs = Knobs(depth=depth, steps=50)
    assert depth // 4 in knobs.deleted
    assert list(knobs.deleted) == sorted(set(knobs.deleted))
    result = runner.result("stochastic-depth", {"depth": depth, "steps": 50}, 0, "cpu")
    assert 0 <= result.last.scalars["ordinary without 1/4"] <= 1
