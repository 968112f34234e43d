"""The trainer that several simulations share: seeds as a batch, gradients, spirals."""

import math

import pytest
import torch

from sims.protocol import Context
from sims.spirals import POINTS, Spirals
from sims.stack import NETS_A_PASS, WIDTH, Blocks, Stack, accuracies, losses, measured, train

ARMS = ([0.0] * 3, [1.0] * 3), ([1.0] * 3, [0.5] * 3)  # plain, then residual


def trained(seeds: list[int], steps: int) -> tuple[Stack, Spirals]:
    """Return a plain and a residual net of three blocks for each seed, after some steps."""
    contexts = [Context(seed) for seed in seeds]
    stack, spirals = Stack(contexts, Blocks(3), *ARMS), Spirals(contexts, WIDTH)
    for _ in train(stack, spirals, steps, 3e-3):
        pass
    return stack, spirals


def test_seeds_in_a_batch_train_as_they_do_alone() -> None:
    """Each seed of a batch ends with the weights of its own run, up to rounding."""
    together, _ = trained([4, 7], 20)
    for place, seed in enumerate((4, 7)):
        alone, _ = trained([seed], 20)
        arms = slice(2 * place, 2 * place + 2)
        assert torch.allclose(together.weights[:, arms], alone.weights, atol=1e-4)
        assert torch.allclose(together.readout[arms], alone.readout, atol=1e-4)


def test_nets_of_several_passes_train_as_they_do_alone() -> None:
    """More nets than pass through the blocks at once end, each, with the weights and figures of its own run."""
    seeds = list(range(NETS_A_PASS))
    together, spirals = trained(seeds, 10)
    assert len(list(together.parts())) > 1
    loss, accuracy = measured(together, spirals)
    for seed in (seeds[0], seeds[-1]):
        alone, own = trained([seed], 10)
        arms = slice(2 * seed, 2 * seed + 2)
        assert torch.allclose(together.weights[:, arms], alone.weights, atol=1e-4)
        own_loss, own_accuracy = measured(alone, own)
        assert torch.allclose(loss[arms], own_loss, atol=1e-4)
        assert torch.allclose(accuracy[arms], own_accuracy, atol=0.01)


def test_training_lowers_the_loss() -> None:
    """The defaults' 150 steps take both nets well below chance, which is ln 2."""
    stack, spirals = trained([0], 150)
    loss, accuracy = measured(stack, spirals)
    assert loss.max() < 0.5 * math.log(2)
    assert accuracy.min() > 0.9


def test_states_are_the_written_formula() -> None:
    """The stream after each block is skip·x + branch·relu(norm x)·W."""
    contexts = [Context(2)]
    stack, spirals = Stack(contexts, Blocks(3), *ARMS), Spirals(contexts, WIDTH)
    inputs, _ = spirals.everything(2)
    states = list(stack.states(inputs))
    for block in range(3):
        seen = torch.relu(torch.nn.functional.layer_norm(states[block][1], (WIDTH,)))
        expected = states[block][1] + 0.5 * seen @ stack.weights[block, 1]
        assert torch.allclose(states[block + 1][1], expected, atol=1e-5)


def test_one_net_that_overflows_leaves_the_others_alone() -> None:
    """A net whose loss is not finite neither stops nor changes those beside it, and answers nothing right."""
    contexts = [Context(0)]
    wild = Stack(contexts, Blocks(3, norm=False), ([1.0] * 3, [1.0] * 3), ([0.1] * 3, [1e30] * 3))
    calm = Stack(contexts, Blocks(3, norm=False), ([1.0] * 3, [1.0] * 3), ([0.1] * 3, [0.1] * 3))
    spirals = Spirals(contexts, WIDTH)
    for _ in train(wild, spirals, 5, 3e-3):
        pass
    for _ in train(calm, Spirals(contexts, WIDTH), 5, 3e-3):
        pass
    assert torch.equal(wild.weights[:, 0], calm.weights[:, 0])
    loss, accuracy = measured(wild, spirals)
    assert not loss[1].isfinite()
    assert accuracy[1] == 0


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_orthogonal_weights_have_he_s_mean_square(activation: str) -> None:
    """W Wᵀ is a multiple of the identity whose size is that of the He or Xavier variance."""
    stack = Stack([Context(0)], Blocks(2, activation, init="orthogonal"), ([0.0] * 2,), ([1.0] * 2,))
    square = 2.0 if activation == "relu" else 1.0
    product = stack.weights[:, 0] @ stack.weights[:, 0].mT
    assert torch.allclose(product, square * torch.eye(WIDTH).expand(2, -1, -1), atol=1e-5)


def test_spirals_are_two_arms_that_mirror_each_other() -> None:
    """The second half of the points is the first one turned by half a circle, with the other target."""
    spirals = Spirals([Context(0)], WIDTH)
    half = POINTS // 2
    assert torch.equal(spirals.points[half:], -spirals.points[:half])
    assert spirals.targets.tolist() == [0.0] * half + [1.0] * half


def test_losses_and_accuracies_are_per_net() -> None:
    """A sure right answer costs nothing, a wrong one its logit, an undecided one ln 2."""
    logits = torch.tensor([[30.0, -30.0], [0.0, 0.0], [-30.0, 30.0]])
    targets = torch.tensor([1.0, 0.0])
    assert losses(logits, targets).tolist() == pytest.approx([0.0, math.log(2), 30.0], abs=1e-6)
    assert accuracies(logits, targets).tolist() == [1.0, 0.5, 0.0]
