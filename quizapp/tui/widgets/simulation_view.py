"""One simulation, live: the prediction first, then the run, then the gap between the two. Embeds in any screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from quizapp.core.chart.label import clean
from quizapp.core.experiment import Experiment, Finding
from quizapp.core.sentence import sentence
from quizapp.services.simulation_messages import FrameArrived, Host, Phase, WorkerState
from quizapp.tui.widgets.knob_bar import KnobBar, KnobCell, about_text
from quizapp.tui.widgets.prediction_form import PredictionForm
from quizapp.tui.widgets.run_export import copy_command, start_writing
from quizapp.tui.widgets.run_panel import About, Findings, RunHeader
from quizapp.tui.widgets.run_workbench import RunWorkbench
from quizapp.tui.widgets.simulation_charts import SimulationCharts
from quizapp.tui.widgets.simulation_keys import SIMULATION_KEYS
from quizapp.tui.widgets.simulation_layout import LAYOUT
from quizapp.tui.widgets.simulation_stage import Stage, frame_words, header_words, sweep_words, waiting_words
from sims import catalogue
from sims.protocol import KnobError, KnobValue, knobs_from_text, knobs_of

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

KNOB_REST_S = 0.15
"""A knob restarts the run when it was left alone for so long."""
CLOCK_S = 0.1


class SimulationView(RunWorkbench):
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

    worker_state: reactive[WorkerState] = reactive(WorkerState(), init=False)

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
        tolerance: float | None = None,
        id: str | None = None,  # noqa: A002 -- Textual's name
        classes: str | None = None,
    ) -> None:
        """Show a simulation with these settings.

        Args:
            device: `auto` for the one that the host prefers, or the fastest.
            pause_after: After how many frames the first run pauses; None for its end.
            tolerance: The largest error that counts as right, if not as the simulation has it.
        """
        found, problem = catalogue.get(simulation), ""
        try:
            knobs = knobs_from_text(found, settings or {})
        except KnobError as error:
            knobs, problem = found.knobs(), f"{sentence(error)} The defaults are used."
        experiment = Experiment(found, knobs, seed, device, tolerance=tolerance)
        super().__init__(experiment, host, pause_after=pause_after, id=id, classes=classes)
        self._problem = problem
        self._caption = caption
        self._debounce: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out everything; the stage decides by class what is in sight."""
        header = self.experiment.simulation.header
        yield RunHeader(header.title)
        if self._caption:
            yield Static(clean(self._caption), id="caption", markup=False)
        yield PredictionForm(self.experiment.prediction)
        yield Static(id="compared", markup=False)
        yield SimulationCharts()
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
        """Show as many figures, and charts, as there is room for."""
        self.call_after_refresh(self.draw)
        self._show_status()

    # What the learner does.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what works at this stage."""
        asking, sweeping = self.stage is Stage.ASKING, self.stage is Stage.SWEEPING
        if action in ("restart", "predict", "full_speed", "band", "toggle_log", "write_run"):
            return not asking
        if action in ("run", "step", "look", "pin", "sweep"):
            return not asking and not sweeping
        if action == "beside":
            return not asking and not sweeping and self.pinned is not None
        if action == "next_view":
            return sweeping or (not asking and len(self.experiment.simulation.views) > 1)
        if action == "next_device":
            return len(self.worker_state.devices) > 1
        return super().check_action(action, parameters)

    def action_run(self) -> None:
        """Run, pause, or go on."""
        self.run_or_pause()

    def action_step(self) -> None:
        """Let one frame through; a run that is over begins anew."""
        self.step()

    def action_look(self, frames: int) -> None:
        """Go back over the frames, or forward; at the newest the run is followed again."""
        self.look(frames)

    def action_restart(self) -> None:
        """Run again from the same seed: the same frames."""
        self.begin()

    def action_new_seed(self) -> None:
        """Run from the next seed; a band, from the seeds after its own."""
        self._change(self.experiment.reseeded(self.seeds))

    def action_next_device(self) -> None:
        """Run on the next device there is."""
        self._change(self.experiment.moved(self.worker_state.devices))

    def action_predict(self) -> None:
        """Ask for a prediction for the knobs as they are now."""
        self._forget_debounce()
        self.hold()
        self.sweep = None
        self.stage = Stage.ASKING
        self.query_one(PredictionForm).prediction = self.experiment.prediction
        self.call_after_refresh(self.query_one(PredictionForm).take_focus)

    def action_next_view(self) -> None:
        """Show the next view of the same run, or the next measure of a sweep."""
        self.turn_view()

    def action_toggle_log(self, axis: str) -> None:
        """Turn an axis of the present view from linear to logarithmic or back."""
        self.turn_axis(axis)

    def action_pin(self) -> None:
        """Keep the run in sight as A, to compare the next ones with it; or stop comparing."""
        self.pin()

    def action_beside(self) -> None:
        """Show the compared runs in one chart or in two."""
        self.put_beside()

    def action_band(self) -> None:
        """Run several seeds for a band, or one again."""
        self.turn_band()

    def action_sweep(self) -> None:
        """Run over the range of the knob that takes the arrow keys, or of the first one."""
        cells = list(self.query(KnobCell))
        self._forget_debounce()
        self.sweep_over(next((cell for cell in cells if cell.has_focus), cells[0]).knob)

    def action_full_speed(self) -> None:
        """Turn the pace off or on."""
        self.full_speed = not self.full_speed

    def action_copy_command(self) -> None:
        """Copy the command that runs this again, or the sweep in sight."""
        copy_command(self, self.experiment, self.sweep)

    def action_write_run(self) -> None:
        """Write the frames and the charts, or the sweep in sight, into a folder."""
        start_writing(self, self.experiment, self.sweep)

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
        """Leave what lies over the run: the text about it, a sweep, the question; else ask to be closed."""
        if self.has_class("-about"):
            self.action_about()
        elif self.stage is Stage.SWEEPING:
            self.leave_sweep()
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
        self.begin()
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
        self._debounce = self.set_timer(KNOB_REST_S, self.begin)

    @on(KnobCell.Chosen)
    def knob_chosen(self, event: KnobCell.Chosen) -> None:
        """Say what the knob is, and that there are more."""
        event.stop()
        knobs = knobs_of(self.experiment.simulation.knobs)
        knob = event.cell.knob
        self.query_one("#note", Static).update(f"{knobs.index(knob) + 1} of {len(knobs)}  {about_text(knob)}")

    # What the run does.

    def begin(self) -> None:
        """Begin a run with the knobs, the seed and the device as they are."""
        self._forget_debounce()
        super().begin()
        findings = self.query_one(Findings)
        findings.show_gap(self.ran.said, None)
        findings.show_claims(())
        findings.show_events({})
        self.query_one(About).show_explanation("")
        self.show_comparison()

    def show_finding(self, finding: Finding) -> None:
        """Tell whoever keeps the prediction, and once the last frame is painted, set it beside what was measured."""
        self.post_message(self.RunFinished(finding))
        self.call_after_refresh(self._show_findings, finding)

    def _show_findings(self, finding: Finding) -> None:
        if finding is not self._finding:
            return
        super().show_finding(finding)
        missed = finding.gap
        findings = self.query_one(Findings)
        findings.show_gap(finding.sentence, None if missed is None else missed.hit)
        findings.show_claims(() if self.is_comparing else finding.claims)
        findings.show_events(self._happened)
        self.query_one(About).show_explanation(finding.explanation)

    def _change(self, experiment: Experiment) -> None:
        """Run from another seed or on another device, and no run yet where the question stands open."""
        self.experiment = experiment
        self._show_header()
        if self.stage is not Stage.ASKING:
            self.begin()

    def _forget_debounce(self) -> None:
        if self._debounce is not None:
            self._debounce.stop()
            self._debounce = None

    async def _follow_host(self) -> None:
        async for state in self._host.states():
            self.worker_state = state

    # What is shown.

    def watch_stage(self, before: Stage, now: Stage) -> None:
        """Lay out for the question, the run, the sweep or the failure, and offer what works now."""
        apart = (Stage.ASKING, Stage.SWEEPING)
        if before is not now and (before in apart or now in apart):
            self.refresh_bindings()
        self.set_class(now is Stage.ASKING, "-asking")
        self.set_class(now is Stage.SWEEPING, "-sweeping")
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
            self.draw()
            self._show_header()
            self._show_status()

    def watch_full_speed(self) -> None:
        """Show every frame as soon as it is there, or at a pace that can be followed."""
        super().watch_full_speed()
        self._show_header()

    def watch_worker_state(self) -> None:
        """Offer the devices that exist, and name the one that `auto` stands for."""
        if self.experiment.device == "auto" and self.worker_state.phase is Phase.READY:
            self.name_device(self.worker_state.device)
            self._show_header()
        self.refresh_bindings()
        self._show_status()

    def show_surroundings(self) -> None:
        """Bring the header and the line below the chart up to date."""
        self._show_header()
        self._show_status()

    def _show_header(self) -> None:
        shown, frame = self.arrived, self.frame
        if shown is not None and frame is not None:
            shown = replace(shown, frame=frame)
        words = header_words(self.stage, self.experiment, shown, seeds=self.seeds, full_speed=self.full_speed)
        self.query_one(RunHeader).show(*words)

    def _show_status(self) -> None:
        wraps = self.stage in (Stage.ASKING, Stage.FAILED)
        self.query_one("#status", Static).update(self._status(), layout=wraps)

    def _status(self) -> str:
        if self._problem:
            return clean(self._problem)
        if self.stage is Stage.WAITING and self.worker_state.phase is not Phase.READY:
            return waiting_words(self.worker_state, monotonic() - self._waiting_since)
        if self.stage is Stage.WAITING and (elapsed_s := monotonic() - self._waiting_since) >= 1:
            return f"Running … {elapsed_s:.0f} s"
        axes = self.axes.words(self.shown_view)
        if self.sweep is not None:
            return sweep_words(self.sweep, self.sweep_progress, axes)
        frame = self.frame
        if self.stage is Stage.ASKING or frame is None:
            return ""
        columns = self.query_one("#status").content_size.width
        return frame_words(frame, columns, is_newest=self.is_at_newest, axes=axes)

    def _focus_default(self) -> None:
        """Give the keyboard to the answer while one is asked for, to the knobs after that."""
        if self.stage is Stage.ASKING:
            self.query_one(PredictionForm).take_focus()
        else:
            self.query(KnobCell).first().focus()
