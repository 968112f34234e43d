"""What can be done with a run: look back, turn axes, compare two, run a band, sweep a knob, read what explains it."""

from __future__ import annotations

from functools import partial

import pytest
from textual.widgets import Static

from quizapp.core.chart import ChartKind
from quizapp.services.simulation_messages import FULL_SPEED
from quizapp.tui.widgets.chart_view import ChartView
from quizapp.tui.widgets.claim_table import ClaimTable
from quizapp.tui.widgets.comparison_table import ComparisonTable
from quizapp.tui.widgets.knob_bar import KnobCell
from quizapp.tui.widgets.run_panel import About, RunHeader
from quizapp.tui.widgets.simulation_stage import Stage
from quizapp.tui.widgets.simulation_view import SimulationView
from tests.tui.fake_simulation_host import TOTAL
from tests.tui.test_simulation_view import Bench, opened

BACK, FORWARD = "left_square_bracket", "right_square_bracket"


def has_arrived(bench: Bench, step: int) -> bool:
    """Whether this frame is the newest."""
    return bench.view.arrived is not None and bench.view.arrived.frame.step == step


async def sent(bench: Bench, *steps: int) -> None:
    """Let frames arrive."""
    for step in steps:
        bench.run.send_frame(step)
        await bench.until(partial(has_arrived, bench, step))


def shown_step(bench: Bench) -> str:
    """Return the progress in the header."""
    return bench.view.query_one(RunHeader).figures.rsplit(" · ", 1)[-1]


def labels(bench: Bench) -> list[str]:
    """Return the names of the curves in the chart."""
    chart = bench.view.query_one(ChartView).chart
    assert chart is not None
    return [series.label for series in chart.series if not series.faint]


async def test_the_explanation_of_the_run_stands_above_the_text_about_it() -> None:
    """h shows it once the run is over; a new run takes it away until that is over too."""
    async with opened() as bench:
        await bench.started()
        explanation = bench.view.query_one("#explanation", Static)

        def is_shown() -> bool:
            return bool(explanation.display)

        assert not is_shown()
        bench.run.finish()
        await bench.until(lambda: bench.view.stage is Stage.DONE)
        await bench.press("h")
        assert is_shown()
        assert "The second one, with 3 words more." in bench.text("#explanation")
        assert explanation is bench.view.query_one(About).query(Static).first()
        await bench.press("h", "r")
        assert not is_shown()


async def test_brackets_go_back_over_the_frames_and_forward() -> None:
    """While paused the chart, the header and the status show the frame that was gone to; the newest has no such line."""
    async with opened() as bench:
        await bench.started()
        await sent(bench, 2, 3)
        newest = bench.view.query_one(ChartView).chart
        await bench.press("space", BACK, BACK)
        assert shown_step(bench) == f"1/{TOTAL}"
        assert bench.text("#status").startswith(f"frame 1/{TOTAL}")
        assert bench.view.query_one(ChartView).chart != newest
        await bench.press(BACK, FORWARD)
        assert shown_step(bench) == f"2/{TOTAL}"
        await bench.press(FORWARD)
        assert bench.view.query_one(ChartView).chart == newest
        assert not bench.text("#status").startswith("frame")
        assert bench.view.stage is Stage.PAUSED


async def test_home_and_end_go_to_the_ends_of_a_run_that_is_over() -> None:
    """All its frames are there, and the run stays over."""
    async with opened() as bench:
        await bench.finished()
        await bench.press("home")
        assert shown_step(bench) == f"1/{TOTAL}"
        await bench.press("end")
        assert shown_step(bench) == f"{TOTAL}/{TOTAL}"
        assert (bench.view.stage, len(bench.host.runs)) == (Stage.DONE, 1)


async def test_looking_back_holds_a_live_run_until_its_newest_frame_is_in_sight() -> None:
    """The run pauses by itself and goes on by itself; a pause of the learner's own stays."""
    async with opened() as bench:
        await bench.started()
        await sent(bench, 2)
        await bench.press(BACK)
        assert (bench.run.paused, bench.view.stage) == (True, Stage.PAUSED)
        await bench.press("end")
        assert (bench.run.paused, bench.view.stage) == (False, Stage.RUNNING)
        await bench.press("space", BACK, "end")
        assert (bench.run.paused, bench.view.stage) == (True, Stage.PAUSED)


@pytest.mark.parametrize("key", ["space", "full_stop", "r"])
async def test_going_on_from_a_frame_looked_at_follows_the_run(key: str) -> None:
    """Space, a step and a new run all bring the newest frame back."""
    async with opened() as bench:
        await bench.started()
        await sent(bench, 2)
        await bench.press(BACK, key)
        assert bench.view.is_at_newest
        await sent(bench, 3)
        assert shown_step(bench) == f"3/{TOTAL}"


async def test_an_axis_turns_from_logarithmic_to_linear_and_back() -> None:
    """l turns y and shift+l turns x, in the present view alone; the status says so."""
    async with opened() as bench:
        await bench.finished()

        def logs() -> tuple[bool, bool]:
            chart = bench.view.query_one(ChartView).chart
            assert chart is not None
            return chart.x.log, chart.y.log

        assert logs() == (False, True)
        await bench.press("l")
        assert logs() == (False, False)
        assert bench.text("#status").startswith("y linear")
        await bench.press("L")
        assert logs() == (True, False)
        assert bench.text("#status").startswith("x log, y linear")
        await bench.press("v")
        assert logs() == (False, False)
        assert not bench.text("#status").startswith("x log")
        await bench.press("v", "l", "L")
        assert logs() == (False, True)


async def turned(bench: Bench) -> None:
    """Turn the knob and run to the end."""
    before = len(bench.host.runs)
    await bench.press("right")
    await bench.until(lambda: len(bench.host.runs) > before)
    bench.run.finish()
    await bench.until(lambda: bench.view.stage is Stage.DONE)


async def test_a_run_is_pinned_and_the_next_one_compared_with_it() -> None:
    """Both runs' curves stand in one chart, the knob that differs is named, and the figures stand side by side."""
    async with opened() as bench:
        await bench.finished()
        await bench.press("a")
        assert labels(bench) == ["plain", "residual"]
        assert "A is this run" in bench.text("#compared")
        await turned(bench)
        assert labels(bench) == ["B plain", "A plain", "B residual", "A residual"]
        assert bench.text("#compared").split() == ["A", "depth", "50", "B", "depth", "51"]
        table, claims = bench.view.query_one(ComparisonTable), bench.view.query_one(ClaimTable)
        assert (bool(table.display), bool(claims.display)) == (True, False)
        assert "B − A" in str(table.render())
        await bench.press("a")
        assert labels(bench) == ["plain", "residual"]
        assert (bool(table.display), bool(claims.display)) == (False, True)


async def test_a_run_pinned_on_its_way_is_compared_by_its_end() -> None:
    """A's frame and claims are those of its last frame, not of the one in sight when it was pinned."""
    async with opened() as bench:
        await bench.started()
        await bench.press("a")
        bench.run.finish()
        await bench.until(lambda: bench.view.stage is Stage.DONE)
        pinned = bench.view.pinned
        assert pinned is not None
        assert (pinned.frame.step, len(pinned.claims)) == (TOTAL, 1)


async def test_two_charts_stand_beside_each_other_where_there_is_room() -> None:
    """o parts the charts on a wide terminal, with the same axes; in less room they are one."""
    async with opened(size=(140, 40)) as bench:
        await bench.finished()
        await bench.press("a")
        await turned(bench)
        await bench.press("o")
        present, pinned = bench.view.query(ChartView)
        assert present.chart is not None
        assert pinned.chart is not None
        assert pinned.region.right <= present.region.x
        assert (pinned.chart.y, pinned.chart.x) == (present.chart.y, present.chart.x)
        assert (pinned.chart.title, present.chart.title) == ("A  depth 50", "B  depth 51")
        assert "A expected" in str(bench.view.query_one(ComparisonTable).render())
        await bench.pilot.resize_terminal(80, 24)
        await bench.until(lambda: not pinned.display)
        assert "A plain" in labels(bench)


async def test_side_by_side_is_refused_where_there_is_no_room() -> None:
    """The charts stay one, and a notice says why."""
    async with opened() as bench:
        await bench.finished()
        await bench.press("a")
        await turned(bench)
        await bench.press("o")
        assert not bench.view.side_by_side
        assert "A plain" in labels(bench)


async def test_a_band_runs_eight_seeds_and_one_again() -> None:
    """b asks for eight seeds and draws their spread; a new seed takes the eight after; b again runs one."""
    async with opened() as bench:
        await bench.finished()
        await bench.press("b")
        assert (bench.run.request.seed, bench.run.request.seeds) == (7, 8)
        bench.run.finish()
        await bench.until(lambda: bench.view.stage is Stage.DONE)
        chart = bench.view.query_one(ChartView).chart
        assert chart is not None
        assert [bool(series.low and series.high) for series in chart.series if not series.faint] == [True] * 2
        assert "seeds 7–14" in bench.view.query_one(RunHeader).figures
        await bench.press("s")
        assert (bench.run.request.seed, bench.run.request.seeds) == (15, 8)
        await bench.press("b")
        assert (bench.run.request.seed, bench.run.request.seeds) == (15, 1)


def has_found(bench: Bench, runs: int) -> bool:
    """Whether so many runs of the sweep are over, and the next one has begun."""
    sweep = bench.view.sweep
    assert sweep is not None
    return len(sweep.found) == runs and (sweep.is_over or len(bench.host.runs) == runs + 2)


async def swept(bench: Bench, runs: int) -> None:
    """Let so many runs of a sweep come to their end."""
    for run in range(1, runs + 1):
        bench.run.finish()
        await bench.until(partial(has_found, bench, run))


async def test_a_sweep_runs_the_knob_over_its_range_and_esc_goes_back() -> None:
    """Eight runs at full speed from end to end; v shows the next measure; esc shows the run that was there before."""
    async with opened() as bench:
        await bench.finished()
        before = bench.view.query_one(ChartView).chart
        await bench.press("k")
        assert bench.view.stage is Stage.SWEEPING
        await bench.until(lambda: len(bench.host.runs) == 2)
        assert bench.run.pace == FULL_SPEED
        assert "run 1 of 8" in bench.text("#status")
        await swept(bench, 8)
        requests = [run.request for run in bench.host.runs[1:]]
        assert [request.knobs["depth"] for request in requests] == [2, 16, 30, 44, 58, 72, 86, 100]
        assert {(request.seed, request.seeds, request.knobs["gain"]) for request in requests} == {(7, 1, 0.9)}
        assert labels(bench) == ["slope"]
        await bench.press("v")
        assert labels(bench) == ["residual slope"]
        await bench.press("escape")
        assert (bench.view.stage, bench.view.query_one(ChartView).chart) == (Stage.DONE, before)
        assert len(bench.messages(SimulationView.RunFinished)) == 1


async def test_a_sweep_over_choices_draws_a_bar_for_each() -> None:
    """Every choice is run, and a run that fails leaves its bar empty."""
    async with opened() as bench:
        await bench.finished()
        bench.view.query_one("#knob-scaling", KnobCell).focus()
        await bench.press("k")
        await bench.until(lambda: len(bench.host.runs) == 2)
        bench.run.fail()
        await bench.until(lambda: len(bench.host.runs) == 3)
        bench.run.finish()
        await bench.until(lambda: bench.view.sweep and bench.view.sweep.is_over)
        chart = bench.view.query_one(ChartView).chart
        assert chart is not None
        assert chart.kind is ChartKind.BARS
        measured = [series.values for series in chart.series if not series.faint]
        assert repr(measured) == "[(nan,), (-0.1,)]"


async def test_esc_stops_a_sweep_and_a_run_that_it_cut_off_begins_anew() -> None:
    """Its present run ends; the run that was live before it is run again."""
    async with opened() as bench:
        await bench.started()
        await bench.press("k")
        await bench.until(lambda: len(bench.host.runs) == 2)
        stopped = bench.run
        await bench.press("escape")
        await bench.until(lambda: len(bench.host.runs) == 3)
        assert stopped.cancelled
        assert bench.view.sweep is None
        assert bench.run.request == bench.host.runs[0].request


async def test_turning_a_knob_leaves_a_sweep_for_a_run() -> None:
    """The run with the new value takes the place of the sweep."""
    async with opened() as bench:
        await bench.finished()
        await bench.press("k", "right")
        await bench.until(lambda: bench.view.sweep is None)
        assert bench.run.request.knobs["depth"] == 51
        await bench.until(lambda: bench.view.stage is Stage.WAITING)


async def test_predicting_leaves_a_sweep() -> None:
    """The question stands, and esc goes back to the run, not to the sweep."""
    async with opened() as bench:
        await bench.finished()
        before = bench.view.query_one(ChartView).chart
        await bench.press("k", "p")
        assert bench.view.stage is Stage.ASKING
        await bench.press("escape")
        assert bench.view.query_one(ChartView).chart == before


async def test_backspace_gives_a_knob_its_default() -> None:
    """Home belongs to the frames."""
    async with opened(depth="12") as bench:
        await bench.finished()
        await bench.press("backspace")
        await bench.until(lambda: len(bench.host.runs) == 2)
        assert bench.run.request.knobs["depth"] == 50


async def test_every_key_has_a_name_and_a_place_in_the_palette() -> None:
    """Each binding of the view has an id and words; what works now is offered, what does not is not."""
    async with opened() as bench:
        await bench.finished()
        active = {binding.binding.id for binding in bench.app.screen.active_bindings.values()}
        wanted = {"back", "forward", "first", "newest", "log-y", "log-x", "pin", "band", "sweep", "about"}
        assert {f"simulation.{name}" for name in wanted} <= active
        assert "simulation.beside" not in active
        await bench.press("a")
        active = {binding.binding.id for binding in bench.app.screen.active_bindings.values()}
        assert "simulation.beside" in active
        assert all(binding.binding.description for binding in bench.app.screen.active_bindings.values())
