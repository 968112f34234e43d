"""Gradients through plain and residual stacks."""

import math

import pytest

from sims import runner, theory
from sims.protocol import KnobValue, Result
from sims.vanishing_gradients import NETS, Knobs


def finished(**settings: KnobValue) -> Result[Knobs]:
    """Return a finished run on the CPU, seed 0."""
    return runner.result("vanishing-gradients", settings, device="cpu")


@pytest.mark.parametrize(
    "settings",
    [
        {"activation": "linear"},
        {"activation": "tanh", "gain": 1.0},
        {"activation": "tanh", "gain": 1.5, "depth": 100},
        {"activation": "sigmoid", "gain": 1.0},
        {"scaling": "inv-sqrt-L"},
        {"branch": 0.3, "depth": 20},
        {"gain": 1.5, "depth": 100},
        {"width": 256, "depth": 20},
    ],
)
@pytest.mark.parametrize("seed", [1])
def test_claims_hold_at_other_settings(settings: dict[str, KnobValue], seed: int) -> None:
    """The slopes follow mean-field theory for other activations, gains, scalings and depths."""
    claims = runner.result("vanishing-gradients", settings, seed, "cpu").claims
    assert claims
    assert [claim for claim in claims if not claim.holds] == []


def test_plain_vanishes_and_residual_explodes() -> None:
    """At the defaults plain ends near 0.9^50 and residual near 1.81^25, so neither is near 1."""
    result = finished()
    assert result.last.scalars["plain"] == pytest.approx(0.9**50, rel=0.5)
    assert result.last.scalars["residual"] == pytest.approx(1.81**25, rel=0.5)
    assert str(result.outcome.truth).startswith("neither")


def test_scaled_residual_is_the_one_near_one() -> None:
    """With α = 1/√L the residual net's gradient arrives within a factor of 2 of 1."""
    result = finished(scaling="inv-sqrt-L")
    assert result.outcome.truth == "residual"
    assert 0.5 < result.last.scalars["residual"] < 2


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_known_mismatch_is_neither_claimed_nor_drawn(activation: str) -> None:
    """Residual with a saturating activation has no claim and no theory line, and an event says so."""
    frames = list(runner.run("vanishing-gradients", {"activation": activation, "depth": 10}, device="cpu"))
    assert "residual" not in frames[-1].theory
    assert "plain" in frames[-1].theory
    assert any("no claim" in frame.event for frame in frames)
    assert [claim.id for claim in finished(activation=activation, depth=10).claims] == ["plain-slope"]


def test_narrow_nets_claim_nothing() -> None:
    """Below width 128 no claim is made, and an event says why."""
    frames = list(runner.run("vanishing-gradients", {"width": 96, "depth": 4}, device="cpu"))
    assert any("too far from infinite width" in frame.event for frame in frames)
    assert finished(width=96, depth=4).claims == ()


def test_log_carry_goes_on_where_fp32_ends() -> None:
    """A sigmoid stack passes below the smallest fp32 number, says so once, and still matches theory."""
    settings: dict[str, KnobValue] = {"activation": "sigmoid", "depth": 100}
    frames = list(runner.run("vanishing-gradients", settings, device="cpu"))
    underflows = [frame.event for frame in frames if "underflow" in frame.event]
    assert len(underflows) == 1
    final = frames[-1].series["plain"][0]
    assert 0 < final < theory.SMALLEST["fp32"]
    expected = theory.log_gradients("sigmoid", 0.9, 100)[0]
    assert math.log(final) / 100 == pytest.approx(expected / 100, abs=0.02)


def test_profile_fills_from_the_output_back() -> None:
    """Layers not reached yet are NaN; the output is 1; each frame adds one layer."""
    frames = [
        f
        for f in runner.run("vanishing-gradients", {"depth": 5}, device="cpu")
        if not math.isnan(f.scalars["plain slope"])
    ]
    assert len(frames) == 5
    for reached, frame in enumerate(frames, 1):
        plain = frame.series["plain"]
        assert len(plain) == 6
        assert [math.isnan(value) for value in plain] == [True] * (5 - reached) + [False] * (reached + 1)
        assert plain[-1] == 1


def test_histogram_counts_every_net() -> None:
    """Each histogram adds up to the number of nets and has its weight near the median net."""
    result = finished()
    for kind in ("plain", "residual"):
        counts = result.last.series[f"{kind} nets"]
        assert sum(counts) == NETS
        assert len(counts) == len(result.last.series["decades"])
        assert sum(counts[7:14]) > NETS / 2


def test_backward_pass_is_autograd_s() -> None:
    """The hand-written step back gives the gradient that torch's autograd gives."""
    import torch

    from sims import nets
    from sims.protocol import Context
    from sims.vanishing_gradients import _backward, _forward, _stacks

    knobs, context = Knobs(depth=3, width=32, activation="tanh", branch=0.7), Context(5)
    stacks = _stacks(knobs, context)
    h = stacks["residual"].h.clone().requires_grad_()
    y = h
    for layer in range(3):
        weights = nets.layer_weights(context, layer, NETS, 32, "tanh", knobs.gain)
        y = y + 0.7 * torch.bmm(torch.tanh(y), weights.mT)
    (expected,) = torch.autograd.grad((y * stacks["residual"].cotangent).sum(), h)
    for layer in range(3):
        _forward(knobs, context, stacks, layer)
    for layer in (2, 1, 0):
        _backward(knobs, context, stacks, layer)
    _, rms = nets.unit_rms(expected)
    assert stacks["residual"].logs[-1] == pytest.approx(rms.log().tolist(), abs=1e-5)
