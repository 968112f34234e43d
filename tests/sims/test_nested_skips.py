"""A skip round every operation: the closed forms against sampled numbers and random nets."""

import math
import statistics

import pytest
import torch

from sims import nested_skips
from sims.protocol import Context


def normal(name: str, *shape: int) -> torch.Tensor:
    """Return standard normal numbers of a stream, in float64."""
    return torch.randn(*shape, generator=Context(0).generator(name), dtype=torch.float64)


@pytest.mark.parametrize(("mean", "deviation"), [(0.0, 1.0), (0.7, 2.0), (-1.5, 1.0), (3.0, 0.5)])
def test_rectified_moments_are_those_of_samples(mean: float, deviation: float) -> None:
    """Both moments agree with a million samples to 1 percent of the deviation's powers."""
    u = torch.relu(mean + deviation * normal("samples", 1_000_000))
    first, second = nested_skips.rectified_moments(mean, deviation)
    assert first == pytest.approx(float(u.mean()), abs=0.01 * deviation)
    assert second == pytest.approx(float(u.square().mean()), abs=0.01 * (mean**2 + deviation**2))


def test_rectified_moments_without_spread() -> None:
    """A constant passes the relu or does not."""
    assert nested_skips.rectified_moments(2.0, 0.0) == (2.0, 4.0)
    assert nested_skips.rectified_moments(-2.0, 0.0) == (0.0, 0.0)


def test_growth_begins_at_root_ten_and_settles() -> None:
    """The first block grows by √10 exactly, later ones more, up to 3.4537; one skip a block would give √2."""
    growths = [nested_skips.block_growth(block) for block in range(1, 16)]
    assert growths[0] == pytest.approx(nested_skips.NESTED_GROWTH, rel=1e-12)
    assert growths == sorted(growths)
    assert growths[-1] == pytest.approx(3.4537, abs=1e-4)
    assert nested_skips.mean_growth(8) == pytest.approx(3.395, abs=0.001)
    assert pytest.approx(1.41421, abs=1e-5) == nested_skips.ONE_SKIP_GROWTH


def measured_growths(seed: int, blocks: int) -> list[float]:
    """Return the RMS growth of each block of a net of width 384 with a skip round every operation."""
    context, width = Context(seed), 384
    x = torch.randn(48, width, generator=context.generator("input"))
    growths = []
    for block in range(blocks):
        before = x.square().mean().sqrt()
        for name in ("first", "second"):
            weights = torch.randn(width, width, generator=context.generator(f"{name}/{block}"))
            x = x + x @ weights.T / math.sqrt(width)
            x = x + torch.relu(x) if name == "first" else x
        growths.append(float(x.square().mean().sqrt() / before))
    return growths


def test_growth_is_that_of_random_nets() -> None:
    """Over 8 blocks random nets grow as the recursion says, to 2 percent in the median, and start near √10."""
    nets = [measured_growths(seed, 8) for seed in range(5)]
    means = [math.exp(statistics.fmean(math.log(growth) for growth in net)) for net in nets]
    assert statistics.median(means) == pytest.approx(nested_skips.mean_growth(8), rel=0.02)
    assert statistics.median(net[0] for net in nets) == pytest.approx(nested_skips.NESTED_GROWTH, rel=0.03)


@pytest.mark.parametrize(("below", "above", "share"), [(0, 1, 0.733), (1, 2, 0.961), (1, 1, 1.0)])
def test_linear_share_is_that_of_a_fitted_line(below: float, above: float, share: float) -> None:
    """R² equals the squared correlation of a million samples, and the stated figure."""
    x = normal("line", 1_000_000)
    f = torch.where(x > 0, above * x, below * x)
    correlation = float(torch.corrcoef(torch.stack((x, f)))[0, 1])
    assert nested_skips.linear_share(below, above) == pytest.approx(correlation**2, abs=2e-3)
    assert nested_skips.linear_share(below, above) == pytest.approx(share, abs=5e-4)


def test_named_shares_are_the_relu_s() -> None:
    """A skip round the relu raises its linear share from 73.3 to 96.1 percent."""
    assert pytest.approx(0.733, abs=5e-4) == nested_skips.RELU_LINEAR_SHARE
    assert pytest.approx(0.961, abs=5e-4) == nested_skips.SKIPPED_RELU_LINEAR_SHARE
