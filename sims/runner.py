"""Runs simulations in this process: the API that the command line, the worker and the tests share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sims import catalogue
from sims.band_run import BandRun, contexts_of
from sims.protocol import Band, Context, Frame, KnobValue, Result, Simulation, knobs_from_text, messages

NO_SETTINGS: Mapping[str, KnobValue] = {}


class DeviceError(ValueError):
    """A device was asked for that this machine does not have; the text names those that it has."""


def devices() -> tuple[str, ...]:
    """Return the devices that exist here, fastest first; the last is always cpu."""
    import torch

    found = []
    if torch.cuda.is_available():
        found.append("cuda")
    if torch.backends.mps.is_available():
        found.append("mps")
    return (*found, "cpu")


def pick_device(wanted: str = "auto", preferred: str = "auto") -> str:
    """Return the device to use: for `auto` the preferred one where it exists, and else the fastest.

    Raises:
        DeviceError: It does not exist here.
    """
    if wanted == "cpu":
        return wanted
    found = devices()
    if wanted == "auto":
        return preferred if preferred in found else found[0]
    if wanted not in found:
        raise DeviceError(f"no device {wanted!r} here: there are {', '.join(found)}")
    return wanted


class Run:
    """One run under way: an iterator of frames that knows its simulation, knobs and context."""

    def __init__(self, simulation: Simulation[Any], knobs: Any, context: Context) -> None:
        """Prepare the run; nothing is computed before the first `next`."""
        self.simulation = simulation
        self.knobs = knobs
        self.context = context
        self.last: Frame | None = None
        self._frames = simulation.run(knobs, context)

    def __iter__(self) -> Iterator[Frame]:
        """Return itself."""
        return self

    def __next__(self) -> Frame:
        """Compute and return the next frame."""
        self.last = next(self._frames)
        return self.last

    def advance(self) -> Frame:
        """Compute and return the next frame."""
        return next(self)

    def done(self) -> messages.Message:
        """Return the last message."""
        return messages.done_message(self.result)

    @property
    def is_over(self) -> bool:
        """Whether the last frame was computed."""
        return self.last is not None and self.last.is_last

    @property
    def result(self) -> Result[Any]:
        """What the run has come to so far.

        Raises:
            ValueError: No frame was computed yet.
        """
        if self.last is None:
            raise ValueError("a run without a frame has no result")
        return Result(self.simulation, self.knobs, self.context, self.last)


def prepare(
    simulation: Simulation[Any],
    settings: Mapping[str, KnobValue] = NO_SETTINGS,
    seed: int = 0,
    device: str = "auto",
) -> Run:
    """Return a run of this simulation that has computed nothing yet.

    Raises:
        KnobError: A setting names no knob, or a value that the knob does not take.
        DeviceError: The device does not exist here.
    """
    return Run(simulation, knobs_from_text(simulation, settings), Context(seed, pick_device(device)))


def run(
    name: str,
    settings: Mapping[str, KnobValue] = NO_SETTINGS,
    seed: int = 0,
    device: str = "auto",
    steps: int | None = None,
) -> Iterator[Frame]:
    """Yield the frames of one run, the first `steps` of them if given.

    Raises:
        UnknownSimulation, KnobError, DeviceError: As soon as the function is called, not at the first frame.
    """
    prepared = prepare(catalogue.get(name), settings, seed, device)
    return _first(prepared, steps)


def band(
    name: str,
    settings: Mapping[str, KnobValue] = NO_SETTINGS,
    seeds: int = 8,
    *,
    first_seed: int = 0,
    device: str = "auto",
) -> Iterator[Band]:
    """Yield the band of so many consecutive seeds, step by step: medians with the least and the largest values.

    Raises:
        UnknownSimulation, KnobError, DeviceError: As soon as the function is called, not at the first frame.
    """
    run = prepare(catalogue.get(name), settings, first_seed, device)
    return _bands(BandRun(run.simulation, run.knobs, contexts_of(run.context, seeds)))


def result(
    name: str,
    settings: Mapping[str, KnobValue] = NO_SETTINGS,
    seed: int = 0,
    device: str = "auto",
) -> Result[Any]:
    """Run to the end and return what is said and kept about it.

    Raises:
        UnknownSimulation, KnobError, DeviceError: See `run`.
    """
    finished = prepare(catalogue.get(name), settings, seed, device)
    for _ in finished:
        pass
    return finished.result


def _bands(run: BandRun) -> Iterator[Band]:
    while not run.is_over:
        frame = run.advance()
        if frame is not None:
            yield frame


def _first(frames: Iterator[Frame], steps: int | None) -> Iterator[Frame]:
    """Yield the first `steps` frames without computing one more."""
    if steps is not None and steps <= 0:
        return
    for count, frame in enumerate(frames, 1):
        yield frame
        if count == steps:
            return
