"""The largest learning rate of chains, and the cliff."""

import math

import pytest

from sims import runner
from sims.largest_learning_rate import PROBES, Knobs
from sims.protocol import KnobValue, Result


def finished(seed: int = 0, **settings: KnobValue) -> Result[Knobs]:
    """Return a finished run with few steps a trial."""
    return runner.result("largest-learning-rate", {"steps": 50} | settings, seed, "cpu")


@pytest.mark.parametrize("settings", [{"deepest": 12}, {"deepest": 32, "start": 0.01}, {"start": 0.001}])
def test_claims_hold_at_other_settings(settings: dict[str, KnobValue]) -> None:
    """Other depths and starts near the minimum meet 2/λ within 1 %."""
    claims = finished(3, **settings).claims
    assert len(claims) == 7
    assert [claim for claim in claims if not claim.holds] == []


def test_the_skip_gains_nothing_and_the_multiplier_does() -> None:
    """From 2 to 16 layers plain and residual lose a factor of 8 each, the multiplier nothing."""
    result = finished(deepest=16)
    drops = {
        chain: result.last.series[chain][0] / result.last.series[chain][-1] for chain in ("plain", "residual")
    }
    assert drops == pytest.approx({"plain": 8, "residual": 8}, rel=0.02)
    assert result.last.series["1/√L"] == pytest.approx((2.0,) * 4, rel=0.01)
    assert result.outcome.truth == "plain and residual ∏(1 + w)"


def test_the_bisection_closes_in_on_the_limit() -> None:
    """The rates tried at one depth end at its limit, and one frame shows one more of them."""
    frames = list(runner.run("largest-learning-rate", {"deepest": 4, "steps": 50}, device="cpu"))
    for place, frame in enumerate(frames[:PROBES], 1):
        assert sum(map(math.isfinite, frame.series["plain tried"])) == place
    assert frames[PROBES - 1].series["plain tried"][-1] == pytest.approx(1.0, rel=0.01)


def test_far_starts_claim_nothing_and_say_so() -> None:
    """Beyond 0.01 only the cliff makes claims, and an event tells why."""
    frames = list(
        runner.run("largest-learning-rate", {"deepest": 4, "steps": 50, "start": 0.05}, device="cpu")
    )
    assert any("no claim" in frame.event for frame in frames)
    assert "plain-rate" not in [claim.id for claim in finished(deepest=4, start=0.05).claims]


def test_overflow_is_an_event() -> None:
    """The frame in which the unclipped cliffs die names them and their step."""
    frames = list(runner.run("largest-learning-rate", {"deepest": 4, "steps": 50}, device="cpu"))
    (event,) = [frame.event for frame in frames if "overflow" in frame.event]
    assert event == "overflow, the loss is inf: free L=10 at step 2, free L=20 at step 2"


def test_clipping_settles_only_below_the_limit() -> None:
    """At rate 0.004, below 2/20², clipping brings w^20 all the way; at 0.01 it does not."""
    low = finished(deepest=4, cliff_rate=0.004, height=1.1, clip=1.0).last.scalars
    assert low["clipped L=20 distance"] < 1e-6
    assert finished(deepest=4).last.scalars["clipped L=20 distance"] > 1e-3


def test_explanation_follows_a_cliff_that_is_survived() -> None:
    """Where the unclipped cliff ends finite, the explanation gives its distance and no infinity."""
    text = finished(deepest=4, cliff_rate=0.001, height=1.1).explanation
    assert "free L=10 ended" in text
    assert "infinite" not in text
