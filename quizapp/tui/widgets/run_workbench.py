"""What can be done with a run beyond playing it: other axes, a band of seeds, a comparison of two, a sweep of one knob."""

from __future__ import annotations

from dataclasses import replace

from textual.reactive import reactive
from textual.widgets import Static

from quizapp.core.axes import Axes
from quizapp.core.chart import Chart
from quizapp.core.comparison import Pinned, beside, claim_rows, difference_words, overlaid, scalar_rows
from quizapp.core.experiment import Experiment, Finding
from quizapp.core.frame_chart import chart_of, predicted_view, with_answer
from quizapp.core.sweep import Sweep, sweep_values
from quizapp.services.simulation_messages import RunRequest
from quizapp.services.simulation_sweep import SweepProgress, swept
from quizapp.tui.key_words import keyed
from quizapp.tui.widgets.run_panel import Findings
from quizapp.tui.widgets.run_player import RUNS, RunPlayer
from quizapp.tui.widgets.simulation_charts import SimulationCharts
from quizapp.tui.widgets.simulation_stage import LIVE, Stage
from sims.protocol import Frame, Knob, View

BAND_SEEDS = 8


class RunWorkbench(RunPlayer):
    """Draws the frame in sight, alone or compared, or a sweep in its place.

    Attributes:
        pinned: The run that others are compared with, A.
        sweep: The sweep in sight; None while a run is.
        sweep_progress: How far the sweep's present run has come.
    """

    view_index: reactive[int] = reactive(0, init=False)
    axes: reactive[Axes] = reactive(Axes(), init=False)
    pinned: reactive[Pinned | None] = reactive[Pinned | None](None, init=False)
    side_by_side: reactive[bool] = reactive(default=False, init=False)
    sweep: reactive[Sweep | None] = reactive[Sweep | None](None, init=False)
    sweep_progress: reactive[SweepProgress | None] = reactive[SweepProgress | None](None, init=False)

    @property
    def shown_view(self) -> View:
        """The view in sight, as the simulation or the sweep declares it."""
        return self.sweep.view if self.sweep else self.experiment.simulation.views[self.view_index]

    @property
    def is_comparing(self) -> bool:
        """Whether the present run is another one than the pinned."""
        return self.pinned is not None and self.pinned.experiment is not self.ran

    def show_surroundings(self) -> None:
        """Bring what tells of the frame in sight up to date; the subclass does."""

    def turn_view(self) -> None:
        """Show the next view of the same run, or the next measure of a sweep."""
        if self.sweep is not None:
            self.sweep = self.sweep.turned()
        else:
            self.view_index = (self.view_index + 1) % len(self.experiment.simulation.views)

    def turn_axis(self, axis: str) -> None:
        """Turn an axis of the view in sight over."""
        self.axes = self.axes.toggled(self.shown_view, axis)

    def turn_band(self) -> None:
        """Run a band of seeds, or one seed again."""
        self.seeds = 1 if self.seeds > 1 else BAND_SEEDS
        self.begin()

    def begin(self) -> None:
        """Begin a run, in place of a sweep."""
        self.sweep = None
        super().begin()

    def show_finding(self, finding: Finding) -> None:
        """Show the gap where it is drawn, and complete the pinned run or the comparison with it."""
        if finding.gap is not None:
            self.view_index = predicted_view(finding.experiment)
        if self.pinned is not None and not self.is_comparing and finding.last is not None:
            self.pinned = replace(self.pinned, frame=finding.last, claims=finding.claims)
        self.show_comparison()

    # A and B.

    def pin(self) -> None:
        """Keep the run in sight as A, or stop comparing."""
        frame = self.arrived.frame if self.arrived else None
        if self.pinned is not None or frame is None:
            self.pinned = None
        else:
            claims = self._finding.claims if self._finding else ()
            self.pinned = Pinned(self.ran, frame, claims)

    def put_beside(self) -> None:
        """Show the compared runs in two charts, or in one."""
        if not self.side_by_side and not self.query_one(SimulationCharts).has_room:
            self.notify("Two charts need a wider terminal.", timeout=3)
            return
        self.side_by_side = not self.side_by_side

    def show_comparison(self) -> None:
        """Say what is compared, and set the figures of both runs side by side once the second one is over."""
        pinned, findings = self.pinned, self.query_one(Findings)
        self.set_class(pinned is not None, "-pinned")
        self.query_one("#compared", Static).update(_compared(pinned, self.ran) if pinned else "")
        if pinned is not None and self.is_comparing and self._finding and self._finding.last:
            found = self._finding
            rows = claim_rows(pinned.claims, found.claims), scalar_rows(pinned.frame, self._finding.last)
            findings.show_comparison(*rows)
            findings.show_claims(())
        else:
            findings.show_comparison((), ())
            findings.show_claims(self._finding.claims if self._finding else ())

    # One knob over its range.

    def sweep_over(self, knob: Knob) -> None:
        """Run over the range of a knob, in place of the present run."""
        self.hold()
        self._problem = ""
        self._was_over = self.stage not in LIVE
        self.sweep_progress = None
        self.sweep = Sweep(knob, sweep_values(knob))
        self.stage = Stage.SWEEPING
        self.run_worker(self._follow_sweep(self.sweep), group=RUNS, exclusive=True, exit_on_error=False)

    def leave_sweep(self) -> None:
        """Go back to the run that stood there before; one that was not over begins anew."""
        self.hold()
        if self._was_over:
            self.sweep = None
            self.stage = Stage.DONE
            self.draw()
            self.show_surroundings()
        else:
            self.begin()

    async def _follow_sweep(self, sweep: Sweep) -> None:
        now = self.experiment
        requests = [
            RunRequest(now.name, {**now.values, sweep.knob.name: value}, now.seed, now.device)
            for value in sweep.values
        ]
        async for progress in swept(self._host, requests):
            if self.sweep is None:
                return
            self.sweep_progress = progress
            if progress.over:
                self.sweep = self.sweep.measured(progress.frame.scalars if progress.frame else {})

    # What is drawn.

    def watch_view_index(self) -> None:
        """Draw the same frame in another view."""
        self.draw()
        self.show_surroundings()

    def watch_axes(self) -> None:
        """Draw on the axes as they are now."""
        self.draw()
        self.show_surroundings()

    def watch_looked_at(self) -> None:
        """Draw the frame that is looked at."""
        self.draw()
        self.show_surroundings()

    def watch_pinned(self) -> None:
        """Begin or stop comparing."""
        self.draw()
        self.show_comparison()
        self.refresh_bindings()

    def watch_side_by_side(self) -> None:
        """Draw one chart or two."""
        self.draw()

    def watch_sweep(self) -> None:
        """Draw what the sweep has come to."""
        self.draw()
        self.show_surroundings()

    def watch_sweep_progress(self) -> None:
        """Tell how far the sweep has come."""
        self.show_surroundings()

    def draw(self) -> None:
        """Draw the frame in sight, or the sweep."""
        charts = self.query_one(SimulationCharts)
        view = self.axes.applied(self.shown_view)
        if self.sweep is not None:
            charts.show(chart_of(self.sweep.frame, view))
            return
        frame, pinned = self.frame, self.pinned
        if frame is None:
            return
        chart = self._chart(frame, view, self.ran)
        if pinned is None or not self.is_comparing:
            charts.show(chart)
            return
        of_pinned = self._chart(pinned.frame, view, pinned.experiment)
        if self.side_by_side and charts.has_room:
            left, right = beside(of_pinned, chart, difference_words(pinned.experiment, self.ran))
            charts.show(right, left)
        else:
            charts.show(overlaid(of_pinned, chart))

    def _chart(self, frame: Frame, view: View, experiment: Experiment) -> Chart:
        return with_answer(chart_of(frame, view, experiment.simulation.views), experiment, frame, view)


def _compared(pinned: Pinned, ran: Experiment) -> str:
    if pinned.experiment is ran:
        return keyed("A is this run; turn a knob to run B. {simulation.pin=a} stops comparing.")
    of_a, of_b = difference_words(pinned.experiment, ran)
    return f"A  {of_a}     B  {of_b}"
