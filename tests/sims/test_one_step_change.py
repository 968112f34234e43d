"""What one gradient step changes, by scheme and depth."""

import math

import pytest
import torch

from sims import runner
from sims.one_step_change import CURES, SCHEMES, Knobs, _start, _traces, traces_of
from sims.protocol import Context, KnobValue, Result


def finished(seed: int = 0, **settings: KnobValue) -> Result[Knobs]:
    """Return a finished run on the CPU."""
    return runner.result("one-step-change", settings, seed, "cpu")


def drawn(depth: int, width: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return weights before scaling, one input and one cotangent, in float64."""
    generator = torch.Generator().manual_seed(11)
    weights = torch.randn(depth, 2, width, width, generator=generator, dtype=torch.float64)
    x, cotangent = torch.randn(2, 1, width, generator=generator, dtype=torch.float64)
    return weights / math.sqrt(width), x, cotangent / math.sqrt(width)


def parameters(scheme: str, weights: torch.Tensor) -> list[list[torch.Tensor]]:
    """Return W, V and a of each block as this scheme starts them, to be learned (a only by ReZero)."""
    start = _start(scheme, Knobs(), len(weights))
    return [
        [
            (math.sqrt(2) * start.inner * w).requires_grad_(),
            (start.outer * v).requires_grad_(),
            torch.tensor(start.multiplier, dtype=torch.float64, requires_grad=start.learned),
        ]
        for w, v in weights
    ]


def output(blocks: list[list[torch.Tensor]], x: torch.Tensor, cotangent: torch.Tensor) -> torch.Tensor:
    """Return f = cotangent · x_L, a scalar."""
    for w, v, a in blocks:
        x = x + a * (torch.relu(x @ w.T) @ v.T)
    return (x * cotangent).sum()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_trace_is_autograd_s_and_predicts_a_step(scheme: str) -> None:
    """Θ is autograd's sum of squares, and a small step along the gradient changes f by rate times Θ."""
    weights, x, cotangent = drawn(4, 12)
    blocks = parameters(scheme, weights)
    learned = [p for block in blocks for p in block if p.requires_grad]
    before = output(blocks, x, cotangent)
    gradients = torch.autograd.grad(before, learned)
    trace = float(sum(gradient.square().sum() for gradient in gradients))
    found = traces_of([_start(scheme, Knobs(), 4)], weights, x, cotangent)
    assert found.item() == pytest.approx(trace, rel=1e-5)
    rate = 1e-6
    with torch.no_grad():
        for parameter, gradient in zip(learned, gradients, strict=True):
            parameter += rate * gradient
    assert (output(blocks, x, cotangent) - before).item() / rate == pytest.approx(trace, rel=1e-3)


def test_init_scale_and_multiplier_are_the_same_function_at_first() -> None:
    """Both give the same output from the same draws, and Θ that is not the same."""
    weights, x, cotangent = drawn(16, 12)
    outputs = [
        output(parameters(scheme, weights), x, cotangent).item() for scheme in ("init-scale", "multiplier")
    ]
    assert outputs[0] == pytest.approx(outputs[1])
    starts = [_start(scheme, Knobs(), 16) for scheme in ("init-scale", "multiplier")]
    initial, multiplied = traces_of(starts, weights, x, cotangent).flatten().tolist()
    assert initial > 5 * multiplied


@pytest.mark.parametrize("width", [8, 64])
def test_closed_forms_are_the_means_over_weights(width: int) -> None:
    """Over 200 nets of 4 blocks every scheme's mean is its closed form within five standard errors, wide or not."""
    knobs = Knobs(width=width)
    rows = torch.tensor([_traces(knobs, Context(0), net, 4) for net in range(200)])  # (nets, schemes)
    for scheme, mean, spread in zip(SCHEMES, rows.mean(0).tolist(), rows.std(0).tolist(), strict=True):
        assert abs(mean - knobs.theory(scheme, 4)) < 5 * spread / math.sqrt(200)


@pytest.mark.parametrize(
    "settings", [{"width": 32}, {"width": 128, "deepest": "32"}, {"power": 1.0}, {"power": 0.7}]
)
def test_claims_hold_at_other_settings(settings: dict[str, KnobValue]) -> None:
    """The exponents hold at other widths, depths and powers."""
    claims = finished(1, **settings).claims
    assert len(claims) == len(CURES)
    assert [claim for claim in claims if not claim.holds] == []


def test_multiplier_and_fixup_are_the_answer() -> None:
    """The outcome names the two schemes whose exponent is near 0."""
    outcome = finished().outcome
    assert outcome.truth == "multiplier and Fixup"
    assert "init-scale L^1." in outcome.reason


def test_measured_follows_theory_at_every_depth() -> None:
    """The median net of each cure is within 20 % of the closed form; the naive one lies below and is not claimed."""
    last = finished().last
    for scheme in CURES:
        assert last.series[scheme] == pytest.approx(last.theory[scheme], rel=0.2)
    assert last.scalars["naive measured/theory"] < 1
    assert "no claim" in last.event


def test_few_depths_claim_nothing() -> None:
    """Up to 16 blocks no exponent is claimed, and the last event says why."""
    result = finished(deepest="16")
    assert result.claims == ()
    assert "too few" in result.last.event
