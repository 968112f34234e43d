"""What the interface and the simulation host say to each other: frozen values, and the two seams between them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from sims.protocol import Claim, Frame, KnobValue, Outcome

PACE = 30.0
"""Frames shown a second unless the learner asks for full speed: 50 layers are then seen for 1.7 s, not for 50 ms."""
FULL_SPEED = float("inf")
"""The pace at which every frame is shown as soon as it is there."""


class Phase(StrEnum):
    """Where the worker process is in its life."""

    COLD = "cold"
    STARTING = "starting"
    READY = "ready"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class WorkerState:
    """What is known of the worker process.

    Attributes:
        devices: What torch can run on, the fastest first; known once the worker is ready.
        detail: What it is doing, or why it is dead, in words.
        wanted: The device that the learner's settings name for runs that ask for none.
    """

    phase: Phase = Phase.COLD
    devices: tuple[str, ...] = ("cpu",)
    torch_version: str = ""
    detail: str = ""
    wanted: str = "auto"

    @property
    def device(self) -> str:
        """What `auto` stands for: the device that the settings name where it exists, and else the fastest."""
        return self.wanted if self.wanted in self.devices else self.devices[0]

    @property
    def missing(self) -> str:
        """The device that the settings name and this machine has not; empty while that is not known."""
        is_known = self.phase is Phase.READY
        return self.wanted if is_known and self.wanted not in ("auto", *self.devices) else ""


@dataclass(frozen=True, slots=True)
class RunRequest:
    """Everything that decides a run's frames.

    Attributes:
        device: `auto` for the one that the settings name or, where it is not there, the fastest.
        pause_after: Pause once so many frames were shown; None runs to the end.
        seeds: How many seeds, from `seed` on; of more than one the frames are bands.
    """

    simulation: str
    knobs: Mapping[str, KnobValue]
    seed: int
    device: str = "cpu"
    pause_after: int | None = None
    seeds: int = 1


@dataclass(frozen=True, slots=True)
class WorkerStarting:
    """The run waits for the worker, which loads torch."""

    detail: str


@dataclass(frozen=True, slots=True)
class FrameArrived:
    """The newest frame of a run. Frames between two of these were computed, and not drawn.

    Attributes:
        received: How many frames of the run have been shown or passed over, this one included.
        frames_per_s: The rate at which they came over the last second.
        happened: The step and the event of those frames since the last drawing that tell of one.
    """

    frame: Frame
    received: int
    frames_per_s: float
    happened: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RunDone:
    """The run came to its end. `outcome` is None where the simulation could not tell.

    Attributes:
        explanation: Why the figures are what they are, in paragraphs parted by blank lines.
    """

    claims: tuple[Claim, ...]
    outcome: Outcome | None
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class RunFailed:
    """The run ended early: what happened, then what to do. The next run works."""

    message: str
    hint: str


RunEvent = WorkerStarting | FrameArrived | RunDone | RunFailed


class Run(Protocol):
    """One run in progress. Nothing of it is computed far ahead of what is shown."""

    @property
    def request(self) -> RunRequest:
        """What is being run."""
        ...

    @property
    def paused(self) -> bool:
        """Whether frames are held back."""
        ...

    @property
    def kept(self) -> int:
        """How many of the frames shown or passed over can be gone back to, the newest included."""
        ...

    def frame(self, place: int) -> Frame | None:
        """Return a kept frame, 0 the first; None where it cannot be read."""
        ...

    def events(self) -> AsyncIterator[RunEvent]:
        """Yield what happens, the newest frame only, until the run is done, has failed, or is cancelled."""
        ...

    def set_pace(self, frames_per_s: float) -> None:
        """Show at most so many frames a second from now on."""
        ...

    def pause(self) -> None:
        """Hold every frame back from now on."""
        ...

    def resume(self) -> None:
        """Let frames through again, at the pace set."""
        ...

    def step(self) -> None:
        """Let exactly one frame through, and stay paused."""
        ...

    def cancel(self) -> None:
        """End the run without an outcome."""
        ...


class Host(Protocol):
    """What a simulation view needs of whatever runs its simulations."""

    @property
    def state(self) -> WorkerState:
        """What is known of the worker now."""
        ...

    def states(self) -> AsyncIterator[WorkerState]:
        """Yield what is known of the worker now, and again whenever that changes."""
        ...

    def start(self) -> None:
        """Start the worker if there is none; return at once."""
        ...

    def run(self, request: RunRequest) -> Run:
        """Begin a run, and cancel the one before it."""
        ...
