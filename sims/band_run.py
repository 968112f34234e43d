"""Several seeds of one simulation side by side: as one batch where it can, else in turns, with mates for most of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from sims.band import band_claims, band_frame
from sims.protocol import (
    Band,
    Batched,
    Context,
    Frame,
    KnobValue,
    Result,
    Simulation,
    knob_values,
    messages,
)
from sims.protocol.messages import Message

Frames = tuple[Frame, ...]


class Mate(Protocol):
    """Another process that computes a part of the seeds."""

    def begin(self, name: str, knobs: Mapping[str, KnobValue], contexts: Sequence[Context]) -> None:
        """Begin these runs, in place of those before."""
        ...

    def frames(self) -> Frames:
        """Return the next frame of each."""
        ...


def steps(simulation: Simulation[Any], knobs: Any, contexts: Sequence[Context]) -> Iterator[Frames | None]:
    """Yield a frame for each context, step by step, and None after each part of the work towards them.

    A run that is over keeps its last frame until the others are.
    """
    if isinstance(simulation, Batched):
        yield from simulation.run_seeds(knobs, contexts)
        return
    runs = [simulation.run(knobs, context) for context in contexts]
    latest: list[Frame | None] = [None] * len(runs)
    while True:
        for place, run in enumerate(runs):
            before = latest[place]
            if before is None or not before.is_last:
                latest[place] = next(run)
                yield None
        frames = tuple(frame for frame in latest if frame is not None)
        yield frames
        if _over(frames):
            return


class BandRun:
    """The runs of several seeds under way; `advance` does a part of the work and returns a band once there is one."""

    def __init__(
        self,
        simulation: Simulation[Any],
        knobs: Any,
        contexts: Sequence[Context],
        mates: Sequence[Mate] = (),
        known: Frames = (),
    ) -> None:
        """Prepare the runs of consecutive seeds; the mates take equal shares, and this process what is left, the least.

        Args:
            known: Every frame of the first seed, where its run has been made already.
        """
        self.simulation = simulation
        self.knobs = knobs
        self.contexts = tuple(contexts)
        self._known = known
        self._played = 0
        to_run = self.contexts[bool(known) :]
        each = math.ceil(len(to_run) / (1 + len(mates)))
        ours, shares = shared_out(to_run, each)
        self._ours = steps(simulation, knobs, ours)
        self._mates = tuple(mates[: len(shares)])
        for mate, share in zip(self._mates, shares, strict=True):
            mate.begin(simulation.header.name, knob_values(knobs), share)
        self._parts: list[Frames] = [() for _ in (ours, *shares)]

    @property
    def context(self) -> Context:
        """The first seed, and the device."""
        return self.contexts[0]

    @property
    def last(self) -> Frames:
        """The newest frame of each seed."""
        shown = self._known[max(0, self._played - 1) : self._played]
        return (*shown, *(frame for part in self._parts for frame in part))

    @property
    def is_over(self) -> bool:
        """Whether every seed's last frame was computed."""
        return _over(self.last)

    def advance(self) -> Band | None:
        """Do a part of the work; return the next band if that completed it."""
        if not _over(self._parts[0]):
            ours = next(self._ours)
            if ours is None:
                return None
            self._parts[0] = ours
        for place, mate in enumerate(self._mates, 1):
            if not _over(self._parts[place]):
                self._parts[place] = mate.frames()
        self._played = min(self._played + 1, len(self._known))
        return band_frame(self.last, self.context.seed)

    def done(self) -> Message:
        """Return the last message: the first seed's outcome and explanation, and the worst of each claim."""
        results = [
            Result(self.simulation, self.knobs, context, frame)
            for context, frame in zip(self.contexts, self.last, strict=True)
        ]
        claims = band_claims([result.claims for result in results])
        message = messages.done_message(results[0]) | {"seeds": len(results)}
        return message | {"claims": [messages.claim_message(claim) for claim in claims]}


def contexts_of(context: Context, seeds: int) -> tuple[Context, ...]:
    """Return the contexts of so many consecutive seeds from this one on."""
    return tuple(replace(context, seed=context.seed + more) for more in range(seeds))


def shared_out(
    contexts: tuple[Context, ...], each: int
) -> tuple[tuple[Context, ...], list[tuple[Context, ...]]]:
    """Return what one process takes first, and the shares of `each` that come after it for others."""
    first = (len(contexts) - 1) % each + 1
    return contexts[:first], [contexts[start : start + each] for start in range(first, len(contexts), each)]


def _over(frames: Sequence[Frame]) -> bool:
    return bool(frames) and all(frame.is_last for frame in frames)
