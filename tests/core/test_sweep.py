"""A knob's range as values, and what a sweep over them draws."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.sweep import PLACES, Sweep, sweep_values, theory_of
from sims import catalogue
from sims.protocol import Knob, KnobValue, ViewKind, knobs_of

NUMBER = Knob("gain", 0.9, "a factor", low=0.5, high=1.5, step=0.05)
CHOICE = Knob("kind", "a", "which", choices=("a", "b", "c"))


def test_values_go_from_end_to_end_in_the_knobs_own_steps() -> None:
    """Eight at the most, both ends among them; a coarse knob has fewer, a choice all of its own."""
    assert sweep_values(NUMBER) == (0.5, 0.65, 0.8, 0.95, 1.05, 1.2, 1.35, 1.5)
    assert sweep_values(Knob("n", 64, "units", low=32, high=96, step=32)) == (32, 64, 96)
    assert sweep_values(CHOICE) == ("a", "b", "c")


def test_every_knob_takes_the_values_of_its_sweep() -> None:
    """For all simulations the values parse as their own, in order, none twice."""
    for simulation in catalogue.everything():
        for knob in knobs_of(simulation.knobs):
            values = sweep_values(knob)
            assert [knob.parse(str(value)) for value in values] == list(values)
            assert len(set(values)) == len(values) <= max(8, len(knob.choices))


@given(st.floats(-1e6, 1e6), st.floats(0.1, 1e6), st.floats(0.001, 1e3))
def test_values_stay_inside_the_range(low: float, span: float, step: float) -> None:
    """Whatever the steps, no value leaves the range, and the upper end is the last."""
    knob = Knob("x", low, "", low=low, high=low + span, step=step)
    values: tuple[KnobValue, ...] = sweep_values(knob)
    assert all(low - 1e-9 <= float(value) <= low + span for value in values)
    assert values[-1] == low + span


def test_theory_is_known_by_its_name() -> None:
    """The names that simulations use are found; nothing else is."""
    assert theory_of("slope", {"slope": 1.0, "slope, theory": 2.0}) == "slope, theory"
    assert theory_of("slope", {"theory slope": 2.0}) == "theory slope"
    assert theory_of("slope", {"slope": 1.0, "other, theory": 2.0}) == ""


def test_a_sweep_draws_what_it_has_come_to() -> None:
    """Values not run yet are gaps; theory lies under the measure; the next measure is another scalar, theory none."""
    sweep = Sweep(NUMBER, (0.5, 1.0, 1.5))
    assert sweep.measure == ""
    sweep = sweep.measured({"a": 1.0, "a, theory": 1.5, "b": -2.0}).measured({})
    assert (sweep.measure, sweep.is_over) == ("a", False)
    frame = sweep.frame
    assert (frame.step, frame.total, frame.series[PLACES]) == (2, 3, (0.5, 1.0, 1.5))
    assert repr(frame.series["a"]) == "(1.0, nan, nan)"
    assert repr(frame.theory["a"]) == "(1.5, nan, nan)"
    assert sweep.turned().measure == "b"
    assert sweep.turned().turned().measure == "a"
    assert sweep.turned().frame.theory == {}


def test_decades_are_drawn_on_a_log_axis() -> None:
    """More than two of them, all above zero; an infinity does not count."""
    sweep = Sweep(NUMBER, (0.5, 1.0, 1.5)).measured({"a": 1.0}).measured({"a": math.inf})
    assert not sweep.view.log_y
    assert sweep.measured({"a": 1e4}).view.log_y
    assert not sweep.measured({"a": -1e4}).view.log_y


def test_choices_are_bars() -> None:
    """One bar a choice, with the theory of each."""
    sweep = Sweep(CHOICE, ("a", "b", "c")).measured({"m": 1.0, "m, theory": 3.0})
    assert sweep.view.kind is ViewKind.BARS
    assert sweep.view.series == ("a", "b", "c")
    assert repr(sweep.frame.series) == "{'a': (1.0,), 'b': (nan,), 'c': (nan,)}"
    assert sweep.frame.theory["a"] == (3.0,)


@pytest.mark.parametrize("name", catalogue.NAMES)
def test_every_theory_belongs_to_a_measure(name: str) -> None:
    """A scalar that says what theory gives is named after the one that was measured, so that a sweep draws both."""
    frame = catalogue.golden(name)
    assert frame is not None
    paired = {theory_of(measure, frame.scalars) for measure in frame.scalars}
    theories = {name for name in frame.scalars if "theory" in name and "/theory" not in name}
    assert theories <= paired
