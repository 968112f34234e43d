"""Gradients by layer in five families."""

import math

import pytest

from sims import catalogue, runner, theory_profiles
from sims.gradient_profile import DEEPEST_CLAIM, Knobs
from sims.protocol import Context, KnobValue, PredictionKind, Result


def finished(seed: int = 0, **settings: KnobValue) -> Result[Knobs]:
    """Return a finished run on the CPU."""
    return runner.result("gradient-profile", settings, seed, "cpu")


@pytest.mark.parametrize("family", theory_profiles.FAMILIES)
@pytest.mark.parametrize("gain", [0.7, 1.3])
def test_claims_hold_for_every_family(family: str, gain: float) -> None:
    """Both profiles end where theory says, and plain nets keep the invariant."""
    claims = finished(1, family=family, gain=gain, depth=12).claims
    expected = ["activation-ends", "weight-ends"] + (["invariant"] if family == "plain" else [])
    assert [claim.id for claim in claims] == expected
    assert [claim for claim in claims if not claim.holds] == []


def test_weights_do_not_show_what_activations_do() -> None:
    """A naive residual net's activation gradient explodes while its weight gradients stay alike."""
    scalars = finished(family="naive", depth=24).last.scalars
    assert scalars["activation first"] > 1000
    assert 0.5 < scalars["weight first"] < 2


def test_pre_norm_has_its_largest_weight_gradient_first() -> None:
    """In a pre-LN net the first block's weight gradient is the largest; the outcome and the event say so."""
    result = finished(depth=24)
    weight = result.last.series["weight"]
    assert max(weight) == weight[0] > 3
    assert str(result.outcome.truth).startswith("first 3")
    assert "early layers small? no: the first block's" in result.last.event


def test_too_deep_nets_claim_no_profile() -> None:
    """Where finite width counts, the profiles are not claimed and an event says so; the invariant still is."""
    result = finished(depth=DEEPEST_CLAIM + 1, family="plain")
    assert [claim.id for claim in result.claims] == ["invariant"]
    assert "too deep" in result.last.event


@pytest.mark.parametrize("what", theory_profiles.KINDS)
@pytest.mark.parametrize("family", theory_profiles.FAMILIES)
def test_prediction_draws_its_choices(what: str, family: str) -> None:
    """Every choice has its own name and a curve of as many points as the view that it is drawn over."""
    result = finished(family=family, what=what, depth=9)
    prediction = result.simulation.prediction(result.knobs)
    assert prediction.kind is PredictionKind.PROFILE
    assert len(set(prediction.choices)) == len(prediction.choices) == len(prediction.curves)
    assert {len(curve) for curve in prediction.curves} == {len(result.last.series[what])}
    assert prediction.view == what
    assert family in result.outcome.reason.split(": ")[1]


@pytest.mark.parametrize("family", theory_profiles.FAMILIES)
def test_steps_back_are_autograd_s(family: str) -> None:
    """Both gradients of every block, and the invariant, are those that torch's autograd gives."""
    import torch

    from sims import nets
    from sims.profile_stack import NETS_A_PASS, ProfileStack

    depth, shape = 3, (NETS_A_PASS + 2, 4, 32)
    stack = ProfileStack(Context(4), family, depth, 0.8, shape)
    weights = [
        torch.cat([part for _, part in stack.weights(block)]).requires_grad_() for block in range(depth)
    ]
    x = stack.x.clone().requires_grad_()
    y = x
    for weight in weights:
        branch = torch.bmm(torch.relu(nets.layer_norm(y) if family == "pre-LN" else y), weight.mT)
        y = branch if family == "plain" else y + branch / (math.sqrt(depth) if family == "scaled" else 1)
        y = nets.layer_norm(y) if family == "post-LN" else y
    gradients = torch.autograd.grad((y * stack.cotangent).sum(), [*weights, x])
    for block in range(depth):
        stack.forward(block)
    for block in reversed(range(depth)):
        log_rms, log_weight, invariant = stack.backward(block)
        assert log_weight.exp().tolist() == pytest.approx(
            gradients[block].square().sum(dim=(1, 2)).sqrt().tolist(), rel=1e-3
        )
        inner = (weights[block] * gradients[block]).sum(dim=(1, 2))
        assert invariant.tolist() == pytest.approx(inner.tolist(), rel=1e-3, abs=1e-3)
    _, rms = nets.unit_rms(gradients[-1])
    assert log_rms.exp().tolist() == pytest.approx(rms.tolist(), rel=1e-3)


def test_the_profiles_names_stand_whole_below_small_charts() -> None:
    """Four charts side by side at 80 columns leave 13 cells for a name, however large its figure is."""
    simulation = catalogue.get("gradient-profile")
    for depth in (50, 100):
        for what in ("activation", "weight"):
            for gain in (0.5, 1.0, 1.5):
                asked = simulation.prediction(Knobs(what=what, depth=depth, gain=gain))
                assert max(map(len, asked.choices)) <= 13
    assert asked.choices == ("first 3e-5", "flat", "first 8.3", "first 8e14")
