"""The weight of the branch, in nets without norm."""

import math

import pytest
import torch

from sims import catalogue, runner
from sims.branch_nets import BranchNets, wide_growth
from sims.branch_weight import Knobs
from sims.protocol import Context, Frame, KnobValue, Result

ALPHAS = (0.0, 0.25, 1.0)


def nets(*, learned: bool, depth: int = 6, skip: float = 1.0) -> BranchNets:
    """Return two nets for each of two seeds and of three branch weights."""
    contexts = [Context(0), Context(1)]
    return BranchNets(contexts, ALPHAS, depth=depth, skip=skip, copies=2, learned=learned)


@pytest.fixture(scope="module")
def shallow() -> tuple[list[Frame], Result[Knobs]]:
    """The frames of 16 blocks with learned weights, and what came of them."""
    run = runner.prepare(catalogue.get("branch-weight"), {"depth": 16, "weights": "learned"}, 3, "cpu")
    return list(run), run.result


def test_a_run_goes_from_growth_to_losses(shallow: tuple[list[Frame], Result[Knobs]]) -> None:
    """The first frame knows the growth and no loss, the later ones both, and the events say what is seen."""
    frames, result = shallow
    assert all(map(math.isnan, frames[0].series["loss"]))
    assert frames[0].series["growth"][0] == pytest.approx(1.0)
    assert frames[-1].series["growth"] == frames[0].series["growth"]
    assert all(map(math.isfinite, frames[-1].series["loss"]))
    assert "before training" in frames[0].event
    assert "changes with the seed" in frames[-1].event
    assert result.outcome.truth == frames[-1].series["loss"]


def test_learned_weights_leave_zero_and_the_net_learns(shallow: tuple[list[Frame], Result[Knobs]]) -> None:
    """From α = 0 the weights grow, the loss falls well below what the readout alone reaches, and ReZero is named."""
    frames, result = shallow
    assert frames[1].series["mean |α|"][0] == pytest.approx(3e-3, rel=1e-3)  # one step of Adam's rate
    assert frames[-1].series["mean |α|"][0] > 0.02
    assert {claim.id: claim.holds for claim in result.claims}["rezero"]
    assert "ReZero" in result.explanation


def test_at_zero_no_weight_of_a_branch_has_a_gradient() -> None:
    """One step from α = 0 moves α and leaves the branch's matrices where they were."""
    rezero = nets(learned=True)
    before = rezero._stack.weights.detach().clone()
    next(rezero.batch_losses(1, 3e-3))
    moved = (rezero._stack.weights - before).abs().amax(dim=(0, 2, 3))  # (nets,)
    assert moved.view(-1, len(ALPHAS))[:, 0].max() == 0
    assert moved.view(-1, len(ALPHAS))[:, 1].min() > 0
    assert [row[0] for row in rezero.sizes()] == pytest.approx([3e-3, 3e-3], rel=1e-3)


def test_fixed_weights_stay() -> None:
    """Without learning, the weights of the branches are what they were after training."""
    fixed = nets(learned=False)
    for _ in fixed.batch_losses(3, 3e-3):
        pass
    for row in fixed.sizes():
        assert row == pytest.approx(ALPHAS)


@pytest.mark.parametrize("skip", [1.0, 0.9])
def test_growth_is_that_of_independent_branches(skip: float) -> None:
    """Without a branch only the skip's power is left; a small branch follows (λ² + α²)^(L/2)."""
    *_, ((bare, scaled),) = wide_growth([Context(2)], (0.0, 0.25), depth=16, skip=skip, pause=16)
    assert bare == pytest.approx(skip**16, rel=1e-4)
    assert scaled == pytest.approx((skip**2 + 0.25**2) ** 8, rel=0.06)


def test_a_smaller_skip_leaves_the_small_branches_at_chance() -> None:
    """With λ = 0.8 the input is gone after 64 blocks: what a branch of 0.03 can do is nothing."""
    contexts = [Context(0)]
    made = BranchNets(contexts, (0.03, 0.5), depth=64, skip=0.8, copies=1, learned=False)
    for _ in made.batch_losses(30, 3e-3):
        pass
    assert made.losses()[0][0] == pytest.approx(math.log(2), abs=0.001)


def test_words_name_the_scaled_skip() -> None:
    """Where the skip is scaled, the explanation says how much of the input is left."""
    settings: dict[str, KnobValue] = {"depth": 16, "skip": 0.8}
    result = runner.result("branch-weight", settings, device="cpu")
    assert "0.8^16 = 0.028" in result.explanation
    assert [claim.id for claim in result.claims] == ["no-branch"]
    assert torch.tensor(result.last.series["loss"]).isfinite().all()
