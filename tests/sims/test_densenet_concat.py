"""What concatenation costs, counted, and what a trained net's links are worth."""

import math
from itertools import pairwise

import pytest

from sims import runner
from sims.densenet_concat import CONSUMERS, Reuse
from sims.protocol import Context, KnobValue


@pytest.mark.parametrize(
    "settings",
    [{"k": 4, "k0": 4, "channels": 8}, {"k": 32, "depth": 64, "k0": 64, "channels": 128}, {"depth": 2}],
)
def test_counts_are_exact(settings: dict[str, KnobValue]) -> None:
    """Channels, links, parameters and bytes equal their formulas with no tolerance at all."""
    claims = runner.result("densenet-concat", settings, device="cpu").claims
    assert len(claims) == 6
    for claim in claims:
        assert claim.tolerance == 0
        assert claim.measured == claim.expected


@pytest.mark.parametrize(
    ("settings", "truth"),
    [
        ({}, "add: parameters; dense: memory"),
        ({"depth": 64}, "dense has more of both"),
        ({"depth": 2}, "add has more of both"),
    ],
)
def test_outcome_follows_the_counts(settings: dict[str, KnobValue], truth: str) -> None:
    """Which net costs more of what changes with depth, and the outcome with it."""
    assert runner.result("densenet-concat", settings, device="cpu").outcome.truth == truth


def test_saved_bytes_are_read_off_autograd_layer_by_layer() -> None:
    """Each of the first frames adds one layer: dense bytes bend upwards, the adding net's rise by a constant."""
    frames = list(runner.run("densenet-concat", {"depth": 6}, device="cpu"))[:6]
    dense = [frame.scalars["dense bytes"] for frame in frames]
    add = [frame.scalars["add bytes"] for frame in frames]
    assert [after - before for before, after in pairwise(dense)] == [
        4.0 * 64 * (24 + 12 * layer) for layer in range(1, 6)
    ]
    assert {after - before for before, after in pairwise(add)} == {4.0 * 64 * 64}


def test_heat_map_is_deletion_not_weights() -> None:
    """Below the diagonal every link has a cost, above it there is none, and the first layer needs its only input."""
    last = runner.result("densenet-concat", device="cpu").last
    assert last.scalars["accuracy"] > 0.95
    for consumer, row_name in enumerate(CONSUMERS):
        row = last.series[row_name]
        assert [math.isnan(cost) for cost in row] == [source > consumer for source in range(9)]
    assert last.series["layer 1"][0] > 0.1
    assert 0 <= last.scalars["distant links used"] <= 1


def test_deleting_a_link_is_zeroing_its_columns() -> None:
    """A cut link gives the logits of the same net with that source's weight columns set to zero."""
    import torch

    from sims.dense_links import SpiralNet, _logits

    net = SpiralNet(Context(3), 4, 8, 3)
    with torch.no_grad():
        cut = _logits(net.weights, net.inputs, (2, 1))
        zeroed = [weight.clone() for weight in net.weights]
        zeroed[2][:, 8:12] = 0
        assert torch.allclose(cut, _logits(zeroed, net.inputs))
        assert not torch.allclose(cut, _logits(net.weights, net.inputs))


def test_distant_share_counts_only_measured_distant_links() -> None:
    """Links to the previous layer and cells without a link do not count."""
    nan = math.nan
    reuse = Reuse([[0.5, nan, nan], [0.02, 0.9, nan], [0.001, 0.3, 0.9]])
    assert reuse.distant_share == pytest.approx(2 / 3)
    assert math.isnan(Reuse([[nan]]).distant_share)


def test_adam_moves_a_large_tensor_as_its_parts() -> None:
    """What is moved in several pieces, unevenly cut, ends where its rows end by themselves."""
    import torch

    from sims import nets

    whole = torch.linspace(-1, 1, 5 * nets.NUMBERS_A_PIECE // 2).reshape(5, -1).clone()
    rows = [row.clone() for row in whole]
    together, apart = nets.Adam([whole], 0.1), nets.Adam(rows, 0.1)
    for _ in range(3):
        together.step([whole.pow(3)])
        apart.step([row.pow(3) for row in rows])
    assert torch.equal(whole, torch.stack(rows))


def test_own_adam_steps_as_the_paper_s_algorithm() -> None:
    """Thirty steps of the small Adam end where Algorithm 1 of Kingma & Ba, in plain floats, ends."""
    import torch

    from sims import nets

    parameter = torch.tensor([2.0], requires_grad=True)
    adam = nets.Adam([parameter], 0.01)
    theta, first, second = 2.0, 0.0, 0.0
    for step in range(1, 31):
        adam.step(torch.autograd.grad(parameter.pow(4).sum(), [parameter]))
        gradient = 4 * theta**3
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        unbiased = math.sqrt(second / (1 - 0.999**step)) + 1e-8
        theta -= 0.01 * first / (1 - 0.9**step) / unbiased
    assert parameter.item() == pytest.approx(theta, abs=1e-5)
