"""Deleting blocks of trained nets."""

import math

import pytest
import torch

from sims import runner
from sims.layer_lesion import SIMULATION, Knobs
from sims.lesions import accuracy_without, random_deletions
from sims.plain_and_residual import KINDS
from sims.protocol import Context
from sims.spirals import Spirals
from sims.stack import WIDTH, Blocks, Stack, accuracies

QUICK = Knobs(depth=4, plain_depth=2, steps=50)


def test_deleting_a_block_is_leaving_it_out() -> None:
    """The accuracy without a block is that of a net built from the other blocks alone."""
    contexts = [Context(1)]
    stack, spirals = Stack(contexts, Blocks(3), [[1.0] * 3], [[0.5] * 3]), Spirals(contexts, WIDTH)
    shorter = Stack(contexts, Blocks(2), [[1.0] * 2], [[0.5] * 2])
    shorter.weights, shorter.readout = stack.weights[[0, 2]], stack.readout
    inputs, targets = spirals.everything(1)
    with torch.no_grad():
        expected = accuracies(shorter.logits(inputs), targets).tolist()
    assert accuracy_without(stack, spirals, [frozenset({1})]) == expected
    assert accuracy_without(stack, spirals, [frozenset()]) != expected


def test_random_deletions_belong_to_their_seed() -> None:
    """Each draw takes k different blocks, and a seed's draws are the same whichever seeds stand beside it."""
    alone = [deleted for (deleted,) in random_deletions([Context(3)], 16, 4, 5)]
    beside = [deleted[1] for deleted in random_deletions([Context(2), Context(3)], 16, 4, 5)]
    assert alone == beside
    assert {len(deleted) for deleted in alone} == {4}
    assert len(set(alone)) > 1


def test_seeds_in_a_batch_measure_what_they_do_alone() -> None:
    """A seed's last frame is the same, up to rounding, alone and in a batch."""
    *_, (first, second) = SIMULATION.run_seeds(QUICK, [Context(0), Context(5)])
    *_, alone = SIMULATION.run(QUICK, Context(5))
    assert second.scalars == pytest.approx(alone.scalars, abs=0.02)
    assert first.scalars != second.scalars


@pytest.mark.parametrize("seed", [3, 11])
def test_nets_without_a_skip_collapse_and_those_with_one_do_not(seed: int) -> None:
    """At 16 and 6 layers the residual net keeps most of its answer and the plain one loses it."""
    result = runner.result("layer-lesion", {"depth": 16, "plain_depth": 6}, seed, "cpu")
    assert result.last.scalars["plain whole"] > 0.95
    assert result.last.scalars["residual median"] - result.last.scalars["plain median"] > 0.2


def test_damage_adds_up() -> None:
    """The more blocks are deleted, the less the residual net knows."""
    last = runner.result("layer-lesion", {"depth": 16, "plain_depth": 2}, 0, "cpu").last
    several = last.series["residual, k"]
    assert several[0] > several[2] > several[3] > 0.4
    assert not any(math.isnan(value) for kind in KINDS for value in last.series[kind])


def test_a_plain_net_that_did_not_learn_claims_nothing() -> None:
    """Sixteen plain layers seldom learn; and 16 residual blocks are too few: nothing is claimed."""
    frames = list(runner.run("layer-lesion", {"plain_depth": 16, "depth": 16}, 0, "cpu"))
    claims = SIMULATION.claims(Knobs(plain_depth=16, depth=16), frames[-1])
    assert claims == ()
