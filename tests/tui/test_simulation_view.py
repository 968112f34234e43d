"""The simulation view by keyboard and mouse, over a host without a process."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import pytest
from textual.app import App
from textual.message import Message
from textual.widgets import Input, Static

from quizapp.services.simulation_messages import FULL_SPEED, PACE
from quizapp.tui.screens.simulation import SimulationScreen
from quizapp.tui.widgets.chart_view import ChartView
from quizapp.tui.widgets.choices import Choices
from quizapp.tui.widgets.claim_table import ClaimTable
from quizapp.tui.widgets.knob_bar import KnobBar, KnobCell
from quizapp.tui.widgets.prediction_form import PredictionForm
from quizapp.tui.widgets.run_panel import RunHeader
from quizapp.tui.widgets.simulation_stage import Stage
from quizapp.tui.widgets.simulation_view import SimulationView
from sims.protocol import Claim, Prediction
from tests.tui.fake_simulation_host import TOTAL, FakeHost, FakeRun

if TYPE_CHECKING:
    from textual.pilot import Pilot

Told = TypeVar("Told", bound=Message)
PATIENCE_S = 20.0
SIZES = ((80, 24), (60, 18), (140, 40))


class Stand(App[None]):
    """An app with one simulation on its screen; it keeps what the view tells."""

    def __init__(self, host: FakeHost, **options: str) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (140, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]
        self.host = host
        self.options = options
        self.told: list[Message] = []

    def on_mount(self) -> None:
        """Open the simulation."""
        settings = {name: value for name, value in self.options.items() if name != "caption"}
        self.push_screen(
            SimulationScreen(
                "vanishing-gradients",
                settings,
                host=self.host,
                seed=7,
                caption=self.options.get("caption", ""),
            )
        )

    def on_simulation_view_prediction_committed(self, message: SimulationView.PredictionCommitted) -> None:
        """Keep the commitment."""
        self.told.append(message)

    def on_simulation_view_run_finished(self, message: SimulationView.RunFinished) -> None:
        """Keep the result."""
        self.told.append(message)


@dataclass
class Bench:
    """An open simulation and what a test does with it."""

    app: Stand
    pilot: Pilot[None]
    host: FakeHost

    @property
    def view(self) -> SimulationView:
        """The view."""
        return self.app.screen.query_one(SimulationView)

    @property
    def run(self) -> FakeRun:
        """The newest run."""
        return self.host.runs[-1]

    async def press(self, *keys: str) -> None:
        """Press keys and let their messages be handled."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until the condition holds."""
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                await self.pilot.pause()

    async def started(self, *keys: str) -> None:
        """Skip or answer the prediction, and let the first frame arrive."""
        await self.press(*(keys or ("enter",)))
        self.run.send_frame(1)
        await self.until(lambda: self.view.arrived is not None)

    async def finished(self, *keys: str, truth: str | float = "plain") -> None:
        """Run to the end."""
        await self.started(*keys)
        self.run.finish(truth)
        await self.until(lambda: self.view.stage is Stage.DONE)

    def text(self, selector: str) -> str:
        """Return what a static line says."""
        return str(self.view.query_one(selector, Static).render())

    def messages(self, kind: type[Told]) -> list[Told]:
        """Return what the view told of this kind."""
        return [message for message in self.app.told if isinstance(message, kind)]


@contextlib.asynccontextmanager
async def opened(*devices: str, size: tuple[int, int] = (80, 24), **options: str) -> AsyncIterator[Bench]:
    """Open the simulation in a headless app."""
    host = FakeHost(*devices)
    app = Stand(host, **options)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Bench(app, pilot, host)


async def test_the_prediction_is_asked_before_anything_runs() -> None:
    """The form is in sight with the question of these knobs, nothing has run, and the worker is being warmed."""
    async with opened(depth="12") as bench:
        assert bench.view.stage is Stage.ASKING
        assert bench.view.query_one(PredictionForm).display
        assert "12 layers" in str(bench.view.query_one("#question", Static).render())
        assert isinstance(bench.app.focused, Choices)
        assert bench.host.runs == []
        assert bench.host.started == 1


async def test_enter_on_no_answer_skips() -> None:
    """The run begins and no prediction is told."""
    async with opened() as bench:
        await bench.finished("enter")
        assert bench.messages(SimulationView.PredictionCommitted) == []
        (finished,) = bench.messages(SimulationView.RunFinished)
        assert (finished.finding.experiment.answer, finished.finding.gap) == (None, None)
        assert "It was 'plain'" in bench.text("#gap")


async def test_a_choice_is_committed_once_and_set_beside_the_outcome() -> None:
    """Arrow and enter commit; the result carries the gap in words, and running again does not commit again."""
    async with opened() as bench:
        await bench.finished("down", "enter", truth="residual")
        await bench.press("r")
        bench.run.finish("residual")
        await bench.until(lambda: len(bench.messages(SimulationView.RunFinished)) == 2)
        (committed,) = bench.messages(SimulationView.PredictionCommitted)
        said = committed.experiment
        assert (said.name, said.seed, said.answer) == ("vanishing-gradients", 7, "plain")
        assert said.values["depth"] == 50
        finished = bench.messages(SimulationView.RunFinished)[-1]
        assert finished.finding.gap is not None
        assert finished.finding.gap.words == "You chose 'plain'; it was 'residual'."
        assert bench.text("#gap") == "You chose 'plain'; it was 'residual'. Because."


async def test_a_number_is_asked_for_where_there_are_no_choices() -> None:
    """What is no number is refused in words, what is one is committed, and digits type instead of acting."""
    async with opened() as bench:
        form = bench.view.query_one(PredictionForm)
        form.prediction = Prediction("How large?", log_scale=True)
        form.take_focus()
        await bench.press("r", "s", "enter")
        assert "not a number" in str(form.query_one("#problem", Static).render())
        assert bench.host.runs == []
        form.query_one(Input).value = ""
        await bench.press("1", "e", "7", "enter")
        (committed,) = bench.messages(SimulationView.PredictionCommitted)
        assert committed.experiment.answer == 1e7


async def test_a_click_chooses_and_the_button_commits() -> None:
    """The whole prediction works with the mouse."""
    async with opened() as bench:
        await bench.pilot.click(Choices, offset=(4, 1))
        await bench.pilot.click("#submit")
        await bench.pilot.pause()
        (committed,) = bench.messages(SimulationView.PredictionCommitted)
        assert committed.experiment.answer == "residual"


async def test_space_pauses_and_goes_on() -> None:
    """The first press holds the run, the second lets it go on, and after the end it begins anew."""
    async with opened() as bench:
        await bench.started()
        held = []
        for _ in range(2):
            await bench.press("space")
            held.append((bench.run.paused, bench.view.stage))
        assert held == [(True, Stage.PAUSED), (False, Stage.RUNNING)]
        bench.run.finish()
        await bench.until(lambda: bench.view.stage is Stage.DONE)
        await bench.press("space")
        assert len(bench.host.runs) == 2


async def test_a_step_lets_exactly_one_frame_through() -> None:
    """Each press of the full stop is one step of a paused run; after the end it begins a paused run."""
    async with opened() as bench:
        await bench.started()
        await bench.press("full_stop", "full_stop")
        assert (bench.run.steps, bench.run.paused) == (2, True)
        bench.run.finish()
        await bench.until(lambda: bench.view.stage is Stage.DONE)
        await bench.press("full_stop")
        assert (len(bench.host.runs), bench.run.steps, bench.run.paused) == (2, 1, True)


async def test_restart_keeps_the_seed_and_a_new_seed_does_not() -> None:
    """r runs the same request again, s the same with the next seed."""
    async with opened() as bench:
        await bench.started()
        await bench.press("r", "s")
        first, again, other = (run.request for run in bench.host.runs)
        assert again == first
        assert (other.seed, other.knobs) == (8, first.knobs)
        assert "seed 8" in bench.view.query_one(RunHeader).figures


async def test_the_next_device_is_one_that_exists() -> None:
    """d goes around the devices of the worker; with one device it is not offered."""
    async with opened("cpu", "cuda") as bench:
        await bench.started()
        await bench.press("d")
        assert bench.run.request.device == "cuda"
        await bench.press("d")
        assert bench.run.request.device == "cpu"
    async with opened() as bench:
        await bench.started()
        await bench.press("d")
        assert len(bench.host.runs) == 1


async def test_p_asks_again() -> None:
    """The run ends, the question stands again, and committing runs."""
    async with opened() as bench:
        await bench.started()
        first = bench.run
        await bench.press("p")
        assert first.cancelled
        assert bench.view.stage is Stage.ASKING
        await bench.press("up", "enter")
        assert len(bench.host.runs) == 2
        assert len(bench.messages(SimulationView.PredictionCommitted)) == 1


async def test_v_shows_the_next_view_of_the_same_frame() -> None:
    """The chart changes, the run does not."""
    async with opened() as bench:
        await bench.finished()
        before = bench.view.query_one(ChartView).chart
        await bench.press("v")
        assert bench.view.query_one(ChartView).chart != before
        assert len(bench.host.runs) == 1
        await bench.press("v")
        assert bench.view.query_one(ChartView).chart == before


async def test_f_takes_the_pace_off_and_puts_it_back() -> None:
    """Full speed holds for this run and the next."""
    async with opened() as bench:
        await bench.started()
        assert bench.run.pace == PACE
        await bench.press("f")
        assert bench.run.pace == FULL_SPEED
        await bench.press("r")
        assert bench.run.pace == FULL_SPEED
        await bench.press("f")
        assert bench.run.pace == PACE


async def test_a_knob_left_alone_restarts_the_run_with_the_same_seed() -> None:
    """Several quick turns make one new run, with the last value."""
    async with opened() as bench:
        await bench.started()
        assert isinstance(bench.app.focused, KnobCell)
        await bench.press("right", "right", "left", "right")
        await bench.until(lambda: len(bench.host.runs) > 1)
        assert [run.request.knobs["depth"] for run in bench.host.runs] == [50, 52]
        assert bench.run.request.seed == 7


async def test_down_chooses_the_next_knob_and_every_knob_can_be_reached() -> None:
    """From the first knob, down and tab reach them all; the last is scrolled into sight."""
    async with opened(size=(60, 18)) as bench:
        await bench.started()
        cells = list(bench.view.query(KnobCell))
        for key, cell in zip(("down", "tab") * len(cells), cells[1:], strict=False):
            await bench.press(key)
            assert bench.app.focused is cell
        await bench.until(lambda: bench.view.region.contains_region(cells[-1].region))


async def test_a_knob_turned_before_the_run_changes_the_question() -> None:
    """The question follows the knobs and nothing runs."""
    async with opened() as bench:
        bench.view.query_one("#knob-depth", KnobCell).focus()
        await bench.press("right")
        assert "51 layers" in str(bench.view.query_one("#question", Static).render())
        assert bench.host.runs == []


async def test_a_prediction_belongs_to_its_knobs() -> None:
    """After a knob was turned the run has no prediction; turned back, it has it again."""
    async with opened() as bench:
        await bench.finished("down", "enter")
        await bench.press("right")
        await bench.until(lambda: len(bench.host.runs) == 2)
        bench.run.finish()
        await bench.until(lambda: len(bench.messages(SimulationView.RunFinished)) == 2)
        await bench.press("left")
        await bench.until(lambda: len(bench.host.runs) == 3)
        bench.run.finish()
        await bench.until(lambda: len(bench.messages(SimulationView.RunFinished)) == 3)
        answers = [
            message.finding.experiment.answer for message in bench.messages(SimulationView.RunFinished)
        ]
        assert answers == ["plain", None, "plain"]


async def test_a_resize_in_mid_run_keeps_everything() -> None:
    """Size after size, the run, its frame and the stage stay."""
    async with opened() as bench:
        await bench.started("down", "enter")
        for size in ((60, 18), (140, 40), (20, 6), (80, 24)):
            await bench.pilot.resize_terminal(*size)
            await bench.pilot.pause()
        assert bench.view.stage is Stage.RUNNING
        assert bench.view.arrived is not None
        assert bench.view.arrived.frame.step == 1
        assert len(bench.host.runs) == 1
        bench.run.finish()
        await bench.until(lambda: bench.view.stage is Stage.DONE)
        assert bench.view.experiment.answer == "plain"


@pytest.mark.parametrize("size", SIZES)
async def test_chart_claims_knobs_and_keys_are_in_sight(size: tuple[int, int]) -> None:
    """At every size the chart has room, and nothing hangs over the edge."""
    async with opened(size=size) as bench:
        await bench.finished("down", "enter")
        await bench.until(lambda: bench.view.query_one(ClaimTable).claims)
        assert bench.view.query_one(ChartView).size.height >= (8 if size[1] < 24 else 10)
        for kind in ("RunHeader", "ChartView", "Findings", "KnobBar"):
            assert bench.view.query_one(kind).region.bottom <= size[1] - 1
        assert bench.app.screen.query_one("KeyLine").region.bottom == size[1]


async def test_a_failed_run_says_so_and_the_next_one_works() -> None:
    """What happened and what to do stand in sight; r runs again."""
    async with opened() as bench:
        await bench.started()
        bench.run.fail("It computed no frame for 10 s.")
        await bench.until(lambda: bench.view.stage is Stage.FAILED)
        assert bench.text("#status") == "It computed no frame for 10 s. Press r."
        await bench.press("r")
        bench.run.finish()
        await bench.until(lambda: bench.view.stage is Stage.DONE)
        assert "no frame" not in bench.text("#status")


HOSTILE = "\x1b[2J\x1b]0;owned\x07[red]loud[/red] [@click=app.quit]go[/]"


def inert(bench: Bench, *selectors: str) -> None:
    """Check that these lines show the hostile text as text."""
    for selector in selectors:
        assert "\x1b" not in bench.text(selector)
        assert "\x07" not in bench.text(selector)
        assert "[red]loud[/red]" in bench.text(selector)


async def test_hostile_text_is_shown_inert() -> None:
    """Escape sequences lose their power and markup is shown as it is written."""
    async with opened(caption=HOSTILE) as bench:
        await bench.started()
        bench.run.send_frame(2, HOSTILE)
        await bench.until(lambda: bench.view.arrived and bench.view.arrived.frame.step == 2)
        assert "[red]loud[/red]" in bench.text("#status")
        bench.run.finish(HOSTILE, HOSTILE, Claim("x", HOSTILE, 1.0, 2.0, 0.1, HOSTILE))
        await bench.until(lambda: bench.view.stage is Stage.DONE)
        inert(bench, "#caption", "#gap", "#events")
        assert "[red]loud[/red]" in str(bench.view.query_one(ClaimTable).render())
        await bench.press("r")
        bench.run.fail(HOSTILE)
        await bench.until(lambda: bench.view.stage is Stage.FAILED)
        inert(bench, "#status")
        shown = bench.app.export_screenshot()
        assert "\x1b" not in shown
        assert "@click" in bench.text("#caption")


async def test_knobs_that_do_not_fit_are_reported_and_the_defaults_run() -> None:
    """A card's bad preset costs the preset alone."""
    async with opened(depth="5000") as bench:
        assert "depth=5000" in bench.text("#status")
        await bench.started()
        assert bench.run.request.knobs["depth"] == 50


async def test_escape_leaves_the_text_about_first_and_then_the_simulation() -> None:
    """h opens the text, esc leaves it; the next esc closes the screen and ends the run."""
    async with opened() as bench:
        await bench.started()
        run = bench.run
        await bench.press("h")
        assert bench.view.has_class("-about")
        await bench.press("escape")
        assert not bench.view.has_class("-about")
        await bench.press("escape")
        await bench.until(lambda: not isinstance(bench.app.screen, SimulationScreen))
        assert run.cancelled


async def test_the_footer_offers_only_what_works() -> None:
    """Before the run nothing that needs one is offered; during it, it is."""
    async with opened() as bench:
        before = {active.binding.id for active in bench.app.screen.active_bindings.values()}
        assert "simulation.step" not in before
        assert "prediction.skip" in before
        await bench.started()
        after = {active.binding.id for active in bench.app.screen.active_bindings.values()}
        assert {"simulation.run", "simulation.step", "simulation.view", "simulation.predict"} <= after
        assert "simulation.device" not in after


async def test_every_frame_of_the_run_counts_in_the_header() -> None:
    """Step, total and rate stand at the right of the title."""
    async with opened() as bench:
        await bench.started()
        assert f"1/{TOTAL}" in bench.view.query_one(RunHeader).figures
        assert "30 fps" in bench.view.query_one(RunHeader).figures


async def test_live_figures_are_shown_whole() -> None:
    """As many as fit beside each other, and more of them when the terminal becomes wider."""
    async with opened(size=(60, 18)) as bench:
        await bench.started()
        assert bench.text("#status") == "slope −0.1  ·  residual slope 0.297"
        await bench.pilot.resize_terminal(140, 40)
        await bench.until(lambda: "ratio" in bench.text("#status"))
        assert bench.text("#status").endswith("  ·  plain at layer 0 0.00473  ·  ratio 2.97·10⁶")


async def test_five_knobs_and_their_values_are_in_sight_at_60_columns() -> None:
    """On one line each knob takes what its name and value need, and more when its value becomes longer."""
    async with opened(size=(60, 18)) as bench:
        await bench.started()
        bar = bench.view.query_one(KnobBar)
        cells = list(bar.query(KnobCell))[:5]
        assert all(bar.region.contains_region(cell.content_region) for cell in cells)
        words = [str(cell.render()) for cell in cells]
        assert words == ["depth 50", "gain 0.9", "branch 1", "scaling constant", "activation relu"]
        await bench.press(*["shift+right"] * 5)
        assert str(cells[0].render()) == "depth 100"
        await bench.until(lambda: cells[0].content_region.width == len("depth 100"))
