"""A second process that computes a part of a band's seeds: the worker's own program, started with `--mate`.

The two speak in pickles over pipes. A request is (number, name, knobs, contexts); replies are (number, frames) for each
step of all these runs, or (number, text) where they failed. A request takes the place of the one before it. The mate runs
ahead of the worker by what the pipe holds, and ends when its stdin does.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any

from sims import memory
from sims.band_run import steps
from sims.protocol import Context, Frame, KnobValue, Simulation, knobs_from_text

FLAG = "--mate"
HOLD_S = 0.01
"""For so long a frame may wait for others to be written with it: each one wakes the worker."""
PIPE_BYTES = 2**20
"""On Linux, by how much a mate may run ahead; the usual 64 KiB are three frames of some simulations."""

Request = tuple[int, str, dict[str, KnobValue], tuple[Context, ...]]
Find = Callable[[str], Simulation[Any]]


class MateError(RuntimeError):
    """The second process failed, or is gone; the text says why."""


class MateProcess:
    """The worker's side: started at the first band, replaced when it is gone."""

    def __init__(self, arguments: Sequence[str]) -> None:
        """Take the command line that starts it."""
        self._arguments = list(arguments)
        self._process: subprocess.Popen[bytes] | None = None
        self._number = 0

    def begin(self, name: str, knobs: Mapping[str, KnobValue], contexts: Sequence[Context]) -> None:
        """Begin these runs, in place of those before."""
        self._number += 1
        self._request((self._number, name, dict(knobs), tuple(contexts)))

    def stop(self) -> None:
        """Have it compute nothing more."""
        if self._process is not None and self._process.poll() is None:
            self._number += 1
            self._request((self._number, "", {}, ()))

    def frames(self) -> tuple[Frame, ...]:
        """Return the next frame of each run.

        Raises:
            MateError: The runs failed, or the process is gone.
        """
        assert self._process is not None
        assert self._process.stdout is not None
        number = 0
        while number != self._number:  # what an older request left in the pipe
            try:
                number, said = pickle.load(self._process.stdout)  # noqa: S301 - from our own child
            except (EOFError, pickle.UnpicklingError) as error:
                raise MateError("the process for the other seeds is gone") from error
        if isinstance(said, str):
            raise MateError(said)
        frames: tuple[Frame, ...] = said
        return frames

    def start(self) -> None:
        """Start the process unless it is there; return at once."""
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(  # noqa: S603 - this very program
                self._arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pipesize=PIPE_BYTES
            )

    def _request(self, request: Request) -> None:
        self.start()
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            pickle.dump(request, self._process.stdin)
            self._process.stdin.flush()
        except BrokenPipeError:  # `frames` will say so
            return


def own_command() -> list[str]:
    """Return the command line that starts this program as a mate, with the options that it was given."""
    return [*sys.orig_argv, FLAG]


def serve(stdin: IO[bytes], out: IO[bytes], find: Find, memory_mb: int | None) -> None:
    """Answer requests until stdin ends, which ends the process whatever it is doing.

    Args:
        memory_mb: How much more than now its runs may take, together.
    """
    requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(stdin, requests), daemon=True).start()
    import torch

    torch.set_num_threads(1)
    if memory_mb is not None:
        memory.limit(memory.address_space_bytes() + memory_mb * 2**20)
    while True:
        number, name, knobs, contexts = requests.get()
        if not contexts:
            continue
        try:
            simulation = find(name)
            said_at = 0.0
            for frames in steps(simulation, knobs_from_text(simulation, knobs), contexts):
                if frames is not None:
                    is_held = time.monotonic() - said_at < HOLD_S
                    _say(out, (number, frames), held=is_held)
                    said_at = said_at if is_held else time.monotonic()
                if not requests.empty():
                    break
            out.flush()
        except Exception as error:  # an outer shell: a bug in a simulation must not cost the process
            traceback.print_exc()
            _say(out, (number, f"{type(error).__name__}: {error}"))


def _read(stdin: IO[bytes], requests: queue.SimpleQueue[Request]) -> None:
    """Pass requests on until stdin ends."""
    try:
        while True:
            requests.put(pickle.load(stdin))  # noqa: S301 - from the worker that started this
    except (EOFError, pickle.UnpicklingError):
        os._exit(0)


def _say(out: IO[bytes], reply: tuple[int, tuple[Frame, ...] | str], *, held: bool = False) -> None:
    try:
        pickle.dump(reply, out)
        if not held:
            out.flush()
    except (BrokenPipeError, ValueError):
        os._exit(0)
