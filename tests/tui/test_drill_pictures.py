"""What a drill looks like in each of its steps, at a comfortable size and at the least one."""

from __future__ import annotations

import pytest

from quizapp.tui.screens.drill import DrillScreen
from quizapp.tui.screens.drill_debrief import DrillDebriefScreen
from tests.learner import Learner
from tests.tui.desk import Desk, at_home
from tests.tui.material import learn_gradients
from tests.tui.screenshots import assert_same_picture

SIZES = [(60, 18), (80, 24), (120, 36)]


async def _type(desk: Desk, text: str) -> None:
    for character in text:
        await desk.pilot.press("space" if character == " " else character)
    await desk.settle()


@pytest.mark.parametrize("size", SIZES)
async def test_every_step_of_a_drill(learner: Learner, size: tuple[int, int]) -> None:
    """Set-up, the offer of a hint, comparing, judging, the hint after it, and the debrief."""
    learn_gradients(learner)
    name = f"{size[0]}x{size[1]}"
    async with at_home(learner, size=size) as desk:
        await desk.press("d")
        assert_same_picture(desk.app, f"drill-setup-{name}")
        await desk.press("enter")
        await desk.until(lambda: desk.is_on(DrillScreen))
        await _type(desk, "It shrinks")
        await desk.press("ctrl+s")
        assert_same_picture(desk.app, f"drill-offer-{name}")
        await desk.press("enter", "space", "down")
        assert_same_picture(desk.app, f"drill-comparing-{name}")
        await desk.press("enter", "2", "2", "3")
        assert_same_picture(desk.app, f"drill-judging-{name}")
        await desk.press("2", "enter")
        assert_same_picture(desk.app, f"drill-hint-{name}")
        await desk.press("escape", "f")
        await desk.until(lambda: desk.is_on(DrillDebriefScreen))
        await desk.settle()
        assert_same_picture(desk.app, f"drill-debrief-{name}")
