"""What more depth brings."""

import math

import pytest

from sims import runner
from sims.depth_returns import DEPTHS, SIMULATION, TOP_1, Knobs
from sims.parameter_counts import RESNETS
from sims.protocol import Context

QUICK = Knobs(steps=50)


def test_most_of_the_gain_comes_early() -> None:
    """On a seed beyond those of the checks, 1 to 8 blocks bring more than 8 to 32 do."""
    scalars = runner.result("depth-returns", {}, 21, "cpu").last.scalars
    assert scalars["gain, 1 to 8"] > abs(scalars["gain, 8 to 32"])


def test_an_easy_task_needs_no_depth() -> None:
    """One turn is learned by two blocks already."""
    losses = runner.result("depth-returns", {"turns": 1.0}, 0, "cpu").last.series["loss"]
    assert losses[1] < 0.1


def test_curves_begin_at_chance_or_above_and_end_at_the_losses() -> None:
    """Each depth's curve has a value a frame, from before the first step to the loss shown against depth."""
    *_, last = SIMULATION.run(QUICK, Context(1))
    for depth, loss in zip(DEPTHS, last.series["loss"], strict=True):
        curve = last.series[f"L = {depth}"]
        assert len(curve) == len(last.series["step"]) == 26
        assert curve[0] > 0.9 * math.log(2)
        assert curve[-1] == loss


def test_published_errors_stand_for_every_counted_resnet() -> None:
    """The errors and the parameter counts are of the same five nets, and each deeper one errs less."""
    assert sorted(TOP_1) == sorted(RESNETS)
    errors = [TOP_1[depth] for depth in sorted(TOP_1)]
    assert errors == sorted(errors, reverse=True)


def test_seeds_in_a_batch_measure_what_they_do_alone() -> None:
    """A seed's last frame is the same, up to rounding, alone and in a batch."""
    *_, (_, second) = SIMULATION.run_seeds(QUICK, [Context(0), Context(5)])
    *_, alone = SIMULATION.run(QUICK, Context(5))
    assert second.scalars == pytest.approx(alone.scalars, abs=0.02)
