"""How well the learner is calibrated, on the screen."""

from __future__ import annotations

import pytest

from quizapp.services import calibration
from quizapp.tui.screens.calibration import CalibrationScreen
from quizapp.tui.screens.home import HomeScreen
from tests.learner import Learner
from tests.services.test_calibration import keep
from tests.tui.desk import at_home, studying


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (140, 40)])
async def test_c_on_home_shows_the_tallies(learner: Learner, size: tuple[int, int]) -> None:
    """In words, by simulation and over time, with a curve from the second week on; esc goes back."""
    learner.learn("Alpha")
    keep(learner, "10⁵", "10⁷")
    learner.clock.forward(days=14)
    keep(learner, "10⁷", "10⁷", hit=True)
    keep(learner, "plain", "plain", hit=True, simulation="vanishing-gradients")
    async with at_home(learner, size=size) as desk:
        await desk.press("c")
        assert desk.is_on(CalibrationScreen)
        shown = " ".join(" ".join(desk.shown).replace("│", " ").split())
        assert "3 predictions, 2 right, sizes off by 1.0 decades, mostly too low." in shown
        await desk.press(*["down"] * 30)
        assert any("Mar 2026" in line for line in desk.shown)
        await desk.press("escape")
        assert desk.is_on(HomeScreen)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
async def test_no_line_of_a_table_breaks_and_the_course_is_drawn(
    learner: Learner, size: tuple[int, int]
) -> None:
    """A long name gives room to its figures, also after a resize; enough predictions make columns with what they are."""
    learner.learn("Alpha")
    for _ in range(3):
        for _ in range(5):
            keep(learner, "10⁵", "10⁷", hit=True, simulation="a-simulation-with-quite-a-long-name-for-one")
        learner.clock.forward(days=7)
    async with at_home(learner, size=size) as desk:
        await desk.press("c")
        assert any("right by week, %" in line for line in desk.shown)
        for width in (size[0], 60):
            await desk.resize(width, size[1])
            await desk.press(*["down"] * 6)
            (line,) = (line for line in desk.shown if "a-simulation" in line)
            assert line.replace("│", " ").split()[1:3] == ["15", "100"]
            (head,) = (line for line in desk.shown if "by simulation" in line)
            assert "bias" in head
            await desk.press(*["up"] * 6)


async def test_without_predictions_the_key_does_nothing(learner: Learner) -> None:
    """There is nothing to show yet."""
    learner.learn("Alpha")
    async with at_home(learner) as desk:
        await desk.press("c")
        assert desk.is_on(HomeScreen)
        assert "Calibration" not in desk.footer


async def test_the_end_of_a_session_tells_of_its_predictions(learner: Learner) -> None:
    """How many were made since it began, and how many were right; none, no word."""
    learner.learn("Alpha")
    keep(learner, "10⁵", "10⁷")
    learner.clock.forward(minutes=5)
    async with studying(learner) as desk:
        keep(learner, "10⁷", "10⁷", hit=True)
        await desk.press("space", "4")
        assert "1 prediction, 1 right" in desk.summary


def test_the_screen_and_the_command_tally_alike(learner: Learner) -> None:
    """One use case gives both their figures."""
    keep(learner, "10⁵", "10⁷")
    shown = calibration.calibration(learner.workspace)
    assert calibration.tallied(shown)["count"] == shown.everything.count == 1
