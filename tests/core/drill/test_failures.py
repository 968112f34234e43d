"""Failed runs as data: their simulations, knobs and series exist, and nothing shown gives the cause away."""

from __future__ import annotations

import pytest

from quizapp.core.chart import draw, to_text
from quizapp.core.drill.failure import Failure
from quizapp.core.drill.failures import BY_NAME, FAILURES, failures_of
from sims import catalogue
from sims.protocol import Frame, knob_values, knobs_from_text

each = pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.name)


@each
def test_its_simulation_takes_its_knobs(failure: Failure) -> None:
    """As the worker would."""
    simulation = catalogue.get(failure.simulation)
    taken = knob_values(knobs_from_text(simulation, dict(failure.settings)))
    assert dict(failure.settings).keys() <= taken.keys()


@each
def test_it_shows_something_under_neutral_names(failure: Failure) -> None:
    """A series or a figure; no name on the screen is one of the simulation's own, which would tell."""
    assert failure.shown or failure.figures
    own = {key for key, _ in failure.shown}
    assert not own & {label for _, label in failure.shown}
    assert len(failure.points) >= 4
    assert failure.cause not in failure.question


def test_names_are_given_once() -> None:
    """A drill is kept with them."""
    assert len(BY_NAME) == len(FAILURES)
    assert [one.name for one in failures_of(["warmup", "no-such"])] == ["stuck-at-chance"]


def test_figures_and_events_come_from_the_frame() -> None:
    """Events are told in other words, each once, and those without words are not told."""
    failure = BY_NAME["nan-in-half-precision"]
    events = ["overflow at block 28 (fp16): naive; overflow at block 28 (fp16): corr"] * 2
    assert failure.told(Frame(1, 1), events) == ("the stream is inf from block 28 on",)
    assert failure.told(Frame(1, 1), ["pre is below 0.3"]) == ()
    numbers = BY_NAME["too-many-numbers"].told(Frame(1, 1, {"(16,) + (16, 1) numbers": 256.0}), [])
    assert numbers == ("numbers in y where x has 16: 256",)


def test_the_chart_has_the_neutral_names() -> None:
    """And the values of the frame."""
    chart = BY_NAME["early-layers-stand-still"].chart(
        Frame(1, 1, {}, {"plain": (0.005, 1.0), "residual": (9.0, 1.0)})
    )
    assert chart is not None
    text = to_text(draw(chart, 60, 12))
    assert "your net" in text
    assert "plain" not in text
    assert "residual" not in text
