"""One simulation, live: the prediction first, then the run, then the gap between the two. Embeds in any screen."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker
from textual.worker import WorkerState as TaskState

from quizapp.core.chart.label import clean
from quizapp.core.experiment import Experiment, Finding
from quizapp.core.frame_chart import chart_of, prediction_marks
from quizapp.services.simulation_messages import (
    FULL_SPEED,
    PACE,
    FrameArrived,
    Host,
    Phase,
    Run,
    RunDone,
    RunEvent,
    RunFailed,
    RunRequest,
    WorkerStarting,
    WorkerState,
)
from quizapp.tui.widgets.chart_view import ChartView
from quizapp.tui.widgets.knob_bar import KnobBar, KnobCell, about_text
from quizapp.tui.widgets.prediction_form import PredictionForm
from quizapp.tui.widgets.run_export import copy_command, start_writing
from quizapp.tui.widgets.run_panel import About, Findings, RunHeader, event_kind, readouts
from quizapp.tui.widgets.simulation_keys import SIMULATION_KEYS
from quizapp.tui.widgets.simulation_layout import LAYOUT
from quizapp.tui.widgets.simulation_stage import LIVE, Stage, header_words, waiting_words
from sims import catalogue
from sims.protocol import KnobError, KnobValue, knobs_from_text, knobs_of

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

KNOB_REST_S = 0.15
"""A knob restarts the run when it was left alone for so long."""
CLOCK_S = 0.1
LONGEST_SHOWN_S = 4.0
"""A run of many frames is paced faster than `PACE`, so that it is seen in this time."""

log = logging.getLogger("quizapp.simulation")


class SimulationView(Widget):
    """Asks for a prediction, runs the simulation, and sets the prediction beside what was measured.

    The question comes first, once. After the first run turning a knob runs at once, so that exploring stays light;
    `p` asks for the knobs as they are then.

    Raises:
        UnknownSimulation: There is no simulation of this name. Knobs that it does not have are reported in the view.
    """

    @dataclass
    class PredictionCommitted(Message):
        """The learner committed to an answer, before the run."""

        experiment: Experiment

    @dataclass
    class RunFinished(Message):
        """A run came to its end."""

        finding: Finding

    @dataclass
    class CloseRequested(Message):
        """The learner wants to be rid of this view."""

        view: SimulationView

    BINDINGS: ClassVar[list[BindingType]] = SIMULATION_KEYS
    SCOPED_CSS = False  # the layout depends on the screen's breakpoint classes
    DEFAULT_CSS = LAYOUT

    stage: reactive[Stage] = reactive(Stage.ASKING, init=False)
    worker_state: reactive[WorkerState] = reactive(WorkerState(), init=False)
    arrived: reactive[FrameArrived | None] = reactive[FrameArrived | None](None, init=False)
    view_index: reactive[int] = reactive(0, init=False)
    full_speed: reactive[bool] = reactive(default=False, init=False)

    def __init__(
        self,
        simulation: str,
        settings: Mapping[str, KnobValue] | None = None,
        *,
        host: Host,
        seed: int = 0,
        device: str = "cpu",
        pause_after: int | None = None,
        caption: str = "",
        id: str | None = None,  # noqa: A002 -- Textual's name
        classes: str | None = None,
    ) -> None:
        """Show a simulation with these settings.

        Args:
            device: `auto` for the fastest that this machine has.
            pause_after: After how many frames the first run pauses; None for its end.
        """
        super().__init__(id=id, classes=classes)
        found, self._problem = catalogue.get(simulation), ""
        try:
            knobs = knobs_from_text(found, settings or {})
        except KnobError as error:
            knobs, self._problem = found.knobs(), f"{error}. The defaults are used."
        self.experiment = Experiment(found, knobs, seed, device)
        self._pause_after = pause_after
        self._host = host
        self._caption = caption
        self._run: Run | None = None
        self._debounce: Timer | None = None
        self._happened: dict[str, tuple[int, str]] = {}
        self._waiting_since = 0.0

    def compose(self) -> ComposeResult:
        """Lay out everything; the stage decides by class what is in sight."""
        header = self.experiment.simulation.header
        yield RunHeader(header.title)
        if self._caption:
            yield Static(clean(self._caption), id="caption", markup=False)
        yield PredictionForm(self.experiment.prediction)
        yield ChartView()
        yield About(header)
        yield Static(id="status", markup=False)
        yield Findings(header)
        yield KnobBar(knobs_of(self.experiment.simulation.knobs), self.experiment.values)
        yield Static(id="note", markup=False)

    def on_mount(self) -> None:
        """Warm the worker up while the learner thinks, and put the question."""
        self._host.start()
        self.run_worker(self._follow_host(), group="simulation-host", exit_on_error=False)
        self._clock = self.set_interval(CLOCK_S, self._show_status, pause=True)
        self.watch_stage(Stage.ASKING, Stage.ASKING)
        self.call_after_refresh(self.query_one(PredictionForm).take_focus)

    def on_resize(self) -> None:
        """Show as many figures as there is room for."""
        self._show_status()

    def on_unmount(self) -> None:
        """End the run with its view."""
        if self._run is not None:
            self._run.cancel()

    # What the learner does.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what works at this stage."""
        asking = self.stage is Stage.ASKING
        if action in ("run", "step", "restart", "predict", "full_speed", "write_run"):
            return not asking
        if action == "next_view":
            return not asking and len(self.experiment.simulation.views) > 1
        if action == "next_device":
            return len(self.worker_state.devices) > 1
        return super().check_action(action, parameters)

    def action_run(self) -> None:
        """Run, pause, or go on."""
        if self._run is None or self.stage not in LIVE:
            self._begin()
        elif self._run.paused:
            self._run.resume()
            self.stage = Stage.RUNNING
        else:
            self._run.pause()
            self.stage = Stage.PAUSED

    def action_step(self) -> None:
        """Let one frame through; a run that is over begins anew."""
        if self.stage not in LIVE:
            self._begin()
        if self._run is not None:
            self._run.step()
            self.stage = Stage.PAUSED

    def action_restart(self) -> None:
        """Run again from the same seed: the same frames."""
        self._begin()

    def action_new_seed(self) -> None:
        """Run from the next seed."""
        self._change(self.experiment.reseeded())

    def action_next_device(self) -> None:
        """Run on the next device there is."""
        self._change(self.experiment.moved(self.worker_state.devices))

    def action_predict(self) -> None:
        """Ask for a prediction for the knobs as they are now."""
        self._forget_debounce()
        if self._run is not None:
            self._run.cancel()
        self.stage = Stage.ASKING
        self.query_one(PredictionForm).prediction = self.experiment.prediction
        self.call_after_refresh(self.query_one(PredictionForm).take_focus)

    def action_next_view(self) -> None:
        """Show the next view of the same run."""
        self.view_index = (self.view_index + 1) % len(self.experiment.simulation.views)

    def action_full_speed(self) -> None:
        """Turn the pace off or on."""
        self.full_speed = not self.full_speed

    def action_copy_command(self) -> None:
        """Copy the command that runs this again."""
        copy_command(self, self.experiment)

    def action_write_run(self) -> None:
        """Write the frames and the charts into a folder."""
        start_writing(self, self.experiment)

    def action_about(self) -> None:
        """Show what this simulation is, or go back."""
        self.toggle_class("-about")
        if self.has_class("-about"):
            self.query_one(About).focus()
        else:
            self._focus_default()

    def action_scroll_findings(self, pages: int) -> None:
        """Scroll the claims and the formula."""
        findings = self.query_one(Findings)
        findings.scroll_relative(y=pages * max(1, findings.size.height - 1), animate=False)

    def action_close(self) -> None:
        """Leave the text about the simulation, or the question where a run is there already; else ask to be closed."""
        if self.has_class("-about"):
            self.action_about()
        elif self.stage is Stage.ASKING and self.arrived is not None:
            self.stage = Stage.DONE
            self._focus_default()
        else:
            self.post_message(self.CloseRequested(self))

    @on(PredictionForm.Answered)
    def prediction_answered(self, event: PredictionForm.Answered) -> None:
        """Keep the commitment and run."""
        event.stop()
        self.experiment = self.experiment.committed(event.answer)
        if event.answer is not None:
            self.post_message(self.PredictionCommitted(self.experiment))
        self._begin()
        self._focus_default()

    @on(KnobCell.Moved)
    def knob_moved(self, event: KnobCell.Moved) -> None:
        """Put the question anew, or run with the new value once the knob is left alone."""
        event.stop()
        self.experiment = self.experiment.turned(event.name, event.value)
        if self.stage is Stage.ASKING:
            self.query_one(PredictionForm).prediction = self.experiment.prediction
            return
        self._forget_debounce()
        self._debounce = self.set_timer(KNOB_REST_S, self._begin)

    @on(KnobCell.Chosen)
    def knob_chosen(self, event: KnobCell.Chosen) -> None:
        """Say what the knob is, and that there are more."""
        event.stop()
        knobs = knobs_of(self.experiment.simulation.knobs)
        knob = event.cell.knob
        self.query_one("#note", Static).update(f"{knobs.index(knob) + 1} of {len(knobs)}  {about_text(knob)}")

    # What the run does.

    def _change(self, experiment: Experiment) -> None:
        """Run from another seed or on another device, and no run yet where the question stands open."""
        self.experiment = experiment
        self._show_header()
        if self.stage is not Stage.ASKING:
            self._begin()

    def _forget_debounce(self) -> None:
        if self._debounce is not None:
            self._debounce.stop()
            self._debounce = None

    def _begin(self) -> None:
        """Begin a run with the knobs, the seed and the device as they are."""
        self._forget_debounce()
        now = self.experiment
        self._problem = ""
        self._happened.clear()
        self._waiting_since = monotonic()
        request = RunRequest(now.name, now.values, now.seed, now.device, self._pause_after)
        self._pause_after = None
        self._run = self._host.run(request)
        self._set_pace()
        self.stage = Stage.WAITING
        findings = self.query_one(Findings)
        findings.show_gap(now.said, None)
        findings.show_claims(())
        findings.show_events({})
        following = self._follow(self._run, now)
        self.run_worker(following, group="simulation-run", exclusive=True, exit_on_error=False)

    async def _follow(self, run: Run, experiment: Experiment) -> None:
        async for event in run.events():
            self._show_event(event, run, experiment)

    def _show_event(self, event: RunEvent, run: Run, experiment: Experiment) -> None:
        match event:
            case WorkerStarting():
                self.stage = Stage.WAITING
            case FrameArrived(frame):
                self.stage = Stage.PAUSED if run.paused else Stage.RUNNING
                if self.arrived is None or frame.total != self.arrived.frame.total:
                    self._set_pace()
                self._happened.update({event_kind(words): (step, words) for step, words in event.happened})
                self.arrived = event
            case RunDone(claims, outcome):
                last = self.arrived.frame if self.arrived else None
                self._finish(Finding(experiment, last, claims, outcome))
            case RunFailed(message, hint):
                self._problem = f"{message} {hint}"
                self.stage = Stage.FAILED

    def _finish(self, finding: Finding) -> None:
        """Set the prediction beside what was measured, and tell whoever keeps it."""
        missed = finding.gap
        findings = self.query_one(Findings)
        findings.show_gap(finding.sentence, None if missed is None else missed.hit)
        findings.show_claims(finding.claims)
        findings.show_events(self._happened)
        self.stage = Stage.DONE
        self.post_message(self.RunFinished(finding))

    async def _follow_host(self) -> None:
        async for state in self._host.states():
            self.worker_state = state

    @on(Worker.StateChanged)
    def task_changed(self, event: Worker.StateChanged) -> None:
        """Say so where following a run broke; the next one works."""
        event.stop()
        if event.state is TaskState.ERROR and event.worker.error is not None:
            log.error("the simulation view failed", exc_info=event.worker.error)
            self._problem = f"The frames could not be shown: {event.worker.error}. The log has the details."
            self.stage = Stage.FAILED

    # What is shown.

    def watch_stage(self, _: Stage, now: Stage) -> None:
        """Lay out for the question, the run or the failure, and offer what works now."""
        if self.has_class("-asking") is not (now is Stage.ASKING):
            self.set_class(now is Stage.ASKING, "-asking")
            self.refresh_bindings()
        self.set_class(now is Stage.FAILED, "-failed")
        if now is Stage.WAITING:
            self._clock.resume()
        else:
            self._clock.pause()
        self._show_header()
        self._show_status()

    def watch_arrived(self, arrived: FrameArrived | None) -> None:
        """Draw the newest frame."""
        if arrived is not None:
            self._draw()
            self._show_header()
            self._show_status()

    def watch_view_index(self) -> None:
        """Draw the same frame in another view."""
        self._draw()

    def watch_full_speed(self) -> None:
        """Show every frame as soon as it is there, or at a pace that can be followed."""
        self._set_pace()
        self._show_header()

    def watch_worker_state(self) -> None:
        """Offer the devices that exist, and name the fastest where that was asked for."""
        if self.experiment.device == "auto" and self.worker_state.phase is Phase.READY:
            self.experiment = replace(self.experiment, device=self.worker_state.devices[0])
            self._show_header()
        self.refresh_bindings()
        self._show_status()

    def _draw(self) -> None:
        if self.arrived is None:
            return
        views = self.experiment.simulation.views
        view = views[self.view_index]
        marks = prediction_marks(self.experiment.prediction, self.experiment.answer, view)
        self.query_one(ChartView).chart = chart_of(self.arrived.frame, view, views, marks)

    def _show_header(self) -> None:
        now = self.experiment
        words = header_words(self.stage, now, self.arrived, full_speed=self.full_speed)
        self.query_one(RunHeader).show(*words)

    def _show_status(self) -> None:
        wraps = self.stage in (Stage.ASKING, Stage.FAILED)
        self.query_one("#status", Static).update(self._status(), layout=wraps)

    def _status(self) -> str:
        if self._problem:
            return clean(self._problem)
        if self.stage is Stage.WAITING and self.worker_state.phase is not Phase.READY:
            return waiting_words(self.worker_state, monotonic() - self._waiting_since)
        if self.stage is Stage.ASKING or self.arrived is None:
            return ""
        frame, columns = self.arrived.frame, self.query_one("#status").content_size.width
        return clean(frame.event) if frame.event else readouts(frame.scalars, columns)

    def _set_pace(self) -> None:
        if self._run is None:
            return
        total = self.arrived.frame.total if self.arrived else 0
        self._run.set_pace(FULL_SPEED if self.full_speed else max(PACE, total / LONGEST_SHOWN_S))

    def _focus_default(self) -> None:
        """Give the keyboard to the answer while one is asked for, to the knobs after that."""
        if self.stage is Stage.ASKING:
            self.query_one(PredictionForm).take_focus()
        else:
            self.query(KnobCell).first().focus()
