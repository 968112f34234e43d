"""Depth, plain and residual."""

import math

import pytest

from sims import runner
from sims.degradation import CHANCE, COLUMNS, ROW_NAMES, SIMULATION, Knobs
from sims.protocol import Frame, KnobValue, Result

QUICK: dict[str, KnobValue] = {"deepest": "16", "steps": 50}


def frames(**settings: KnobValue) -> list[Frame]:
    """Return the frames of a run on the CPU, seed 0."""
    return list(runner.run("degradation", settings, device="cpu"))


def finished(seed: int = 0, settings: dict[str, KnobValue] | None = None) -> Result[Knobs]:
    """Return a finished run on the CPU."""
    return runner.result("degradation", settings or {}, seed, "cpu")


@pytest.fixture(scope="module")
def usual() -> Result[Knobs]:
    """A run at the defaults, of a seed that no other test takes."""
    return finished(seed=5)


def test_depth_alone_makes_the_plain_net_fail(usual: Result[Knobs]) -> None:
    """The same layers learn at 4 blocks and stay at chance at 32, where the residual net learns."""
    s = usual.last.scalars
    assert s["plain 4 right"] > 0.99
    assert s["residual 32 right"] > 0.97
    assert s["plain 32"] == pytest.approx(CHANCE, abs=0.1)
    assert s["plain 4"] < s["residual 4"]


def test_the_map_shows_one_net_that_decides_and_one_that_does_not(usual: Result[Knobs]) -> None:
    """The residual half of the map holds sure answers of both kinds; the plain half holds none."""
    rows = [usual.last.series[name] for name in ROW_NAMES]
    plain = [cell for row in rows for cell in row[:COLUMNS]]
    residual = [cell for row in rows for cell in row[COLUMNS + 1 :]]
    assert len(plain) == len(residual) == COLUMNS * len(ROW_NAMES)
    assert all(math.isnan(row[COLUMNS]) for row in rows)
    assert min(residual) < 0.05
    assert max(residual) > 0.95
    assert max(plain) - min(plain) < max(residual) - min(residual)


def test_the_outcome_and_the_words_follow_the_figures(usual: Result[Knobs]) -> None:
    """The truth of the sketch is the plain nets' losses, and the explanation quotes them."""
    s = usual.last.scalars
    assert usual.outcome.truth == tuple(s[f"plain {depth}"] for depth in (4, 8, 16, 32))
    assert f"{s['plain 32']:.2g}" in usual.explanation
    assert "not that plain layers are bad" in usual.explanation


def test_curves_begin_before_training_and_fill_up() -> None:
    """The first frame holds the untrained losses alone; the last holds a loss for every step on the axis."""
    first, *_, last = frames(**QUICK)
    assert [math.isnan(value) for value in first.series["plain 16"]] == [False] + [True] * (first.total - 1)
    assert last.series["steps"][0] == 0
    assert last.series["steps"][-1] == 50
    assert all(map(math.isfinite, last.series["plain 16"]))
    assert last.series["plain"][-1] == last.series["plain 16"][-1]
    assert "lower loss at 4 blocks: plain" in last.event


def test_orthogonal_tanh_layers_are_the_exception() -> None:
    """Where plain nets are isometric, the plain net of 64 blocks trains and a claim says so."""
    isometric: dict[str, KnobValue] = {"activation": "tanh", "init": "orthogonal", "rate": "3e-4"}
    result = finished(1, isometric | {"deepest": "64", "norm": "off", "steps": 300})
    assert [(claim.id, claim.holds) for claim in result.claims] == [("plain-isometric", True)]
    assert "not the only one" in result.explanation


def test_an_unscaled_residual_net_without_norm_starts_from_an_absurd_loss() -> None:
    """At 64 blocks of x + F(x) the first loss is millions, the event says so, and nothing becomes NaN."""
    broken = frames(deepest="64", norm="off", branch="1", steps=50)
    assert broken[0].scalars["residual 64"] > 1e6
    assert "starts from a loss of" in broken[0].event
    assert math.isfinite(broken[-1].scalars["residual 64"])


@pytest.mark.parametrize("rate", ["3e-4", "1e-3"])
def test_nothing_is_claimed_where_nothing_is_robust(rate: str) -> None:
    """With another learning rate the plain nets' losses overlap, so that no claim is made."""
    assert finished(0, QUICK | {"rate": rate}).claims == ()


def test_nothing_is_claimed_of_deep_nets_after_few_steps(usual: Result[Knobs]) -> None:
    """At 100 steps one of 20 was just below .6; at 150 and 300 none."""

    def claimed(steps: int) -> set[str]:
        return {claim.id for claim in SIMULATION.claims(Knobs(steps=steps), usual.last)}

    assert "plain-deep" not in claimed(100)
    assert "plain-deep" in claimed(150) & claimed(300)
