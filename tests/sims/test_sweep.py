"""Nets of several depths side by side."""

import pytest

from sims.protocol import Context
from sims.spirals import Spirals
from sims.stack import WIDTH, Blocks, Stack, measured, train
from sims.sweep import Sweep

DEPTHS = (2, 3)


def stacks(contexts: list[Context]) -> list[Stack]:
    """Return a plain and a residual net of each depth for each seed."""
    return [
        Stack(contexts, Blocks(depth), ([0.0] * depth, [1.0] * depth), ([1.0] * depth, [0.5] * depth))
        for depth in DEPTHS
    ]


def test_standings_are_sorted_by_seed_depth_and_arm() -> None:
    """Each figure is that of the net which a seed, a depth and an arm name, trained on its own."""
    contexts = [Context(3), Context(8)]
    *_, last = Sweep(stacks(contexts), contexts).standings(7, 5, 3e-3)
    for seed, context in enumerate(contexts):
        for place, alone in enumerate(stacks([context])):
            task = Spirals([context], WIDTH)
            for _ in train(alone, task, 7, 3e-3):
                pass
            loss, accuracy = measured(alone, task)
            assert last[seed].losses[place] == pytest.approx(loss.tolist(), rel=1e-3)
            assert last[seed].accuracies[place] == pytest.approx(accuracy.tolist(), abs=0.01)


def test_pauses_are_at_the_start_at_each_interval_and_at_the_end() -> None:
    """Seven steps with a pause every five are looked at after 0, 5 and 7."""
    contexts = [Context(0)]
    pauses = Sweep(stacks(contexts), contexts).standings(7, 5, 3e-3)
    assert [standings[0].done for standings in pauses] == [0, 5, 7]


def test_answers_are_the_trained_nets_own() -> None:
    """Over the training points the answers are right as often as the standing says."""
    contexts = [Context(1)]
    nets = stacks(contexts)
    sweep = Sweep(nets, contexts)
    *_, (last,) = sweep.standings(30, 30, 3e-3)
    spirals = Spirals(contexts, WIDTH)
    right = (sweep.answers(1, spirals.points) > 0.5) == (spirals.targets > 0.5)  # (2, POINTS)
    assert right.float().mean(dim=1).tolist() == pytest.approx(last.accuracies[1], abs=0.01)
