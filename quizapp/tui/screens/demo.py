"""Simulations one after the other with captions: for a talk, or a screen in a corner. Nothing is asked, nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from quizapp.core.chart.label import clean
from quizapp.core.chart.number import with_powers
from quizapp.core.frame_chart import chart_of, empty_chart
from quizapp.services.simulation_messages import (
    FrameArrived,
    Host,
    Run,
    RunDone,
    RunEvent,
    RunFailed,
    RunRequest,
    WorkerStarting,
)
from quizapp.tui.key_words import keyed
from quizapp.tui.widgets.chart_view import ChartView
from quizapp.tui.widgets.key_line import KeyLine
from sims.protocol import Simulation

if TYPE_CHECKING:
    from textual.app import ComposeResult

TICK_S = 0.1
READ_S = 4.0
"""The shortest time for which a result stands, however long the run took."""
RUNNING_PART = 0.6
"""The part of a simulation's time in which its frames are shown; the rest is for reading."""


class DemoScreen(Screen[None]):
    """Plays simulations at their defaults, each for so many seconds, or for as long as it takes and `READ_S` more."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "hold", "Hold", id="demo.hold"),
        Binding("right,n", "go(1)", "On", id="demo.on", key_display="→"),
        Binding("left,p", "go(-1)", "Back", id="demo.back", key_display="←"),
        Binding("escape,q", "leave", "Leave", id="demo.leave"),
    ]
    DEFAULT_CSS = """
    DemoScreen {
        layout: vertical;
        padding: 1 3 0 3;
        & > #demo-title { height: auto; text-style: bold; color: $primary; }
        & > #demo-claim { height: auto; max-width: 100; }
        & > #demo-formula { height: auto; max-height: 2; color: $text-muted; }
        & > ChartView { height: 1fr; min-height: 6; margin: 1 0; }
        & > #demo-caption { height: auto; min-height: 2; max-height: 4; max-width: 100; text-style: bold; }
        & > #demo-place { height: 1; color: $text-muted; }
        &.-short { padding: 0 1; }
        &.-short > ChartView { margin: 0; }
        &.-short > #demo-formula { display: none; }
    }
    """

    def __init__(
        self,
        simulations: Sequence[Simulation[Any]],
        *,
        host: Host,
        seconds: float,
        loop: bool,
    ) -> None:
        """Play these, at least one.

        Args:
            seconds: For how long each is shown.
            loop: Begin again after the last; without it the last one stays.
        """
        super().__init__()
        self._simulations = tuple(simulations)
        self._host = host
        self._seconds = seconds
        self._loop = loop
        self._place = 0
        self._run: Run | None = None
        self._held = False
        self._shown_s = 0.0
        self._over_s = 0.0
        self._is_over = False
        self._total = 0
        self._ticked_at = 0.0

    def compose(self) -> ComposeResult:
        """Lay out the words over the chart over the caption."""
        yield Static(id="demo-title", markup=False)
        yield Static(id="demo-claim", markup=False)
        yield Static(id="demo-formula", markup=False)
        yield ChartView()
        yield Static(id="demo-caption", markup=False)
        yield Static(id="demo-place", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin with the first."""
        self._ticked_at = monotonic()
        self.set_interval(TICK_S, self._tick)
        self._begin(0)

    def on_unmount(self) -> None:
        """End the run with the screen."""
        if self._run is not None:
            self._run.cancel()

    def action_hold(self) -> None:
        """Stop time, or let it go on."""
        self._held = not self._held
        if self._run is not None and not self._is_over:
            (self._run.pause if self._held else self._run.resume)()
        self._show_place()

    def action_go(self, places: int) -> None:
        """Go to the next one or the one before; without a loop the ends hold."""
        place = self._place + places
        if self._loop or 0 <= place < len(self._simulations):
            self._begin(place % len(self._simulations))

    def action_leave(self) -> None:
        """Leave."""
        self.dismiss()

    def _begin(self, place: int) -> None:
        """Show what a simulation claims, and run it."""
        self._place, self._held, self._is_over = place, False, False
        self._shown_s = self._over_s = 0.0
        self._total = 0
        simulation = self._simulations[place]
        header = simulation.header
        for part, words in (("title", header.title), ("claim", header.claim), ("formula", header.formula)):
            self.query_one(f"#demo-{part}", Static).update(Content(clean(words)))
        self._caption("")
        self.query_one(ChartView).chart = empty_chart(simulation.views[0])
        self._show_place()
        self._run = self._host.run(RunRequest(header.name, {}, 0, "auto"))
        self.run_worker(self._follow(self._run), group="demo-run", exclusive=True, exit_on_error=False)

    async def _follow(self, run: Run) -> None:
        async for event in run.events():
            if run is self._run:
                self._happen(event, run)

    def _happen(self, event: RunEvent, run: Run) -> None:
        match event:
            case WorkerStarting(detail):
                self._caption(f"Starting: {detail} …")
            case FrameArrived(frame, happened=happened):
                if frame.total != self._total:
                    self._total = frame.total
                    self._caption("")
                    run.set_pace(max(1.0, frame.total / (RUNNING_PART * self._seconds)))
                views = self._simulations[self._place].views
                self.query_one(ChartView).chart = chart_of(frame, views[0], views)
                if happened:
                    self._caption(happened[-1][1])
            case RunDone(outcome=outcome):
                self._end(outcome.reason if outcome else "")
            case RunFailed(message):
                self._end(message)

    def _end(self, words: str) -> None:
        """Say what came of it, and leave time to read it."""
        self._is_over = True
        sentence = with_powers(words)
        self._caption(sentence[:1].upper() + sentence[1:])

    @on(Worker.StateChanged)
    def task_changed(self, event: Worker.StateChanged) -> None:
        """Say so where a run could not be shown; the next one comes all the same."""
        event.stop()
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self._end(f"It could not be shown: {event.worker.error}")

    def _tick(self) -> None:
        """Count the time that is not held, and go on when it is up."""
        now = monotonic()
        passed, self._ticked_at = now - self._ticked_at, now
        if self._held:
            return
        self._shown_s += passed
        self._over_s += passed if self._is_over else 0.0
        if self._is_over and self._shown_s >= self._seconds and self._over_s >= min(READ_S, self._seconds):
            self.action_go(1)

    def _caption(self, words: str) -> None:
        self.query_one("#demo-caption", Static).update(Content(clean(words)))

    def _show_place(self) -> None:
        held = keyed("   held: {demo.hold=space} goes on") if self._held else ""
        words = f"{self._place + 1} of {len(self._simulations)}{held}"
        self.query_one("#demo-place", Static).update(Content(words))
