"""Gradients at neighbouring inputs, in plain and residual nets."""

import itertools
import math
import statistics

import pytest

from sims import runner
from sims.protocol import KnobValue, Result
from sims.shattered_gradients import (
    BOTH,
    INPUTS,
    KINDS,
    LARGEST_RESIDUAL_LAG,
    NEITHER,
    ONLY_RESIDUAL,
    POINTS,
    Knobs,
    _gradient,
)


def finished(seed: int = 0, **settings: KnobValue) -> Result[Knobs]:
    """Return a finished run on the CPU."""
    return runner.result("shattered-gradients", settings, seed, "cpu")


@pytest.mark.parametrize(
    "settings",
    [
        {"depth": 8},
        {"depth": 32, "lag": LARGEST_RESIDUAL_LAG},
        {"depth": 1, "lag": LARGEST_RESIDUAL_LAG},
        {"depth": 16, "lag": 16},
        {"residual": "naive"},
    ],
)
def test_claims_hold_at_other_settings(settings: dict[str, KnobValue]) -> None:
    """Cosines follow the theory at other depths and lags."""
    claims = finished(1, **settings).claims
    assert claims
    assert [claim for claim in claims if not claim.holds] == []


def test_shallow_keeps_and_deep_plain_shatters() -> None:
    """One layer keeps the gradient in both nets, 24 only in the scaled residual net, and naive loses it too."""
    assert finished(depth=1).outcome.truth == BOTH
    assert finished().outcome.truth == ONLY_RESIDUAL
    naive = finished(residual="naive")
    assert naive.outcome.truth == NEITHER
    assert naive.last.series["plain"][-1] < naive.last.series["residual"][-1]


def test_size_is_kept_while_direction_is_lost() -> None:
    """At lag 16 the deep plain gradient's cosine is near 0, and its RMS is still that of the cotangent, about."""
    last = finished(lag=16).last
    assert last.series["plain"][-1] < 0.3
    assert 0.5 < last.scalars["plain size"] < 2


def test_plain_curve_is_rougher_than_the_residual_one() -> None:
    """From point to point, a shattered gradient of RMS 1 moves more than twice as far as a scaled residual one."""
    series = finished().last.series

    def roughness(kind: str) -> float:
        curve = series[f"{kind} net"]
        return statistics.fmean((b - a) ** 2 for a, b in itertools.pairwise(curve))

    assert roughness("plain") > 4 * roughness("residual")


def test_first_net_s_curve_is_drawn_and_kept() -> None:
    """Curves have RMS 1 and one value a point, and the other nets do not change them."""
    frames = list(runner.run("shattered-gradients", {"depth": 4}, device="cpu"))
    of_first = frames[2 * 3 - 1].series
    for kind in KINDS:
        curve = frames[-1].series[f"{kind} net"]
        assert len(curve) == POINTS == len(INPUTS)
        assert statistics.fmean(value * value for value in curve) == pytest.approx(1, rel=1e-4)
        assert curve == of_first[f"{kind} net"]


def test_events_name_what_is_on_screen_and_what_is_not_claimed() -> None:
    """Each of the first net's frames says its kind, depth and cosine; a naive net is said to have no claim."""
    frames = list(runner.run("shattered-gradients", {"depth": 2, "residual": "naive"}, device="cpu"))
    assert frames[0].event.startswith("plain, 1 layer: cosine")
    assert "no claim" in frames[3].event
    assert [claim.id for claim in finished(depth=2, residual="naive").claims] == ["plain-cosine"]
    far = list(runner.run("shattered-gradients", {"depth": 1, "lag": 16}, device="cpu"))
    assert "too much at this lag" in far[1].event


def test_depths_not_reached_are_nan() -> None:
    """A depth has no cosine before its first net ran, and the full depth is always the last."""
    frames = list(runner.run("shattered-gradients", {"depth": 6}, device="cpu"))
    assert list(frames[0].series["depths"]) == [1, 2, 4, 6]
    assert [math.isnan(value) for value in frames[0].series["plain"]] == [False, True, True, True]


@pytest.mark.parametrize("kind", KINDS)
def test_backward_pass_is_autograd_s(kind: str) -> None:
    """The hand-written pass gives the gradient that torch's autograd gives."""
    import torch

    generator = torch.Generator().manual_seed(3)
    skip, branch = Knobs().weights(kind, 5)
    h = torch.randn(6, 12, generator=generator).requires_grad_()
    cotangents = torch.randn(2, 1, 12, generator=generator)
    matrices = [torch.randn(12, 12, generator=generator) / 3 for _ in range(5)]
    y = h
    for matrix in matrices:
        y = skip * y + branch * torch.relu(y) @ matrix.T
    expected = [torch.autograd.grad((y * one).sum(), h, retain_graph=True)[0] for one in cotangents]
    found = _gradient(h.detach(), cotangents, matrices, (skip, branch))
    assert torch.allclose(found, torch.stack(expected), atol=1e-5)
