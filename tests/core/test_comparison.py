"""Two runs side by side: what differs, whose curve is whose, axes that agree, and the axes that the learner turned."""

from dataclasses import replace

from quizapp.core.axes import Axes
from quizapp.core.chart import Axis, Chart, Series
from quizapp.core.comparison import (
    THE_SAME,
    beside,
    claim_rows,
    difference_words,
    overlaid,
    scalar_rows,
)
from quizapp.core.experiment import Experiment
from sims import catalogue
from sims.protocol import Claim, Frame, View

SIMULATION = catalogue.get("vanishing-gradients")
A = Experiment(SIMULATION, SIMULATION.knobs())
VIEW = View("one", "Title", "x", "y", log_y=True)


def claim(name: str, measured: float = 1.0) -> Claim:
    """Return a claim of this name."""
    return Claim(name, f"{name}.", 1.0, measured, 0.1, "s")


def test_only_what_differs_is_named() -> None:
    """Knobs, seed and device, on both sides; nothing else."""
    b = replace(A.turned("gain", 1.1).turned("activation", "tanh"), seed=3)
    assert difference_words(A, b) == (
        "gain 0.9, activation relu, seed 0",
        "gain 1.1, activation tanh, seed 3",
    )
    assert difference_words(A, A) == (THE_SAME, THE_SAME)


def test_curves_are_overlaid_with_their_owners() -> None:
    """Each of A's curves lies under B's of the same name; theory stays B's; what only A has comes last."""
    a = Chart((Series("x", (1.0,)), Series("x", (2.0,), faint=True), Series("gone", (3.0,))))
    b = Chart((Series("x", (5.0,), faint=True), Series("x", (4.0,)), Series("new", (6.0,))))
    drawn = [(series.label, series.values, series.faint, series.twin) for series in overlaid(a, b).series]
    assert drawn == [
        ("B x", (5.0,), True, ""),
        ("B x", (4.0,), False, ""),
        ("A x", (1.0,), False, "B x"),
        ("B new", (6.0,), False, ""),
        ("A gone", (3.0,), False, "B gone"),
    ]


def test_two_charts_share_their_axes() -> None:
    """Both hold all values of both, bands included; on a log axis those above zero."""
    a = Chart((Series("x", (1.0, 2.0)),), y=Axis("y", log=True))
    b = Chart((Series("x", (0.0, 5.0, float("inf")), high=(9.0,)),), y=Axis("y", log=True))
    left, right = beside(a, b, ("gain 1", "gain 2"))
    assert left.y == right.y == Axis("y", log=True, low=1.0, high=9.0)
    assert (left.x, right.x.high) == (right.x, 2.0)
    assert (left.title, right.title) == ("A  gain 1", "B  gain 2")


def test_nothing_to_hold_leaves_the_axes_open() -> None:
    """Empty charts are no error."""
    left, _ = beside(Chart(()), Chart(()), ("", ""))
    assert (left.y.low, left.y.high, left.x.low) == (None, None, None)


def test_figures_stand_side_by_side() -> None:
    """What both have, less theory, with the difference; a claim that one does not make is missing there."""
    rows = scalar_rows(
        Frame(1, 1, {"a": 1.0, "a, theory": 2.0, "only": 3.0}), Frame(1, 1, {"a": 3.0, "a, theory": 9.0})
    )
    assert [(row.name, row.a, row.b, row.difference) for row in rows] == [("a", 1.0, 3.0, 2.0)]
    told = claim_rows((claim("one"), claim("two")), (claim("two", 5.0), claim("three")))
    assert [(row.statement, row.a is None, row.b is None) for row in told] == [
        ("one.", False, True),
        ("two.", False, False),
        ("three.", True, False),
    ]


def test_an_axis_is_turned_in_its_view_alone() -> None:
    """Turned twice it is as declared; words tell what is turned."""
    other = replace(VIEW, name="other")
    axes = Axes().toggled(VIEW, "y")
    assert not axes.applied(VIEW).log_y
    assert axes.applied(other) == other
    assert (axes.words(VIEW), axes.words(other)) == ("y linear", "")
    both = axes.toggled(VIEW, "x")
    assert both.words(VIEW) == "x log, y linear"
    assert both.toggled(VIEW, "x").toggled(VIEW, "y") == Axes()
