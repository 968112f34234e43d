"""The app's side of the simulation worker: one warm process, watched, replaced when it fails, gone with the app."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from typing import Any

from quizapp.services.motion import Motion
from quizapp.services.simulation_messages import Phase, RunDone, RunFailed, RunRequest, WorkerState
from quizapp.services.simulation_run import AHEAD, HostedRun
from quizapp.services.worker_process import WorkerProcess
from sims.protocol import Frame
from sims.protocol.messages import (
    VERSION,
    Message,
    MessageError,
    decode,
    encode,
    read_claim,
    read_frame,
    read_outcome,
)

WORKER = (sys.executable, "-P", "-m", "sims.worker")  # -P: nothing of the current folder is imported
FRAME_TIMEOUT_S = 10.0
START_TIMEOUT_S = 120.0  # loading torch takes 1-2 s, and far longer from a cold disk
MEMORY_LIMIT_MIB = 2048  # above what the worker uses once torch is loaded
GRACE_S = 0.1  # for what lies in the pipe unread when the app itself was busy
AGAIN = "Nothing else is lost. Run it again; the log has the details."

log = logging.getLogger("quizapp.simulation")


def crowding() -> float:
    """Return how many programs wait for each processor, 1 at least: on a crowded machine a frame takes longer."""
    try:
        return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    except (AttributeError, OSError):  # Windows has no load average
        return 1.0


class SimulationHost:
    """Runs simulations in a worker process, one at a time. Belongs to one event loop; nothing here blocks it.

    Attributes:
        motion: How much of the next run is drawn while it runs.
    """

    def __init__(
        self,
        command: Sequence[str] = WORKER,
        *,
        memory_limit_mib: int = MEMORY_LIMIT_MIB,
        frame_timeout_s: float = FRAME_TIMEOUT_S,
        start_timeout_s: float = START_TIMEOUT_S,
        crowding: Callable[[], float] = crowding,
        motion: Motion | None = None,
        device: str = "auto",
    ) -> None:
        """Prepare; nothing is started.

        Args:
            crowding: What the time allowed is multiplied by, because other programs take their share.
            motion: How much of a run is drawn while it runs.
            device: Where runs go that ask for `auto`; one that this machine has not is told in `state.missing`.
        """
        self._crowding = crowding
        self.motion = motion or Motion()
        self._command = (*command, f"--memory-mb={memory_limit_mib}")
        self._frame_timeout_s = frame_timeout_s
        self._start_timeout_s = start_timeout_s
        self._device = device
        self._state = WorkerState(wanted=device)
        self._watchers: set[asyncio.Queue[WorkerState]] = set()
        self._process: WorkerProcess | None = None
        self._starting: asyncio.Task[None] | None = None
        self._watchdog: asyncio.Task[None] | None = None
        self._run: HostedRun | None = None
        self._runs = 0
        self._why = ""
        self._closed = False

    @property
    def state(self) -> WorkerState:
        """What is known of the worker now."""
        return self._state

    @property
    def worker_pid(self) -> int | None:
        """The worker's process id; None where there is no worker."""
        return self._process.pid if self._process is not None else None

    def prefer(self, device: str) -> None:
        """Let runs that ask for `auto` go to this device from now on."""
        if device != self._device:
            self._device = device
            self._become(self._state)

    async def states(self) -> AsyncIterator[WorkerState]:
        """Yield what is known of the worker now, and again whenever that changes."""
        changes: asyncio.Queue[WorkerState] = asyncio.Queue()
        self._watchers.add(changes)
        try:
            yield self._state
            while True:
                yield await changes.get()
        finally:
            self._watchers.discard(changes)

    def start(self) -> None:
        """Start the worker unless there is one; return at once."""
        if self._closed or self._state.phase in (Phase.STARTING, Phase.READY):
            return
        self._become(WorkerState(Phase.STARTING, detail="loading torch"))
        self._starting = asyncio.create_task(self._spawn())

    def run(self, request: RunRequest) -> HostedRun:
        """Begin a run, and cancel the one before it. Where the worker is not ready yet, the run waits for it."""
        if self._run is not None:
            self._run.cancel()
        self._runs += 1
        run = self._run = HostedRun(
            request, self._runs, grant=self._more, stop=self._cancel, decode=_frame, motion=self.motion
        )
        if self._closed:
            run.finish(RunFailed("The simulations' process was closed.", "Open the simulation again."))
        elif self._state.phase is Phase.READY:
            self._begin(run)
        else:
            self.start()
            run.wait_for_worker(self._state.detail)
        return run

    async def close(self) -> None:
        """End the run and the worker, within a second; after this nothing runs any more."""
        self._closed = True
        if self._run is not None:
            self._run.cancel()
        if self._starting is not None:
            await self._starting
        if self._process is not None:
            await self._process.close(_request("quit"))
        if self._watchdog is not None:
            await asyncio.wait({self._watchdog})

    async def _spawn(self) -> None:
        """Start the process; that it is ready, it says itself."""
        process = self._process = WorkerProcess(self._lines_arrived, self._process_ended)
        try:
            await process.spawn(self._command)
        except OSError as error:
            log.exception("the simulations' process cannot be started")
            self._lost(f"it cannot be started: {error.strerror}")
            return
        self._watchdog = asyncio.create_task(self._watch(process))

    def _begin(self, run: HostedRun) -> None:
        run.begin()
        wanted = run.request
        self._send(
            "run",
            run=run.number,
            simulation=wanted.simulation,
            knobs=dict(wanted.knobs),
            seed=wanted.seed,
            device=self._state.device if wanted.device == "auto" else wanted.device,
            credit=AHEAD,
            **({"seeds": wanted.seeds} if wanted.seeds > 1 else {}),
        )

    def _more(self, run: int, frames: int) -> None:
        self._send("more", run=run, n=frames)

    def _cancel(self, run: int) -> None:
        self._send("cancel", run=run)

    def _send(self, kind: str, **fields: Any) -> None:
        if self._process is not None and self._state.phase is Phase.READY:
            self._process.send(_request(kind, **fields))

    def _lines_arrived(self, lines: list[bytes]) -> None:
        run = self._run
        beginning = _frame_start(run.number) if run is not None and not run.closed else None
        for line in lines:
            if beginning is not None and run is not None and line.startswith(beginning):
                run.add_frame(line)
            else:
                self._message_arrived(line)
        if run is not None and not run.closed:
            run.pump()

    def _message_arrived(self, line: bytes) -> None:
        """Act on anything but a frame of the present run; what cannot be read costs itself alone."""
        try:
            message = decode(line)
            if message.get("v") != VERSION:
                raise MessageError(f"not of version {VERSION}")
            if message["type"] == "ready":
                self._ready(message)
            elif self._run is not None and message.get("run") == self._run.number:
                self._run_message_arrived(self._run, message, line)
        except (MessageError, KeyError, TypeError) as error:
            log.warning("the worker sent what cannot be read (%s): %.200r", error, line)

    def _run_message_arrived(self, run: HostedRun, message: Message, line: bytes) -> None:
        match message["type"]:
            case "frame":
                run.add_frame(line)
            case "done":
                run.finish(_done(message))
            case "failed":
                log.error("%s failed: %s\n%s", run.request, message["message"], message.get("traceback", ""))
                run.finish(RunFailed(f"The simulation failed: {message['message']}", AGAIN))

    def _ready(self, message: Message) -> None:
        self._become(WorkerState(Phase.READY, tuple(message["devices"]), message["torch"]))
        if self._run is not None and not self._run.closed:
            self._begin(self._run)

    async def _watch(self, process: WorkerProcess) -> None:
        """End a process that does not get ready, or owes a frame for too long."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        while not process.gone.is_set():
            starting = self._state.phase is Phase.STARTING
            limit_s = self._start_timeout_s if starting else self._frame_timeout_s * self._seeds
            limit_s *= self._crowding()
            since = started if starting else self._last_progress(loop.time())
            left_s = since + limit_s - loop.time()
            if left_s <= -GRACE_S:
                what = "did not load torch" if starting else "computed no frame"
                self._why = f"it {what} for {limit_s:.3g} s"
                process.kill()
                return
            await asyncio.sleep(min(left_s, self._frame_timeout_s / 4) if left_s > 0 else GRACE_S)

    @property
    def _seeds(self) -> int:
        """How many runs a frame of the present one stands for."""
        return self._run.request.seeds if self._run is not None else 1

    def _last_progress(self, now: float) -> float:
        return self._run.progressed_at if self._run is not None and self._run.expecting else now

    def _process_ended(self, process: WorkerProcess) -> None:
        """Say what happened to whoever waits for a frame, and start a new process where the old one had worked."""
        if self._watchdog is not None:
            self._watchdog.cancel()
        if self._closed:
            self._process = None
            self._become(WorkerState())
            return
        worked = self._state.phase is Phase.READY
        log.error("the simulations' process is gone: %s\n%s", self._why or process.ending, process.narration)
        self._lost(self._why or process.ending)
        self._why = ""
        if worked:
            self.start()

    def _lost(self, why: str) -> None:
        self._process = None
        self._become(WorkerState(Phase.DEAD, detail=why))
        if self._run is not None and not self._run.closed:
            self._run.finish(RunFailed(f"The simulation ended early: {why}.", AGAIN))

    def _become(self, state: WorkerState) -> None:
        self._state = replace(state, wanted=self._device)
        for changes in self._watchers:
            changes.put_nowait(self._state)


def _request(kind: str, **fields: Any) -> bytes:
    return encode({"v": VERSION, "type": kind, **fields}).encode()


def _frame_start(run: int) -> bytes:
    """Return how the worker's frame lines of this run begin, so that they are known without decoding them."""
    return f'{{"v":{VERSION},"type":"frame","run":{run},'.encode()


def _frame(line: bytes) -> Frame:
    return read_frame(decode(line))


def _done(message: Message) -> RunDone:
    outcome = message["outcome"]
    return RunDone(
        tuple(map(read_claim, message["claims"])),
        None if outcome is None else read_outcome(outcome),
        str(message.get("explanation", "")),
    )
