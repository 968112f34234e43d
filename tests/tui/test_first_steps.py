"""The first start: one card over the real thing, a line at each step, gone for good once done or turned down."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from quizapp.services.first_steps import offered
from quizapp.services.library import keep_bundled
from quizapp.tui.key_words import usual
from quizapp.tui.screens import first_steps as steps
from quizapp.tui.screens.first_steps import FirstStepsScreen
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.widgets.simulation_stage import Stage
from tests.learner import Learner
from tests.tui.desk import Desk, at_home
from tests.tui.material import learn_gradients


def line(desk: Desk) -> str:
    """Return the line of the first steps; empty when it is not in sight."""
    found = desk.screen.query("#first-steps").results(Static)
    return next((str(shown.render()) for shown in found if shown.display), "")


def note(desk: Desk) -> str:
    """Return Home's note."""
    return str(desk.screen.query_one("#home-note", Static).render())


async def test_one_card_shows_what_to_do(learner: Learner) -> None:
    """Question, prediction, run, answer, rating, and what happens tomorrow; then it is never offered again."""
    learn_gradients(learner)
    async with at_home(learner, size=(100, 30)) as desk:
        assert "g shows in under a minute" in note(desk)
        assert "g Show me" in desk.footer
        await desk.press("g")
        assert desk.is_on(FirstStepsScreen)
        assert "What happens to a gradient" in desk.card
        assert line(desk) == usual(steps.QUESTION)
        await desk.press("x")
        assert line(desk) == usual(steps.PREDICT)
        await desk.press("1", "enter")
        assert line(desk) == usual(steps.RUNNING)
        desk.run.finish("residual")
        await desk.until(lambda: line(desk) == usual(steps.GAP))
        await desk.press("escape")
        assert line(desk) == usual(steps.REVEAL)
        await desk.press("space")
        assert line(desk) == usual(steps.RATE)
        await desk.press("3")
        assert line(desk) == usual(steps.OVER)
        assert [card for card, *_ in desk.reviews()] == ["gradients"]
        await desk.press("q", "q")
        assert "g shows" not in note(desk)
        await desk.press("g")
        assert desk.is_on(HomeScreen)
        await desk.press("a")
        assert type(desk.screen) is StudyScreen
    assert offered(learner.workspace) is None


async def test_each_step_says_what_happened(learner: Learner) -> None:
    """A hit is no gap, and where nothing was predicted none is spoken of; a run may wait, or fail."""
    learn_gradients(learner)
    async with at_home(learner, size=(100, 30)) as desk:
        await desk.press("g", "x", "1", "enter")
        desk.run.finish("plain")
        await desk.until(lambda: line(desk) == usual(steps.HIT))
        await desk.press("right")
        await desk.until(lambda: len(desk.host.runs) == 2)
        assert line(desk) == usual(steps.UNSAID)
        desk.run.send_frame(1)
        await desk.until(lambda: desk.view.stage is Stage.RUNNING)
        await desk.press("space")
        assert line(desk) == usual(steps.HELD)
        await desk.press("space")
        desk.run.finish("plain")
        await desk.until(lambda: line(desk) == usual(steps.MEASURED))
        await desk.press("r")
        desk.run.fail()
        await desk.until(lambda: line(desk) == usual(steps.FAILED))


async def test_the_steps_may_be_taken_in_another_order(learner: Learner) -> None:
    """Who looks at the answer first is told how to rate; who rates is done."""
    learn_gradients(learner)
    async with at_home(learner) as desk:
        await desk.press("g", "3")
        assert line(desk) == usual(steps.QUESTION)
        await desk.press("space")
        assert line(desk) == usual(steps.RATE)
        await desk.press("1")
        assert line(desk) == usual(steps.OVER)


@pytest.mark.parametrize("keys", [("G",), ("g", "G", "q")])
async def test_turned_down_is_turned_down_for_good(learner: Learner, keys: tuple[str, ...]) -> None:
    """On Home or on the way; the next start says nothing of it."""
    learn_gradients(learner)
    async with at_home(learner) as desk:
        await desk.press(*keys)
        assert "g shows" not in note(desk)
        assert line(desk) == ""
    async with at_home(learner) as desk:
        assert "g shows" not in note(desk)
        assert "Show me" not in desk.footer


async def test_left_without_a_rating_it_is_offered_again(learner: Learner) -> None:
    """Nothing was learnt yet."""
    learn_gradients(learner)
    async with at_home(learner) as desk:
        await desk.press("g", "q")
        assert "g shows" in note(desk)


async def test_who_has_answered_anything_is_not_asked(learner: Learner) -> None:
    """Nor who has no card with a simulation."""
    learner.learn("Alpha")
    assert offered(learner.workspace) is None
    learn_gradients(learner)
    assert offered(learner.workspace) is not None
    study = learner.begin("deck")
    study.suspend()
    study.leave()
    assert offered(learner.workspace) is None


def test_the_bundled_library_begins_with_the_chosen_card(tmp_path: Path) -> None:
    """Its simulation is the quickest surprise."""
    learner = Learner(tmp_path)
    keep_bundled(learner.workspace)
    card = offered(learner.workspace)
    assert card is not None
    assert card.id == "scale-explosion"


@pytest.mark.parametrize("size", [(60, 18), (80, 24)])
async def test_the_line_fits(learner: Learner, size: tuple[int, int]) -> None:
    """All of its words are in sight at every step."""
    learn_gradients(learner)
    async with at_home(learner, size=size) as desk:
        assert "G never asks again." in " ".join(" ".join(desk.shown).split())
        await desk.press("g")
        for words in (
            steps.QUESTION,
            steps.PREDICT,
            steps.RUNNING,
            steps.UNSAID,
            steps.HELD,
            steps.FAILED,
            steps.GAP,
            steps.HIT,
            steps.MEASURED,
            steps.REVEAL,
            steps.RATE,
            steps.OVER,
        ):
            desk.screen.query_one("#first-steps", Static).update(usual(words))
            await desk.pilot.pause()
            assert " ".join(usual(words).split()) in " ".join(" ".join(desk.shown).split())
