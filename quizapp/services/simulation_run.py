"""One run on the app's side of the pipe: credit to compute, frames held or let through, the newest one shown."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable

from quizapp.services.frame_reel import FrameReel
from quizapp.services.motion import Motion
from quizapp.services.simulation_messages import (
    PACE,
    FrameArrived,
    RunDone,
    RunEvent,
    RunFailed,
    RunRequest,
    WorkerStarting,
)
from sims.protocol import Frame

AHEAD = 256
"""How many frames may be computed before they are shown, so that the worker never waits for a screen to be drawn."""
RATE_WINDOW_S = 1.0
MOST_EVENTS = 8
"""How many events between two drawings are kept, the newest."""
NO_EVENT = b'"event":"",'
CATCH_UP_S = 0.1
"""How late a frame may be and still be followed by a faster one; past that the pace starts anew."""

log = logging.getLogger("quizapp.simulation")


class HostedRun:
    """A run whose frames come as undecoded lines; a line is decoded only when it is drawn.

    A line goes from the queue to `newest` and to the reel, where it stays. Pausing holds the queue, a step lets one line
    through, the pace so many a second. Credit keeps the worker at most `AHEAD` frames in front of what was let through.
    """

    def __init__(
        self,
        request: RunRequest,
        number: int,
        *,
        grant: Callable[[int, int], None],
        stop: Callable[[int], None],
        decode: Callable[[bytes], Frame],
        motion: Motion,
    ) -> None:
        self._request = request
        self._motion = motion
        self.number = number
        self._grant = grant
        self._stop = stop
        self._decode = decode
        self._loop = asyncio.get_running_loop()
        self._wake = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._queue: deque[bytes] = deque()
        self._newest: bytes | None = None
        self._reel = FrameReel()
        self._eventful: deque[bytes] = deque(maxlen=MOST_EVENTS)
        self._starting: WorkerStarting | None = None
        self._ending: RunDone | RunFailed | None = None
        self._interval_s = 0.0 if motion.is_reduced else 1 / PACE
        self._pause_after = request.pause_after
        self._paused = False
        self._steps = 0
        self._due = 0.0
        self._drawn_at = 0.0
        self._granted = AHEAD
        self._arrived = 0
        self._shown = 0
        self._rates: deque[tuple[float, int]] = deque()
        self.progressed_at = self._loop.time()
        self.closed = False

    @property
    def request(self) -> RunRequest:
        """What is being run."""
        return self._request

    @property
    def paused(self) -> bool:
        """Whether frames are held back."""
        return self._paused

    @property
    def kept(self) -> int:
        """How many of the frames shown or passed over can be gone back to, the newest included."""
        return len(self._reel)

    def frame(self, place: int) -> Frame | None:
        """Return a kept frame, 0 the first; None where it cannot be read."""
        return self._decoded(self._reel[place])

    @property
    def expecting(self) -> bool:
        """Whether the worker owes a frame or an ending."""
        return not self.closed and self._ending is None and self._granted > self._arrived

    def set_pace(self, frames_per_s: float) -> None:
        """Show at most so many frames a second from now on; where motion is reduced nothing is waited for."""
        self._interval_s = 0.0 if self._motion.is_reduced else 1 / frames_per_s  # 0 for no limit
        self.pump()

    def pause(self) -> None:
        """Hold every frame back from now on."""
        self._paused = True
        self._steps = 0
        if self._motion.is_reduced and not self.closed:
            self.pump()  # what was not to be seen moving may be seen standing

    def resume(self) -> None:
        """Let frames through again, at the pace set."""
        self._paused = False
        self._due = self._loop.time()
        self._rates.clear()
        self.pump()

    def step(self) -> None:
        """Let exactly one frame through, and stay paused."""
        self._paused = True
        self._steps += 1
        self.pump()

    def cancel(self) -> None:
        """End the run without an outcome."""
        if not self.closed:
            self._close()
            self._stop(self.number)

    def begin(self) -> None:
        """Note that the worker has the request and its first credit."""
        self._starting = None
        self.progressed_at = self._loop.time()

    def wait_for_worker(self, detail: str) -> None:
        """Tell the learner what the run waits for."""
        self._starting = WorkerStarting(detail)
        self._wake.set()

    def add_frame(self, line: bytes) -> None:
        """Take in one frame; `pump` lets it through."""
        self._queue.append(line)
        self._arrived += 1

    def finish(self, ending: RunDone | RunFailed) -> None:
        """Take in the ending: after the frames before it, or at once where the run failed."""
        if isinstance(ending, RunFailed) and self._queue:
            self._show(len(self._queue))
        self._ending = self._ending or ending
        self.pump()

    def pump(self) -> None:
        """Let through what is due, give credit for it, and wake whoever draws."""
        now = self._loop.time()
        if self._paused:
            count = min(self._steps, len(self._queue))
            self._steps -= count
        elif self._interval_s == 0:
            count = len(self._queue)
        else:
            count = self._due_frames(now)
        if self._pause_after is not None and not self._paused and self._shown + count >= self._pause_after:
            count, self._pause_after = self._pause_after - self._shown, None
            self.pause()
        if count:
            self._show(count)
            self._rates.append((now, self._shown))
        self._top_up(now)
        self._wake_when_due(now)

    async def events(self) -> AsyncIterator[RunEvent]:
        """Yield what happens, the newest frame only, until the run is done, has failed, or is cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            if self.closed:
                return
            if self._starting is not None:
                starting, self._starting = self._starting, None
                yield starting
            if (arrived := self._arrival()) is not None:
                yield arrived
            if self._ending is not None and not self._queue and self._newest is None:
                self._close()
                yield self._ending
                return

    def _due_frames(self, now: float) -> int:
        """Return how many queued frames the pace lets through now, and move the due time past them."""
        self._due = max(self._due, now - CATCH_UP_S) if self._shown else now
        count = 0
        while count < len(self._queue) and self._due <= now:
            self._due += self._interval_s
            count += 1
        return count

    def _show(self, count: int) -> None:
        for _ in range(count):
            self._newest = self._queue.popleft()
            self._reel.add(self._newest)
            if NO_EVENT not in self._newest:
                self._eventful.append(self._newest)
        self._shown += count

    def _top_up(self, now: float) -> None:
        ahead = self._granted - self._shown
        if ahead <= AHEAD // 2 and self._ending is None and not self.closed:
            if not self.expecting:
                self.progressed_at = now
            self._granted += AHEAD - ahead
            self._grant(self.number, AHEAD - ahead)

    def _wake_when_due(self, now: float) -> None:
        """Wake whoever draws, now or when the next drawing or the next queued frame is due."""
        drawable_at = self._drawn_at + self._draw_interval_s
        over = self._ending is not None and not self._queue
        # Where motion is reduced, a frame is drawn only where it stands.
        is_due = self._newest is not None and (self._paused or not self._motion.is_reduced)
        if self._timer is not None:
            self._timer.cancel()
        if over or (is_due and now >= drawable_at):
            self._wake.set()
        elif is_due:
            self._timer = self._loop.call_at(drawable_at, self.pump)
        if self._queue and not self._paused and (self._newest is None or now >= drawable_at):
            self._timer = self._loop.call_at(max(self._due, now + self._draw_interval_s), self.pump)

    @property
    def _draw_interval_s(self) -> float:
        return self._motion.draw_interval_s if self._interval_s else self._motion.fast_draw_interval_s

    def _arrival(self) -> FrameArrived | None:
        """Return the newest frame let through and not drawn, and what happened up to it."""
        line, self._newest = self._newest, None
        if line is None:
            return None
        # A picture that is a little late does not put off those after it: on the whole there are as many as are wanted.
        now, slot = self._loop.time(), self._drawn_at + self._draw_interval_s
        self._drawn_at = slot if now - slot < self._draw_interval_s / 2 else now
        frame = self._decoded(line)
        told = [frame if other is line else self._decoded(other) for other in self._eventful]
        self._eventful.clear()
        if frame is None:
            return None
        happened = tuple((other.step, other.event) for other in told if other is not None and other.event)
        return FrameArrived(frame, self._shown, self._frames_per_s(), happened)

    def _decoded(self, line: bytes) -> Frame | None:
        """Return the frame of a line; None, and a line in the log, for one that cannot be read."""
        try:
            return self._decode(line)
        except ValueError as error:
            log.warning("%s sent a frame that cannot be read: %s", self._request.simulation, error)
            return None

    def _frames_per_s(self) -> float:
        while len(self._rates) > 2 and self._rates[-1][0] - self._rates[0][0] > RATE_WINDOW_S:
            self._rates.popleft()
        elapsed_s = self._rates[-1][0] - self._rates[0][0] if self._rates else 0.0
        return (self._rates[-1][1] - self._rates[0][1]) / elapsed_s if elapsed_s else 0.0

    def _close(self) -> None:
        self.closed = True
        self._queue.clear()
        if self._timer is not None:
            self._timer.cancel()
        self._wake.set()
