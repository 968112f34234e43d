"""The process that an app runs simulations in: `python -m sims.worker`, JSON Lines in on stdin and out on stdout.

Requests:
    {"v":1,"type":"run","run":N,"simulation":..,"knobs":{..},"seed":0,"device":"auto","credit":1,"seeds":1}
    {"v":1,"type":"more","run":N,"n":1}     n more frames; without credit nothing is computed: this is how to pause
    {"v":1,"type":"cancel","run":N}
    {"v":1,"type":"quit"}
Replies, all with "v":
    {"type":"starting"}, then {"type":"ready","torch":..,"devices":[..]} once torch is imported and warm
    {"type":"frame","run":N,..}, {"type":"done","run":N,..}, {"type":"cancelled","run":N}
    {"type":"failed","run":N or null,"kind":..,"message":..,"traceback":..} with the kind request (a line or a name
    that means nothing), knob, device, memory or crash; it ends that run and nothing else.

A run of several `seeds`, from `seed` on, is a band: its frames hold the medians, and "seeds", "low" and "high" for the
spread (sims.band); its `done` has "seeds", the first seed's outcome and explanation, and of each claim the worst. A
simulation that batches its seeds does so. On the CPU further processes (sims.mate), started at the first such run, compute
most of the seeds, as many processes as there are processors beside this one, which also spreads and writes: with 8 seeds on
two processors no split into two is even once the first seed is known. It is, where its run was the one before: its frames
are taken from there.

A run replaces the one before it, whose frames stop; frames carry their run, so late ones can be told. The process ends
when its stdin ends, even inside a step, and on Linux when the thread that started it ends: start it from a thread that
lives as long as the app. The interrupt of a terminal's Ctrl-C is left to the app.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, Any, TextIO

from sims import catalogue, mate, memory, runner
from sims.band_run import BandRun, contexts_of
from sims.catalogue import UnknownSimulation
from sims.protocol import Frame, KnobError, Simulation, messages
from sims.protocol.messages import FrameEncoder, Message, MessageError
from sims.runner import DeviceError

HOLD_S = 0.01
"""For so long a frame may wait for others to be written with it: each write costs a fast simulation a twentieth."""
MOST_SEEDS = 64
MOST_MATES = 3
"""Each takes some 300 MB once it has torch; a band of 8 seeds is then at most two in each of four processes."""
PR_SET_PDEATHSIG = 1  # linux/prctl.h

Find = Callable[[str], Simulation[Any]]


@dataclass(slots=True)
class Active:
    """The run under way and how many more frames its owner wants."""

    id: int
    run: runner.Run | BandRun
    credit: int
    encoder: FrameEncoder


class Worker:
    """Answers requests one at a time and computes frames in between, as long as there is credit."""

    def __init__(
        self,
        out: IO[str],
        find: Find,
        memory_mb: int | None = None,
        mates: Sequence[mate.MateProcess] = (),
    ) -> None:
        """Write to `out` and look simulations up with `find`.

        Args:
            memory_mb: How much more than an idle worker a run may take.
            mates: The processes that share a band's seeds.
        """
        self.requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._out = out
        self._find = find
        self._memory_mb = memory_mb
        self._mates = mates
        self._idle_bytes = 0
        self._active: Active | None = None
        self._flushed_at = 0.0
        self._frames: list[Frame] = []
        self._finished: runner.Run | None = None

    def start(self) -> None:
        """Import torch, warm it up, and say so."""
        self._send({"type": "starting"})
        import torch

        torch.set_num_threads(1)  # measured: with 2, some runs stall for over a second
        self._warm_up()
        self._idle_bytes = memory.address_space_bytes()
        self._send({"type": "ready", "torch": str(torch.__version__), "devices": list(runner.devices())})

    def serve(self) -> None:
        """Answer requests for ever."""
        while True:
            idle = self._active is None or self._active.credit <= 0
            try:
                line = self.requests.get(block=idle)
            except queue.Empty:
                self._step()
            else:
                self._answer(line)

    def _warm_up(self) -> None:
        """Compute one frame of everything, so that the first run finds its code loaded; failures will show there."""
        for name in catalogue.names():
            try:
                next(runner.run(name))
            except Exception:  # an outer shell: a broken simulation must not cost the others
                traceback.print_exc()

    def _answer(self, line: bytes) -> None:
        """Act on one request."""
        run_id: int | None = None
        try:
            request = messages.decode(line)
            kind = request.get("type")
            if kind not in {"run", "more", "cancel"}:
                raise MessageError(f"no request is of type {kind!r}")
            run_id = _whole(request, "run")
            if kind == "run":
                self._begin(run_id, request)
            elif self._active is not None and self._active.id == run_id:
                if kind == "cancel":
                    self._end()
                    self._send({"type": "cancelled", "run": run_id})
                else:
                    self._active.credit += max(0, _whole(request, "n"))
        except Exception as error:  # an outer shell
            self._fail(run_id, error)

    def _begin(self, run_id: int, request: Message) -> None:
        """Put a run in place of the one before it."""
        self._end()
        knobs, device = request.get("knobs", {}), request.get("device", "auto")
        if not isinstance(knobs, dict) or not isinstance(device, str):
            raise MessageError("knobs is an object and device a text")
        simulation = self._find(str(request.get("simulation")))
        prepared = self._prepared(simulation, knobs, _whole(request, "seed", 0), device, _seeds(request))
        if self._memory_mb is not None and prepared.context.device == "cpu":
            memory.limit(self._idle_bytes + self._memory_mb * 2**20)
        if isinstance(prepared, runner.Run):
            self._frames, self._finished = [], None
        encoder = FrameEncoder({"v": messages.VERSION, "type": "frame", "run": run_id})
        self._active = Active(run_id, prepared, max(0, _whole(request, "credit", 1)), encoder)

    def _prepared(
        self, simulation: Simulation[Any], knobs: dict[str, Any], seed: int, device: str, seeds: int
    ) -> runner.Run | BandRun:
        """Return the run of one seed, or of several."""
        run = runner.prepare(simulation, knobs, seed, device)
        if seeds == 1:
            return run
        mates = self._mates if run.context.device == "cpu" else ()
        return BandRun(simulation, run.knobs, contexts_of(run.context, seeds), mates, self._known(run))

    def _known(self, run: runner.Run) -> tuple[Frame, ...]:
        """Return the frames of a run where it is the one that was made last."""
        made = self._finished
        if made is None or made.simulation is not run.simulation:
            return ()
        is_same = (made.knobs, made.context) == (run.knobs, run.context)
        return tuple(self._frames) if is_same else ()

    def _end(self) -> None:
        """Drop the run, with its memory."""
        active, self._active = self._active, None
        if active is not None and isinstance(active.run, BandRun):
            for other in self._mates:
                other.stop()
        memory.lift_limit()

    def _step(self) -> None:
        """Work towards a frame of the run, send it once it is there, and what the run came to after the last."""
        assert self._active is not None
        active = self._active
        try:
            frame = active.run.advance()
            if frame is None:
                return
            active.credit -= 1
            if isinstance(active.run, runner.Run):
                self._frames.append(frame)
                self._finished = active.run if active.run.is_over else None
            held = active.credit > 0 and not active.run.is_over
            self._write(active.encoder.encode(frame), held=held)
            if active.run.is_over:
                self._send(active.run.done() | {"run": active.id})
                self._end()
        except StopIteration as error:
            self._fail(active.id, RuntimeError(f"the simulation ended before its last frame: {error}"))
        except Exception as error:  # an outer shell
            self._fail(active.id, error)

    def _fail(self, run_id: int | None, error: Exception) -> None:
        """Report what went wrong; a run that it happened to is over."""
        if self._active is not None and self._active.id == run_id:
            self._end()
        lines = traceback.format_exception(error)
        message = str(error) or type(error).__name__
        self._send(
            {
                "type": "failed",
                "run": run_id,
                "kind": _kind(error),
                "message": message,
                "traceback": "".join(lines),
            }
        )

    def _send(self, message: Message) -> None:
        """Write one reply; when nobody reads any more, there is nothing left to do."""
        self._write(messages.encode({"v": messages.VERSION} | message))

    def _write(self, line: str, *, held: bool = False) -> None:
        """Write one line to the owner, who gets it at once, or with a later one where it may be held."""
        try:
            self._out.write(line + "\n")
            now = time.monotonic()
            if not held or now - self._flushed_at >= HOLD_S:
                self._out.flush()
                self._flushed_at = now
        except (BrokenPipeError, ValueError):
            os._exit(0)


def _whole(request: Message, name: str, default: int | None = None) -> int:
    """Return a whole number of the request.

    Raises:
        MessageError: It is missing, without a default, or something else.
    """
    value = request.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int):
        raise MessageError(f"{name} must be a whole number, not {value!r}")
    return value


def _seeds(request: Message) -> int:
    """Return how many seeds the request is for.

    Raises:
        MessageError: None, or too many.
    """
    seeds = _whole(request, "seeds", 1)
    if not 1 <= seeds <= MOST_SEEDS:
        raise MessageError(f"seeds must be 1 to {MOST_SEEDS}, not {seeds}")
    return seeds


def _kind(error: Exception) -> str:
    """Return which kind of failure this is."""
    if isinstance(error, KnobError):
        return "knob"
    if isinstance(error, DeviceError):
        return "device"
    if isinstance(error, MessageError | UnknownSimulation):
        return "request"
    return "memory" if memory.is_exhausted(error) else "crash"


def _read(stdin: IO[bytes], requests: queue.SimpleQueue[bytes]) -> None:
    """Pass requests on; end the process at `quit` and at the end of stdin, whatever the other thread is doing."""
    for line in stdin:
        if b'"quit"' in line and _is_quit(line):
            break
        if line.strip():
            requests.put(line)
    os._exit(0)


def _is_quit(line: bytes) -> bool:
    """Whether the line is the request to end."""
    try:
        return messages.decode(line).get("type") == "quit"
    except MessageError:
        return False


def _die_with_parent() -> None:
    """Have Linux kill this process when the thread that started it ends: it also ends native code that never yields."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _mates_for(processors: int) -> int:
    """Return how many further processes a band takes; on one processor they would only take turns."""
    return min(MOST_MATES, processors + 1) if processors > 1 else 0


def _private_stdout() -> TextIO:
    """Return a stream on the real stdout and lead everybody else's prints to stderr."""
    private = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(private, "w", encoding="utf-8", newline="\n")


def main(arguments: Sequence[str] | None = None, find: Find = catalogue.get) -> None:
    """Run the worker until its stdin ends."""
    parser = argparse.ArgumentParser(prog="python -m sims.worker", description="Run simulations for an app.")
    parser.add_argument(
        "--memory-mb",
        type=int,
        metavar="N",
        help="let a run on the CPU take at most N MiB more than the idle worker",
    )
    parser.add_argument(mate.FLAG, action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()
    out = _private_stdout()
    if options.mate:
        mate.serve(sys.stdin.buffer, out.buffer, find, options.memory_mb)
    mates = [mate.MateProcess(mate.own_command()) for _ in range(_mates_for(_processors()))]
    worker = Worker(out, find, options.memory_mb, mates)
    reader = threading.Thread(target=_read, args=(sys.stdin.buffer, worker.requests), daemon=True)
    reader.start()
    worker.start()
    worker.serve()


if __name__ == "__main__":
    main()
