"""Plays the runs of one simulation: begins them, paces, pauses and steps them, and goes back over their frames."""

from __future__ import annotations

import logging
from dataclasses import replace
from time import monotonic

from textual import on
from textual.reactive import reactive
from textual.widget import Widget
from textual.worker import Worker
from textual.worker import WorkerState as TaskState

from quizapp.core.experiment import Experiment, Finding
from quizapp.services.simulation_messages import (
    FULL_SPEED,
    PACE,
    FrameArrived,
    Host,
    Run,
    RunDone,
    RunEvent,
    RunFailed,
    RunRequest,
    WorkerStarting,
)
from quizapp.tui.widgets.run_panel import event_kind
from quizapp.tui.widgets.simulation_stage import LIVE, Stage
from sims.protocol import Frame

LONGEST_SHOWN_S = 4.0
"""A run of many frames is paced faster than `PACE`, so that it is seen in this time."""
RUNS = "simulation-run"

log = logging.getLogger("quizapp.simulation")


class RunPlayer(Widget):
    """Holds the present run and the frame in sight. What surrounds the frames is the subclass's.

    Attributes:
        experiment: What the next run will be of.
        ran: What the present run is of.
        looked_at: The place of the kept frame in sight; None while the newest is.
        seeds: How many seeds a run is of; of more than one its frames are bands.
    """

    stage: reactive[Stage] = reactive(Stage.ASKING, init=False)
    arrived: reactive[FrameArrived | None] = reactive[FrameArrived | None](
        None, init=False, always_update=True
    )
    looked_at: reactive[int | None] = reactive[int | None](None, init=False)
    full_speed: reactive[bool] = reactive(default=False, init=False)

    def __init__(
        self,
        experiment: Experiment,
        host: Host,
        *,
        pause_after: int | None = None,
        id: str | None = None,  # noqa: A002 -- Textual's name
        classes: str | None = None,
    ) -> None:
        """Play this experiment.

        Args:
            pause_after: After how many frames the first run pauses; None for its end.
        """
        super().__init__(id=id, classes=classes)
        self.experiment = self.ran = experiment
        self.seeds = 1
        self._host = host
        self._pause_after = pause_after
        self._run: Run | None = None
        self._problem = ""
        self._happened: dict[str, tuple[int, str]] = {}
        self._finding: Finding | None = None
        self._waiting_since = 0.0
        self._goes_on = False

    @property
    def finding(self) -> Finding | None:
        """What the latest run came to; None while it has not."""
        return self._finding

    @property
    def frame(self) -> Frame | None:
        """The frame in sight."""
        if self.looked_at is not None and self._run is not None:
            return self._run.frame(self.looked_at)
        return self.arrived.frame if self.arrived else None

    @property
    def is_at_newest(self) -> bool:
        """Whether there is no later frame to go to."""
        return self.looked_at is None

    def on_unmount(self) -> None:
        """End the run with its view."""
        if self._run is not None:
            self._run.cancel()

    def begin(self) -> None:
        """Begin a run with the knobs, the seed and the device as they are."""
        now = self.ran = self.experiment
        self._problem = ""
        self._happened.clear()
        self._finding = None
        self._goes_on = False
        self._waiting_since = monotonic()
        self._run = self._host.run(
            RunRequest(now.name, now.values, now.seed, now.device, self._pause_after, self.seeds)
        )
        self.looked_at = None
        self._pause_after = None
        self._set_pace()
        self.stage = Stage.WAITING
        following = self._follow(self._run)
        self.run_worker(following, group=RUNS, exclusive=True, exit_on_error=False)

    def run_or_pause(self) -> None:
        """Run, pause, or go on from the newest frame."""
        if self._run is None or self.stage not in LIVE:
            self.begin()
        elif self._run.paused:
            self.looked_at = None
            self._run.resume()
            self.stage = Stage.RUNNING
        else:
            self._pause()

    def step(self) -> None:
        """Let one frame through; a run that is over begins anew."""
        if self.stage not in LIVE:
            self.begin()
        self.looked_at = None
        if self._run is not None:
            self._run.step()
            self.stage = Stage.PAUSED

    def look(self, frames: int) -> None:
        """Go so many frames forward, or back; a run that is on its way waits until its newest frame is in sight again."""
        if self._run is None or not self._run.kept:
            return
        newest = self._run.kept - 1
        before = newest if self.looked_at is None else self.looked_at
        place = max(0, before + frames)
        if place < newest:
            if self.stage is Stage.RUNNING:
                self._pause()
                self._goes_on = True
            self.looked_at = place
            return
        self.looked_at = None
        if self._goes_on and self.stage is Stage.PAUSED:
            self._goes_on = False
            self.run_or_pause()

    def hold(self) -> None:
        """End what runs, keeping what was shown."""
        self.workers.cancel_group(self, RUNS)
        if self._run is not None:
            self._run.cancel()

    def show_finding(self, finding: Finding) -> None:
        """Show what a run came to; the subclass does."""

    def _pause(self) -> None:
        if self._run is not None:
            self._goes_on = False
            self._run.pause()
            self.stage = Stage.PAUSED

    async def _follow(self, run: Run) -> None:
        async for event in run.events():
            self._show_event(event, run)

    def _show_event(self, event: RunEvent, run: Run) -> None:
        match event:
            case WorkerStarting():
                self.stage = Stage.WAITING
            case FrameArrived(frame):
                self.stage = Stage.PAUSED if run.paused else Stage.RUNNING
                if self.arrived is None or frame.total != self.arrived.frame.total:
                    self._set_pace(frame.total)
                self._happened.update({event_kind(words): (step, words) for step, words in event.happened})
                self.arrived = event
            case RunDone(claims, outcome, explanation):
                last = self.arrived.frame if self.arrived else None
                self._finding = Finding(self.ran, last, claims, outcome, explanation)
                self.stage = Stage.DONE
                self.show_finding(self._finding)
            case RunFailed(message, hint):
                self._problem = f"{message} {hint}"
                self.stage = Stage.FAILED

    @on(Worker.StateChanged)
    def task_changed(self, event: Worker.StateChanged) -> None:
        """Say so where following a run broke; the next one works."""
        event.stop()
        if event.state is TaskState.ERROR and event.worker.error is not None:
            log.error("the simulation view failed", exc_info=event.worker.error)
            self._problem = f"The frames could not be shown: {event.worker.error}. The log has the details."
            self.stage = Stage.FAILED

    def watch_full_speed(self) -> None:
        """Show every frame as soon as it is there, or at a pace that can be followed."""
        self._set_pace()

    def _set_pace(self, total: int | None = None) -> None:
        if self._run is None:
            return
        if total is None:
            total = self.arrived.frame.total if self.arrived else 0
        self._run.set_pace(FULL_SPEED if self.full_speed else max(PACE, total / LONGEST_SHOWN_S))

    def name_device(self, device: str) -> None:
        """Name the device that `auto` stands for."""
        named = replace(self.experiment, device=device)
        self.ran = named if self.ran is self.experiment else self.ran
        self.experiment = named
