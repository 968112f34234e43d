"""Simulations opened from a card: which one, where it stands, and the way back."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from quizapp.core.topic import CardId
from quizapp.errors import StoreError
from quizapp.services import predict, runs
from quizapp.services.home import overview
from quizapp.services.motion import Motion
from quizapp.services.next_card import peek
from quizapp.services.runs import last_runs, measurements
from quizapp.store.predictions import latest
from quizapp.tui.app import QuizApp
from quizapp.tui.screens.gallery import GalleryScreen
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.lab import LabScreen
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.widgets.card_page import CardPage
from quizapp.tui.widgets.markdown_block import MarkdownBlock
from quizapp.tui.widgets.simulation_pane import SimulationPane
from quizapp.tui.widgets.simulation_stage import Stage
from quizapp.tui.widgets.simulation_view import SimulationView
from tests.learner import Learner
from tests.tui.desk import Desk, at_home, studying
from tests.tui.fake_simulation_host import FakeHost
from tests.tui.material import learn_gradients


def opened(desk: Desk) -> tuple[str, dict[str, object]]:
    """Return the simulation in sight and its knobs."""
    experiment = desk.view.experiment
    return experiment.name, dict(experiment.values)


def is_open(desk: Desk) -> bool:
    """Return whether a simulation stands on the screen."""
    return bool(desk.screen.query(SimulationView))


async def test_x_before_the_answer_runs_the_topics_first(learner: Learner) -> None:
    """Predicting comes before reading: the first block of the topic, with its knobs."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("x")
        name, knobs = opened(desk)
        assert (name, knobs["depth"], knobs["gain"]) == ("vanishing-gradients", 12, 0.9)
        assert desk.view.stage is Stage.ASKING
        assert desk.host.runs == []


async def test_x_runs_the_nearest_above_the_reading_position(learner: Learner) -> None:
    """It follows the page down and up; brackets choose another one; what is chosen is marked."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("w", "end", "x")
        assert opened(desk)[0] == "scale-explosion"
        await desk.press("escape", "left_square_bracket", "x")
        assert opened(desk)[0] == "vanishing-gradients"
        await desk.press("escape", "right_square_bracket", "x")
        assert opened(desk)[0] == "scale-explosion"
        await desk.press("escape", "home", "x")
        assert opened(desk)[0] == "vanishing-gradients"


async def test_a_follow_up_runs_its_own_or_else_its_topics(learner: Learner) -> None:
    """One without a block of its own takes that of the section that answers it."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("space", "3", "x")
        assert opened(desk)[0] == "scale-explosion"
        await desk.press("escape", "space", "3", "x")
        assert opened(desk)[1]["gain"] == 1.5


async def test_a_topic_without_any_offers_the_best_fit_first(learner: Learner) -> None:
    """The catalogue opens on the card's own words; esc leaves it with nothing opened."""
    learner.learn("Dense", question="How does DenseNet concatenate features?", answer="It concatenates.")
    async with studying(learner) as desk:
        await desk.press("x")
        assert desk.is_on(GalleryScreen)
        await desk.press("escape")
        assert desk.is_on(StudyScreen)
        assert not is_open(desk)
        await desk.press("x", "enter")
        assert opened(desk)[0] == "densenet-concat"


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (150, 40)])
async def test_esc_returns_to_the_card_as_it_was(learner: Learner, size: tuple[int, int]) -> None:
    """The same line, as far revealed, ticked, and with the keyboard on the text."""
    learn_gradients(learner)
    async with studying(learner, size=size) as desk:
        await desk.press("n", "n", "j", "j", "j")
        before = desk.shown
        await desk.press("x")
        assert is_open(desk)
        await desk.press("escape")
        assert not is_open(desk)
        assert desk.shown == before
        assert desk.app.focused is desk.page


async def test_x_closes_what_x_opened(learner: Learner) -> None:
    """Over the card and beside it."""
    learn_gradients(learner)
    for size in ((80, 24), (150, 40)):
        async with studying(learner, size=size) as desk:
            await desk.press("x", "x")
            assert not is_open(desk)
            assert desk.is_on(StudyScreen)


async def test_a_click_on_its_line_opens_it(learner: Learner) -> None:
    """The launch line works with the mouse."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("w", "end")
        answer = desk.screen.query_one("#study-answer", MarkdownBlock)
        y = answer.launches()[1][0]
        desk.page.scroll_to(y=answer.virtual_region.y + y - 3, animate=False, immediate=True)
        await desk.pilot.pause()
        await desk.click(answer, offset=(4, y))
        assert opened(desk)[0] == "scale-explosion"


async def test_below_140_columns_it_lies_over_the_card_and_no_key_acts_below(learner: Learner) -> None:
    """Ratings, undo, bury and the like wait until the card is in sight again."""
    learn_gradients(learner)
    async with studying(learner, size=(139, 40)) as desk:
        await desk.press("space", "x")
        assert not desk.page.region
        await desk.finish_run()
        await desk.press("3", "b", "z", "t", "i", "u", "e", "n")
        assert desk.is_on(StudyScreen)
        assert desk.reviews() == []
        assert "multiplied" not in desk.footer
        await desk.press("escape")
        assert "multiplied" in desk.answer


async def test_from_140_columns_it_stands_beside_the_answer(learner: Learner) -> None:
    """Both are in sight, and the card can be rated; the next card comes alone."""
    learn_gradients(learner)
    async with studying(learner, size=(140, 40)) as desk:
        await desk.press("space", "x")
        assert "multiplied" in desk.answer
        assert desk.screen.query_one(SimulationPane).region.x == desk.page.region.right
        assert desk.buttons
        await desk.finish_run()
        await desk.press("3")
        assert len(desk.reviews()) == 1
        assert not is_open(desk)


async def test_a_resize_across_the_border_keeps_the_run_and_the_card(learner: Learner) -> None:
    """Beside, over and beside again: the same view, its chart, and the line that was read."""
    learn_gradients(learner)
    async with studying(learner, size=(150, 40)) as desk:
        await desk.press("space", "j", "j", "x", "enter")
        desk.run.send_frame(2)
        await desk.until(lambda: desk.view.arrived is not None)
        view, line = desk.view, desk.page.scroll_offset.y
        await desk.resize(100, 30)
        assert not desk.page.region
        await desk.resize(150, 40)
        assert desk.view is view
        assert desk.view.stage is Stage.RUNNING
        assert desk.page.scroll_offset.y == line
        await desk.resize(80, 24)
        desk.run.finish("plain")
        await desk.until(lambda: view.stage is Stage.DONE)
        await desk.press("escape")
        assert "multiplied" in desk.answer


async def test_a_prediction_is_kept_with_its_card_and_settled_by_its_run(learner: Learner) -> None:
    """Committed before the run, with the gap in words after it."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("x", "down", "enter")
        await desk.until(lambda: desk.host.runs)
        assert latest(learner.workspace.database.read, 1) == []
        desk.run.finish("residual")
        await desk.until(lambda: latest(learner.workspace.database.read, 1))
        (kept,) = latest(learner.workspace.database.read, 1)
        assert (kept.card_id, kept.simulation, kept.answer, kept.truth) == (
            CardId("gradients"), "vanishing-gradients", "plain", "residual",
        )  # fmt: skip
        assert "12 layers" in kept.question


async def test_a_prediction_that_cannot_be_kept_costs_itself_alone(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The failure is said, the run goes on, and so does the session."""
    learn_gradients(learner)

    def locked(*_: object, **__: object) -> None:
        raise StoreError("The database is locked by another program.", "Close it.")

    monkeypatch.setattr(predict, "commit", locked)
    async with studying(learner) as desk:
        await desk.press("x")
        await desk.finish_run("residual", "down", "enter")
        assert "The prediction was not kept: The database is locked" in desk.notices[0]
        await desk.press("escape", "space", "3")
        assert len(desk.reviews()) == 1


async def test_a_run_is_remembered_without_a_prediction_too(learner: Learner) -> None:
    """Beside a card and in the lab: what its claims measured, its last frame, and the seed that it came from."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("x")
        await desk.finish_run("residual", "enter")
        await desk.until(lambda: last_runs(learner.workspace))
        assert latest(learner.workspace.database.read, 1) == []
        (measured,) = measurements(learner.workspace).values()
        assert (measured.simulation, measured.claim.id, measured.seed) == ("vanishing-gradients", "one", 0)
        assert measured.knobs["depth"] == 12
    async with at_home(learner) as desk:
        await desk.press("l", *"scale-explosion", "enter")
        await desk.finish_run("residual", "enter")
        await desk.until(lambda: len(last_runs(learner.workspace)) == 2)
        assert last_runs(learner.workspace)["scale-explosion"].frame.is_last


async def test_a_run_that_cannot_be_kept_costs_itself_alone(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The failure is said, and the prediction beside it is settled all the same."""
    learn_gradients(learner)

    def locked(*_: object) -> None:
        raise StoreError("The database is locked by another program.", "Close it.")

    monkeypatch.setattr(runs, "keep", locked)
    async with studying(learner) as desk:
        await desk.press("x")
        await desk.finish_run("residual", "down", "enter")
        await desk.until(lambda: desk.notices)
        assert "The run was not kept: The database is locked" in desk.notices[0]
        assert latest(learner.workspace.database.read, 1)[0].truth == "residual"


async def test_the_lab_opens_any_simulation_and_keeps_its_prediction(learner: Learner) -> None:
    """From Home, under no card, one after the other; then Home offers to run the last one again as it was."""
    learner.learn("Alpha")
    async with at_home(learner) as desk:
        await desk.press("l", "enter")
        assert desk.is_on(LabScreen)
        await desk.finish_run("residual", "down", "enter")
        await desk.until(lambda: latest(learner.workspace.database.read, 1))
        assert latest(learner.workspace.database.read, 1)[0].card_id is None
        await desk.press("escape")
        await desk.until(lambda: desk.is_on(GalleryScreen))
        await desk.press("escape")
        await desk.until(lambda: any("x runs it again" in line for line in desk.shown))
        await desk.press("x")
        assert desk.is_on(LabScreen)
        await desk.press("escape")
        assert desk.is_on(HomeScreen)


async def test_the_whole_way_with_the_real_worker(learner: Learner) -> None:
    """Card, x, predict, run to its end, prediction settled on disk, esc, rate, review on disk."""
    learn_gradients(learner)
    workspace = learner.workspace
    app = QuizApp(workspace, overview(workspace), "", peek(workspace))
    async with app.run_test(size=(80, 24)) as pilot, asyncio.timeout(90):
        await pilot.pause()
        await pilot.press("x")
        while not app.screen.query(SimulationView):
            await pilot.pause()
        view = app.screen.query_one(SimulationView)
        await pilot.pause()
        await pilot.press("down", "enter")
        while view.stage is not Stage.DONE:
            assert view.stage is not Stage.FAILED
            await pilot.pause(0.05)
        while not latest(workspace.database.read, 1):
            await pilot.pause(0.05)
        assert latest(workspace.database.read, 1)[0].answer == "plain"
        await pilot.press("escape", "space")
        await pilot.pause()
        await pilot.press("3")
        question = app.screen.query_one(CardPage).query_one("#study-question", MarkdownBlock)
        while "explosion" not in question.render_line(0).text:
            await pilot.pause()
    learner.reopen()
    rows = learner.workspace.database.read("SELECT card_id, rating FROM log WHERE kind = 'review'", {})
    assert [tuple(row) for row in rows] == [("gradients", 3)]


@pytest.mark.parametrize(("wanted", "used"), [("auto", "cuda"), ("cpu", "cpu"), ("mps", "cuda")])
async def test_runs_are_made_on_the_device_of_the_settings(learner: Learner, wanted: str, used: str) -> None:
    """Where that is not there, on the fastest; and it is said once."""
    learn_gradients(learner)
    learner.change(device=wanted)
    host = FakeHost("cuda", "cpu")
    host.prefer(wanted)
    async with studying(learner, host=host) as desk:
        await desk.press("x", "enter")
        await desk.until(lambda: desk.host.runs)
        assert desk.run.request.device == used
        if wanted == "mps":
            desk.app._warm_up()
            await desk.until(lambda: desk.notices)
            assert "'mps'" in desk.notices[0]
            assert "run on cuda instead" in desk.notices[0]


async def test_the_device_of_the_settings_reaches_the_host(learner: Learner) -> None:
    """At the start, and when it is changed."""
    learner.change(device="mps")
    app = QuizApp(learner.workspace, overview(learner.workspace))
    host = app.simulation_host()
    assert host.state.wanted == "mps"
    app.use_settings(replace(learner.workspace.settings, device="cpu"))
    assert host.state.wanted == "cpu"
    await host.close()


async def test_reduced_motion_reaches_the_app_and_its_host(learner: Learner) -> None:
    """Nothing on the screen is animated, and the host draws a run's last frame alone."""
    for is_reduced in (True, False):
        learner.change(reduced_motion=is_reduced, frames_per_second=12)
        app = QuizApp(learner.workspace, overview(learner.workspace))
        assert (app.animation_level == "none") is is_reduced
        host = app.simulation_host()
        assert host.motion == Motion(12, is_reduced=is_reduced)
        await host.close()
