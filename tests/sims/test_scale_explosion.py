"""The residual stream's growth, its cures, and where number formats end."""

import math

import pytest

from sims import runner
from sims.protocol import KnobValue, Result
from sims.scale_explosion import SHOWN, Knobs


def finished(seed: int = 0, **settings: KnobValue) -> Result[Knobs]:
    """Return a finished run on the CPU."""
    return runner.result("scale-explosion", settings, seed, "cpu")


@pytest.mark.parametrize(
    "settings",
    [
        {"c": 0.5},
        {"c": -0.25, "depth": 100},
        {"c": 1.0, "depth": 100},
        {"depth": 10},
        {"schemes": "norms", "depth": 96},
        {"schemes": "multipliers", "depth": 100},
        {"dtype": "bf16", "schemes": "multipliers"},
        {"dtype": "fp16", "depth": 8},
    ],
)
@pytest.mark.parametrize("seed", [1])
def test_claims_hold_at_other_settings(settings: dict[str, KnobValue], seed: int) -> None:
    """The growth laws hold at other correlations, depths, schemes and formats."""
    claims = finished(seed, **settings).claims
    assert claims
    assert [claim for claim in claims if not claim.holds] == []


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize(("c", "first", "last"), [(1.0, 14, 15), (0.0, 28, 31)])
def test_fp16_overflows_where_the_growth_law_meets_its_end(
    c: float, first: int, last: int, seed: int
) -> None:
    """Doubling ends fp16 at block 14 or 15, growing by √2 at block 28 to 31; it is an event and a claim."""
    settings: dict[str, KnobValue] = {"dtype": "fp16", "c": c, "schemes": "unscaled", "depth": 32}
    frames = list(runner.run("scale-explosion", settings, seed, "cpu"))
    block = frames[-1].scalars["corr first non-finite block"]
    assert first <= block <= last
    assert f"overflow at block {block:.0f} (fp16): corr" in frames[int(block) - 1].event
    assert math.isfinite(frames[-1].series["corr"][int(block) - 1])
    assert frames[-1].series["corr"][int(block)] == math.inf
    claims = {claim.id: claim for claim in finished(seed, **settings).claims}
    assert claims["fp16-overflow"].holds
    assert "correlated-growth" not in claims


def naive_size(result: Result[Knobs]) -> float:
    """Return the outcome, which is a number."""
    truth = result.outcome.truth
    assert isinstance(truth, float)
    return truth


def test_fp32_squares_overflow_long_before_the_stream() -> None:
    """At c = 1 x.square().mean() is inf at block 59 or 60 while x itself, and its RMS here, stay finite to the end."""
    result = finished(c=1.0, depth=100, schemes="unscaled")
    claims = {claim.id: claim for claim in result.claims}
    assert claims["fp32-squares"].holds
    assert math.isnan(result.last.scalars["corr first non-finite block"])
    assert result.last.series["corr"][-1] == pytest.approx(2.0**100, rel=1e-4)


def test_overflow_changes_the_prediction_s_answer() -> None:
    """In fp32 the answer is a size; in fp16, where the stream overflows, it is infinity, and the reason says where."""
    assert math.isfinite(naive_size(finished(schemes="unscaled")))
    overflowed = finished(schemes="unscaled", dtype="fp16").outcome
    assert overflowed.truth == math.inf
    assert "fp16 ends at 65504" in overflowed.reason


@pytest.mark.parametrize("depth", [2, 3, 5, 8, 100])
def test_naive_answer_is_the_same_law_at_every_depth(depth: int) -> None:
    """The answer follows √2 per block at small and large depths, within the claim's tolerance."""
    result = finished(schemes="unscaled", depth=depth)
    assert abs(math.log(naive_size(result)) / depth - math.log(2) / 2) < 0.045


def test_opposite_branch_cancels_exactly() -> None:
    """c = -1 leaves exactly nothing, which is an event and a claim without tolerance."""
    frames = list(runner.run("scale-explosion", {"c": -1.0, "depth": 3}, device="cpu"))
    assert frames[-1].series["corr"] == (1.0, 0.0, 0.0, 0.0)
    assert "corr is exactly 0 from block 1" in frames[0].event
    cancelled = [claim for claim in finished(c=-1.0, depth=3).claims if claim.id == "cancelled"]
    assert [(claim.holds, claim.tolerance) for claim in cancelled] == [(True, 0.0)]


@pytest.mark.parametrize("schemes", list(SHOWN))
def test_naive_is_always_shown(schemes: str) -> None:
    """Every choice of schemes runs what it says, the naive one among them."""
    frame = finished(schemes=schemes, depth=2).last
    assert set(frame.theory) == set(SHOWN[schemes])
    assert "naive" in frame.series


def test_safe_rms_sees_to_the_formats_ends() -> None:
    """The RMS is right where squares over- or underflow, and passes inf and NaN on, net by net."""
    import torch

    from sims import nets

    values = torch.tensor([3e38, 1e-40, 0.0, 2.0, math.inf, math.nan])
    rms = nets.safe_rms(values.reshape(6, 1, 1).expand(6, 2, 3)).tolist()
    assert rms[:4] == pytest.approx([3e38, 1e-40, 0.0, 2.0], rel=1e-3)
    assert rms[4] == math.inf
    assert math.isnan(rms[5])
