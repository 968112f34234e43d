"""Projection shortcuts: real errors, silent sums, blind pixels, and chains."""

import math

import pytest

from sims import runner, theory_shortcut
from sims.projection_shortcut import IDENTITY_BLOCKS, PROJECTION_BLOCKS, WIDTH, Knobs
from sims.protocol import KnobValue, Result


def finished(seed: int = 0, **settings: KnobValue) -> Result[Knobs]:
    """Return a finished run on the CPU."""
    return runner.result("projection-shortcut", settings, seed, "cpu")


def first_event(**settings: KnobValue) -> str:
    """Return what the first frame says."""
    return next(runner.run("projection-shortcut", settings, device="cpu")).event


def test_the_error_is_torch_s_own() -> None:
    """Mismatching channels raise the very words that torch has for them; matching shapes raise nothing."""
    import torch

    with pytest.raises(RuntimeError) as refused:
        torch.zeros(1, 16, 8, 8) + torch.zeros(1, 32, 8, 8)
    event = first_event(inputs="16", outputs="32", stride="1")
    assert event == f"x + F(x): {refused.value} (RuntimeError)"
    assert "fits" in first_event(inputs="32", outputs="32", stride="1")


def test_silent_sums_have_too_many_numbers() -> None:
    """(16,) + (16, 1) becomes (16, 16), and the prediction's truth says so."""
    result = finished()
    assert result.outcome.truth == "a result (16, 16)"
    assert result.last.scalars["(8, 1) + (8, 32) numbers"] == 256


@pytest.mark.parametrize(("stride", "blind"), [("1", 0.0), ("2", 0.75), ("4", 0.9375)])
@pytest.mark.parametrize("option", ["A", "B"])
def test_stride_leaves_pixels_out(stride: str, blind: float, option: str) -> None:
    """1 − 1/s² of the pixels get no gradient, by either option; pooling first gives all of them some."""
    s = finished(stride=stride, option=option).last.scalars
    assert s["blind, strided"] == blind
    assert s["blind, pooled"] == 0


def test_heat_map_shows_the_chosen_shortcut() -> None:
    """Strided, only every second pixel of every second row has a gradient; pooled, every pixel has."""
    rows = [finished().last.series[f"row {row}"] for row in range(1, 9)]
    seen = [(row, column) for row in range(8) for column in range(8) if rows[row][column] > 0]
    assert seen == [(row, column) for row in range(0, 8, 2) for column in range(0, 8, 2)]
    assert all(value > 0 for value in finished(pool_first="yes").last.series["row 2"])


def test_option_a_pads_drops_and_costs_nothing() -> None:
    """A has no parameters, keeps the old channels, puts zeros in the new ones, and drops a surplus."""
    import torch

    from sims.shortcuts import Shape, shortcut

    x = torch.arange(2.0 * 16).reshape(1, 2, 4, 4)
    wider = shortcut(x, Shape(2, 3, 2, padded=True, pooled=False), None)
    assert torch.equal(wider[:, :2], x[:, :, ::2, ::2])
    assert torch.equal(wider[:, 2], torch.zeros(1, 2, 2))
    assert shortcut(x, Shape(2, 1, 1, padded=True, pooled=False), None).shape == (1, 1, 4, 4)
    assert finished(option="A").last.scalars["shortcut parameters"] == 0
    assert finished(option="C").last.scalars["shortcut parameters"] == 64 * 128


@pytest.mark.parametrize("seed", [3, 4])
def test_chains_follow_theory(seed: int) -> None:
    """The identity's cond is the semicircle's to 8 percent; the projections' largest σ is within a decade."""
    last = finished(seed).last
    expected = 0.2 * math.sqrt(2 * IDENTITY_BLOCKS) / math.log(10)
    assert last.scalars["log10 cond, identity"] == pytest.approx(expected, rel=0.08)
    rates = theory_shortcut.product_rates(WIDTH, 1.01)
    middle = last.series["projection"][WIDTH // 2]
    assert math.log(middle) / PROJECTION_BLOCKS == pytest.approx(rates[WIDTH // 2], abs=0.05)


def test_projections_hide_their_damage_from_an_rms() -> None:
    """The projections' RMS stays within a factor of two of 1 while their cond passes 10^10."""
    s = finished().last.scalars
    assert 0.5 < s["RMS σ, projection"] < 2
    assert s["log10 cond, projection"] > 10


def test_conditions_grow_block_by_block() -> None:
    """Projections have no cond after their last block; the identity has one at every block."""
    series = finished().last.series
    assert all(map(math.isfinite, series["identity cond"]))
    assert [math.isfinite(value) for value in series["project cond"]] == [
        block <= PROJECTION_BLOCKS for block in range(1, IDENTITY_BLOCKS + 1)
    ]
