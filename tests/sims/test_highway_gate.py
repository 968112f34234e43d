"""Highway nets by the bias of their gate."""

import math

import pytest

from sims import runner
from sims.highway_gate import (
    BATCH,
    NETS,
    SWEPT,
    WIDTH,
    Knobs,
    _backward,
    _forward,
    _start,
    _weights,
)
from sims.protocol import Context, KnobValue, Result


def finished(seed: int = 0, **settings: KnobValue) -> Result[Knobs]:
    """Return a finished run on the CPU."""
    return runner.result("highway-gate", settings, seed, "cpu")


@pytest.mark.parametrize(
    ("settings", "chosen"),
    [
        ({"depth": 12, "bias": 1.5}, True),
        ({"depth": 12, "bias": -3.0}, False),
        ({"depth": 3, "bias": -0.5}, True),
        ({"depth": 3, "bias": 2.0}, False),
    ],
)
def test_claims_hold_at_other_settings(settings: dict[str, KnobValue], chosen: bool) -> None:
    """The slopes follow theory; the chosen bias has a claim of its own where none stands yet and the layers suffice."""
    claims = finished(1, **settings).claims
    assert ("chosen-bias" in [claim.id for claim in claims]) is chosen
    assert [claim for claim in claims if not claim.holds] == []


def test_no_bias_is_worse_than_no_highway() -> None:
    """At b = 0 the gradient ends below the plain net's, at b = -4 above it, and the outcome says so."""
    zero, shut = finished(depth=30), finished(depth=30, bias=-4.0)
    assert zero.last.scalars["b=0"] < 1e-3 * zero.last.scalars["plain"]
    assert zero.outcome.truth == "plain"
    assert shut.outcome.truth == "highway"
    assert finished(depth=2, bias=-2.0).outcome.truth == "alike: within 2 times"


def test_gradient_by_bias_is_least_near_zero() -> None:
    """Over the swept biases the first layer's gradient falls and rises again, and its least is at b = 0."""
    ends = finished(depth=20).last.series["highway"]
    assert SWEPT[min(range(len(ends)), key=ends.__getitem__)] == 0
    assert sorted(ends[:7], reverse=True) == list(ends[:7])


def test_rough_guess_is_told_with_its_miss() -> None:
    """The last event names what was left and the guess, far below it."""
    last = finished(depth=20).last
    assert "is only a rough guess" in last.event
    place = SWEPT.index(0.0)
    assert last.series["(1-σ(b))^L"][place] == pytest.approx(2.0**-20)
    assert last.series["highway"][place] > 100 * 2.0**-20


def test_ends_are_unknown_until_the_first_layer_is_reached() -> None:
    """The sweep is NaN before the last frame, and the profile fills from the output back."""
    *before, last = runner.run("highway-gate", {"depth": 3}, device="cpu")
    assert all(math.isnan(value) for frame in before for value in frame.series["highway"])
    assert all(map(math.isfinite, last.series["highway"]))
    assert [math.isnan(value) for value in before[3].series["chosen b"]] == [True, True, False, False]


def test_steps_back_are_autograd_s() -> None:
    """Carry, branch and gate together give the gradient that torch's autograd gives, for every bias."""
    import torch

    knobs, context = Knobs(depth=2, bias=0.5), Context(5)
    highway = _start(knobs, context)
    h = highway.h.clone().requires_grad_()
    y = h
    for layer in range(2):
        branch_weights, gate_weights = (w.mT.unsqueeze(1) for w in _weights(context, layer))
        gate = torch.sigmoid(y @ gate_weights + highway.bias)
        y = gate * (torch.tanh(y) @ branch_weights) + (1 - gate) * y
    (expected,) = torch.autograd.grad((y * highway.cotangent).sum(), h)
    for layer in range(2):
        _forward(context, highway, layer)
    assert torch.allclose(highway.h, y.detach(), atol=1e-5)
    for layer in (1, 0):
        _backward(context, highway, layer)
    rms = expected.square().mean(dim=(2, 3)).sqrt().flatten()  # (NETS · biases,)
    assert highway.h.shape == (NETS, len(knobs.biases), BATCH, WIDTH)
    assert highway.logs[-1] == pytest.approx(rms.log().tolist(), abs=1e-4)
