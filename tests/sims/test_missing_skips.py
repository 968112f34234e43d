"""Residual nets that lack some of their skips."""

import math

import pytest
import torch

from sims import runner
from sims.holes import COPIES, gradients
from sims.missing_skips import SIMULATION, Knobs
from sims.protocol import Context
from sims.theory_holes import cliff, holes, log_gradients

QUICK = Knobs(depth=8)


@pytest.mark.parametrize(
    ("placed", "expected"),
    [("spread", (2, 6)), ("start", (0, 1)), ("middle", (3, 4)), ("end", (6, 7))],
)
def test_holes_lie_where_they_were_placed(placed: str, expected: tuple[int, ...]) -> None:
    """Two of eight blocks lose their skip: spread evenly, or one run."""
    assert holes(8, 2, placed) == expected


@pytest.mark.parametrize("placed", ["spread", "start", "middle", "end"])
def test_every_count_loses_that_many_skips(placed: str) -> None:
    """From none to all, each count loses that many different blocks' skips."""
    for missing in range(33):
        lost = holes(32, missing, placed)
        assert len(set(lost)) == len(lost) == missing
        assert all(0 <= block < 32 for block in lost)


def test_the_cliff_is_the_ratio_of_two_profiles() -> None:
    """At the input, the profile with k holes lies k/2·ln(L + 1) below the one without."""
    whole = log_gradients([1.0] * 16, 0.25)[0]
    holed = log_gradients([0.0 if block in (3, 9) else 1.0 for block in range(16)], 0.25)[0]
    assert holed - whole == pytest.approx(cliff(16, 2))
    assert cliff(16, 2) == pytest.approx(-math.log(17))


def test_the_way_back_is_autograd_s() -> None:
    """The hand-written gradient through blocks with and without a skip is torch's."""
    from sims import nets
    from sims.holes import ROWS, WIDTH

    context, skips = Context(3), [1.0, 0.0, 1.0]
    *_, ((measured,),) = gradients([context], [skips], 0.5)
    x = nets.normal(context, "hole input", COPIES, 1, ROWS, WIDTH)[:, 0].requires_grad_()
    y = x
    for block, skip in enumerate(skips):
        weights = nets.layer_weights(context, block, COPIES, WIDTH, "relu", 1.0)
        y = skip * y + 0.5 * torch.bmm(torch.relu(y), weights.mT)
    cotangent = nets.normal(context, "hole cotangent", COPIES, 1, ROWS, WIDTH)[:, 0]
    (gradient,) = torch.autograd.grad((y * cotangent).sum(), x)
    ratios = gradient.square().mean(dim=(1, 2)).sqrt() / cotangent.square().mean(dim=(1, 2)).sqrt()
    assert measured == pytest.approx(ratios.log().median().item(), abs=1e-5)


def test_one_hole_is_a_cliff_and_training_does_not_mind() -> None:
    """Below one missing skip of 16 the gradient is cut by about √17, and the net learns all the same."""
    result = runner.result("missing-skips", {"depth": 16, "missing": 1}, 1, "cpu")
    claims = {claim.id: claim for claim in result.claims}
    assert claims["one-hole"].expected == pytest.approx(-math.log(17) / 2)
    assert claims["one-hole"].holds
    assert claims["one-learns"].holds
    assert "plain-fails" not in claims


def test_seeds_in_a_batch_measure_what_they_do_alone() -> None:
    """A seed's last frame is the same, up to rounding, alone and in a batch."""
    *_, (_, second) = SIMULATION.run_seeds(QUICK, [Context(0), Context(5)])
    *_, alone = SIMULATION.run(QUICK, Context(5))
    assert second.scalars == pytest.approx(alone.scalars, abs=0.02)


def test_too_many_skips_follow_the_closed_forms() -> None:
    """With a skip round every operation the stream grows as the theory has it, with one a block by √2."""
    from sims.nested_growth import BLOCKS, nested
    from sims.nested_skips import mean_growth

    seen = nested(Context(4))
    assert math.log(seen.every[-1]) / BLOCKS == pytest.approx(math.log(mean_growth(BLOCKS)), abs=0.045)
    assert math.log(seen.one[-1]) / BLOCKS == pytest.approx(math.log(2) / 2, abs=0.045)
    assert seen.linear_share == pytest.approx(0.961, abs=0.01)
