"""The failed runs that a mock interview shows do fail in the way that their model answers say; each is really run."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from quizapp.core.drill.failure import Failure
from quizapp.core.drill.failures import BY_NAME, FAILURES
from sims import run
from sims.protocol import Frame


def _slope_is_steady(frame: Frame) -> bool:
    """Whether 50 layers leave about 0.005 at a constant factor near 0.9."""
    plain = frame.series["plain"]
    halves = math.log(plain[0] / plain[25]), math.log(plain[25] / plain[50])
    return 0.002 < plain[0] < 0.01 and abs(halves[0] - halves[1]) < 0.5


def _overflows(frame: Frame) -> bool:
    """Whether the stream passes 65504 at about block 28 to 31, and its squares at about half of that."""
    s = frame.scalars
    ratio = s["naive first non-finite x²"] / s["naive first non-finite block"]
    return 27 <= s["naive first non-finite block"] <= 32 and 0.3 < ratio < 0.6


SYMPTOMS: dict[str, Callable[[Frame], bool]] = {
    "early-layers-stand-still": _slope_is_steady,
    "nan-in-half-precision": _overflows,
    "deeper-is-worse": lambda f: f.series["plain 32"][-1] > 0.3 > f.series["plain 8"][-1],
    "gated-net-worse-than-plain": lambda f: f.scalars["b=0"] < f.scalars["plain"] / 1000,
    "stuck-at-chance": lambda f: (
        min(f.scalars["post"], f.scalars["post+clip"]) > 1.5 > f.scalars["post+warmup"]
    ),
    "infinite-at-step-two": lambda f: (
        f.scalars["free L=20 died"] <= 2 and 1e-4 < f.scalars["clipped L=20 distance"] < 0.01
    ),
    "too-many-numbers": lambda f: f.scalars["(16,) + (16, 1) numbers"] == 256,
    "all-directions-lost": lambda f: (
        f.scalars["log10 cond, projection"] > 10 and f.scalars["RMS σ, projection"] > 0.5
    ),
    "a-cliff-at-one-block": lambda f: f.series["1 missing"][0] < f.series["all skips"][0] / 3,
    "all-tokens-alike": lambda f: f.series["no skip"][4] < -6 < f.series["with skip"][-1],
}


def test_every_failed_run_has_its_symptom() -> None:
    """None is left out of what follows."""
    assert set(SYMPTOMS) == set(BY_NAME)


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.name)
def test_a_failed_run_fails_as_it_is_told(failure: Failure) -> None:
    """Its last frame shows the symptom, everything that is drawn is there, and something is told of each event named."""
    last, events = Frame(0, 1), []
    for frame in run(failure.simulation, seed=0, device="cpu", **dict(failure.settings)):
        last = frame
        events += [frame.event] if frame.event else []
    assert last.is_last
    assert SYMPTOMS[failure.name](last)
    assert {key for key, _ in failure.shown} <= set(last.series)
    assert {key for key, _ in failure.figures} <= set(last.scalars)
    told = failure.told(last, events)
    assert len(told) == len(failure.figures) + len(failure.events)
