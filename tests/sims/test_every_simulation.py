"""What holds for every simulation: claims, determinism, plain frames, and finite figures or an event."""

import math
from dataclasses import asdict
from typing import Any

import pytest

from sims import catalogue, runner
from sims.protocol import Frame, KnobValue, PredictionKind, knobs_of, messages
from tests.sims.settings import SHORTER, SMALL

TEACHING = ("inf", "exactly 0", "underflow", "overflow")


def extremes() -> list[tuple[str, dict[str, KnobValue]]]:
    """Return every simulation with each of its knobs at each end, and with all numbers at one end."""
    cases: list[tuple[str, dict[str, KnobValue]]] = []
    for simulation in catalogue.everything():
        name, knobs = simulation.header.name, knobs_of(simulation.knobs)
        for knob in knobs:
            ends: tuple[KnobValue, ...] = knob.choices or (
                _typed(knob.default, knob.low),
                _typed(knob.default, knob.high),
            )
            cases += [(name, SHORTER[name] | {knob.name: end}) for end in ends]
        numbers = [knob for knob in knobs if not knob.choices]
        cases.append((name, {knob.name: _typed(knob.default, knob.low) for knob in numbers}))
        cases.append((name, {knob.name: _typed(knob.default, knob.high) for knob in numbers}))
    return cases


def _typed(default: KnobValue, end: float) -> KnobValue:
    return int(end) if isinstance(default, int) else end


def lines(name: str, settings: dict[str, KnobValue], seed: int) -> list[str]:
    """Return a run's frames as the lines that stand for them: NaN is equal to itself there."""
    return [
        messages.encode(messages.frame_message(frame)) for frame in runner.run(name, settings, seed, "cpu")
    ]


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("name", catalogue.names())
def test_claims_hold_at_the_defaults(name: str, seed: int) -> None:
    """Every claim made at the defaults holds on each seed, and there are at least two."""
    claims = runner.result(name, {}, seed, "cpu").claims
    assert len(claims) >= 2
    assert [claim for claim in claims if not claim.holds] == []


@pytest.mark.parametrize("name", catalogue.names())
def test_explanations_follow_the_figures(name: str) -> None:
    """A run explains itself in two to five paragraphs with figures; one cut short says nothing."""
    paragraphs = runner.result(name, SMALL[name], device="cpu").explanation.split("\n\n")
    assert 2 <= len(paragraphs) <= 5
    assert sum(any(character.isdigit() for character in paragraph) for paragraph in paragraphs) >= 2
    begun = runner.prepare(catalogue.get(name), SMALL[name], device="cpu")
    next(begun)
    assert begun.result.explanation == ""


@pytest.mark.parametrize("name", catalogue.names())
def test_claims_are_declared_ones_in_their_order(name: str) -> None:
    """What a run claims stands in the declaration, with the same words."""
    result = runner.result(name, SMALL[name], device="cpu")
    declared = [(spec.id, spec.statement, spec.source) for spec in result.simulation.declared_claims]
    made = [(claim.id, claim.statement, claim.source) for claim in result.claims]
    assert made == [row for row in declared if row in made]


@pytest.mark.parametrize(("name", "settings"), extremes())
def test_extreme_knobs_stay_finite_or_say_so(name: str, settings: dict[str, KnobValue]) -> None:
    """At each end of each range the run ends, its claims hold, and any infinity or loss has an event that names it."""
    run = runner.prepare(catalogue.get(name), settings, device="cpu")
    events = "; ".join(frame.event for frame in run)
    result = run.result
    for key in result.simulation.views[0].series:
        if not all(map(math.isfinite, result.last.series.get(key, ()))):
            assert any(word in events for word in TEACHING), (key, events)
    assert [claim for claim in result.claims if not claim.holds] == []
    prediction, truth = result.simulation.prediction(result.knobs), result.outcome.truth
    match prediction.kind:
        case PredictionKind.CHOICE | PredictionKind.PROFILE:
            assert truth in prediction.choices
        case PredictionKind.NUMBER:
            assert isinstance(truth, float)
            assert not math.isnan(truth)
        case PredictionKind.SKETCH:
            assert isinstance(truth, tuple)
            assert len(truth) == len(prediction.bars)


@pytest.mark.parametrize("name", catalogue.names())
def test_same_seed_same_frames_other_seed_other_frames(name: str) -> None:
    """A run is a function of its knobs and its seed."""
    first = lines(name, SMALL[name], 0)
    assert first == lines(name, SMALL[name], 0)
    assert first != lines(name, SMALL[name], 1)


@pytest.mark.parametrize("name", catalogue.names())
def test_no_global_random_state_is_touched_or_read(name: str) -> None:
    """Whatever others draw from torch's global generator neither changes a run nor is changed by it."""
    import torch

    before = lines(name, SMALL[name], 0)
    torch.manual_seed(123)
    state = torch.get_rng_state()
    assert lines(name, SMALL[name], 0) == before
    assert torch.equal(torch.get_rng_state(), state)


@pytest.mark.parametrize("name", catalogue.names())
def test_frames_are_plain_and_counted(name: str) -> None:
    """Frames count 1, 2, ... to their total and hold nothing but floats and tuples of floats."""
    frames = list(runner.run(name, SMALL[name], device="cpu"))
    assert [frame.step for frame in frames] == list(range(1, frames[-1].total + 1))
    assert {frame.total for frame in frames} == {frames[-1].total}
    for frame in frames:
        assert _strays(frame) == []


@pytest.mark.parametrize("name", catalogue.names())
def test_views_find_their_series(name: str) -> None:
    """Every key that a view names stands in the last frame, and theory is drawn under a series."""
    result = runner.result(name, SHORTER[name], device="cpu")
    for view in result.simulation.views:
        for key in (*view.series, *((view.x,) if view.x else ())):
            assert key in result.last.series
    assert set(result.last.theory) <= set(result.last.series)
    assert result.last.theory


@pytest.mark.parametrize("name", catalogue.names())
def test_runs_may_be_dropped_and_interleaved(name: str) -> None:
    """Two runs side by side do not disturb each other, and a run may be left at any frame."""
    alone = lines(name, SMALL[name], 0)
    one, other = (runner.run(name, SMALL[name], seed, "cpu") for seed in (0, 1))
    woven = [messages.encode(messages.frame_message(frame)) for frame, _ in zip(one, other, strict=True)]
    assert woven == alone
    dropped = runner.run(name, SMALL[name], device="cpu")
    next(dropped)
    del dropped
    assert lines(name, SMALL[name], 0) == alone


def _strays(frame: Frame) -> list[Any]:
    """Return what in a frame is neither a float nor a tuple of floats."""
    assert set(asdict(frame)) == {"step", "total", "scalars", "series", "theory", "event"}
    curves = [*frame.series.values(), *frame.theory.values()]
    numbers = [*frame.scalars.values(), *(value for curve in curves for value in curve)]
    return [value for value in numbers if type(value) is not float] + [
        c for c in curves if type(c) is not tuple
    ]
