"""The gradient by path length."""

import itertools
import math

import pytest

from sims import runner
from sims.path_lengths import BATCH, NETS, WIDTH, Knobs, _backward, _forward, _ranges, _start, _weights
from sims.protocol import Context, KnobValue, Result


def finished(seed: int = 0, **settings: KnobValue) -> Result[Knobs]:
    """Return a finished run on the CPU."""
    return runner.result("path-lengths", settings, seed, "cpu")


@pytest.mark.parametrize(
    ("settings", "ids"),
    [
        ({"chi": 0.05}, ["path-shares", "mean-length"]),
        ({"chi": 1.0, "blocks": 24}, ["path-shares", "mean-length"]),
        ({"scheme": "1/n"}, ["path-shares", "below-one"]),
        ({"scheme": "1/l", "blocks": 30}, ["path-shares", "mean-length"]),
    ],
)
def test_claims_hold_at_other_settings(settings: dict[str, KnobValue], ids: list[str]) -> None:
    """Shares and mean length follow the closed form; the window is claimed for Veit's net only."""
    claims = finished(1, **settings).claims
    assert [claim.id for claim in claims] == ids
    assert [claim for claim in claims if not claim.holds] == []


def test_parts_are_the_sums_over_all_paths() -> None:
    """Each part is the sum of the products of Jacobians along every path of its length, 2^4 paths in all."""
    import torch

    knobs, context = Knobs(blocks=4, scheme="1/l"), Context(3)
    walk = _start(knobs, context)
    cotangent = walk.parts[:, 0]  # (NETS, BATCH, WIDTH)
    for block in range(4):
        _forward(knobs, context, walk, block)
    slopes = list(walk.slopes)
    expected = torch.zeros(NETS, 5, BATCH, WIDTH)
    for path in itertools.product((False, True), repeat=4):
        gradient = cotangent
        for block in reversed(range(4)):
            if path[block]:
                gradient = slopes[block] * torch.bmm(gradient, _weights(knobs, context, block))
        expected[:, sum(path)] += gradient
    for block in reversed(range(4)):
        _backward(knobs, context, walk, block)
    tilts = torch.tensor([walk.tilt**k for k in range(5)])
    assert torch.allclose(walk.parts / tilts[:, None, None], expected, rtol=1e-4, atol=1e-5)
    squares = expected.square().mean(dim=(0, 2, 3)).tolist()
    assert walk.squares == pytest.approx(squares, rel=1e-4)


def test_longest_path_of_weak_branches_is_below_fp32_and_still_measured() -> None:
    """At χ = 0.02 the path through all 60 branches, 10^-102, is found to 3 % of its logarithm, where fp32 would hold 0."""
    last = finished(chi=0.02, blocks=60).last
    measured, expected = last.series["product"][-1], last.theory["product"][-1]
    assert 0 < expected < 1e-100
    assert math.log10(measured) == pytest.approx(math.log10(expected), rel=0.03)


def test_shares_fill_up_as_blocks_are_passed() -> None:
    """After i blocks lengths 0 to i have shares that add up to 1, and the rest is NaN."""
    frames = [
        f for f in runner.run("path-lengths", {"blocks": 4}, device="cpu") if f.scalars["mean length"] > 0
    ]
    assert len(frames) == 4
    for passed, frame in enumerate(frames, 1):
        shares = frame.series["gradient"]
        assert [math.isnan(share) for share in shares] == [False] * (passed + 1) + [True] * (4 - passed)
        assert math.fsum(shares[: passed + 1]) == pytest.approx(1)


def test_outcome_moves_with_the_branches_weight() -> None:
    """Weak branches leave the gradient to the shortest paths; at χ = 1 it is where most paths are."""
    assert finished().outcome.truth == "5 to 17"
    assert finished(chi=0.02).outcome.truth == "0 to 4"
    assert finished(chi=1.0).outcome.truth == "18 to 36"


@pytest.mark.parametrize("blocks", range(4, 61))
def test_ranges_part_all_lengths(blocks: int) -> None:
    """The four choices cover 0 to n without a gap or an overlap, at every n."""
    covered = [length for low, high in _ranges(blocks) for length in range(low, high + 1)]
    assert covered == list(range(blocks + 1))
    assert all(low <= high for low, high in _ranges(blocks))


def test_last_event_tells_the_window() -> None:
    """The run ends with the lengths that carry 95 % and the share of paths that they are."""
    event = finished().last.event
    assert "0.45 % of the paths" in event
