"""Weight gradients of Pre-LN and Post-LN transformers at initialisation."""

import math
from itertools import pairwise

import pytest

from sims import runner
from sims import theory_attention as theory
from sims.pre_post_norm import DEPTHS, NETS, Knobs, _shares
from sims.protocol import KnobValue, Result


def finished(seed: int = 0, **settings: KnobValue) -> Result[Knobs]:
    """Return a finished run on the CPU, by default without the sweep over depths."""
    return runner.result("pre-post-norm", {"sweep": "off"} | settings, seed, "cpu")


@pytest.mark.parametrize(
    "settings",
    [{"sublayers": "ffn", "sweep": "on"}, {"heads": "8", "mask": "none"}, {"depth": 24}, {"depth": 4}],
)
def test_claims_hold_at_other_settings(settings: dict[str, KnobValue]) -> None:
    """Slopes, profile and stream are the claimed ones without attention, without mask and at other depths."""
    claims = finished(1, **settings).claims
    assert claims
    assert [claim for claim in claims if not claim.holds] == []


def test_first_block_has_the_largest_pre_norm_gradient() -> None:
    """At the defaults the Pre-LN profile falls, the outcome says so, and the Post-LN stream stays at RMS 1."""
    result = finished()
    pre = result.last.series["pre"]
    assert pre[0] > 2 * pre[-1] == 2
    assert result.outcome.truth == "the first"
    assert result.last.series["post: RMS"][1:] == pytest.approx((1,) * 12, abs=1e-3)
    assert all(low < high for low, high in pairwise(result.last.series["pre: RMS"]))


def test_scaled_output_matrices_make_blocks_alike() -> None:
    """With GPT-2's 1/√2L the stream stays below √2, the profile is flatter, and nothing is claimed."""
    result = finished(output="inv-sqrt-2L")
    assert result.last.series["pre: RMS"][-1] < math.sqrt(2)
    assert result.last.series["pre"][0] < 0.7 * finished().last.series["pre"][0]
    assert result.claims == ()


def test_attention_alone_claims_nothing() -> None:
    """Without an FFN the gradient is the output matrix's, and no claim is made of it."""
    result = finished(sublayers="attention", depth=3)
    assert result.claims == ()
    assert len(result.last.series["pre"]) == 3


def test_forward_stream_predicts_the_backward_profile() -> None:
    """Without attention, √(q_L/q_l) by the closed form 1 + l is within 25 % of the measured gradient in every block."""
    result = finished(sublayers="ffn")
    expected = theory.pre_norm_profile(theory.unit_branch_squares(12))
    assert result.last.theory["pre"] == expected
    assert result.last.series["pre"] == pytest.approx(expected, rel=0.25)


def test_every_net_of_every_depth_runs_once() -> None:
    """The frames of each depth share out all nets, in order, and a sweep fills in the depths one after the other."""
    for depth in DEPTHS:
        assert [place for share in _shares(depth) for place in share] == list(range(NETS))
    frames = list(runner.run("pre-post-norm", {"depth": 3}, device="cpu", steps=4))
    reached = [sum(not math.isnan(value) for value in frame.series["pre, last"]) for frame in frames]
    assert reached == sorted(reached)
    assert reached[0] == 1
    assert any("flat is 1" in frame.event for frame in frames)
