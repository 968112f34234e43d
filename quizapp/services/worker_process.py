"""One worker process on three pipes: whole lines in and out, and no way to outlive the app."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import logging
import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from typing import cast

PIPE_BYTES = 1 << 20
"""Room in the pipe for the frames that come while the screen is being drawn; the usual 64 KiB hold about 20."""
LONGEST_LINE_BYTES = 16 << 20
NARRATION_BYTES = 16 << 10
CLOSE_TIMEOUT_S = 0.5

STDIN, STDOUT, STDERR = 0, 1, 2

log = logging.getLogger("quizapp.simulation")


class WorkerProcess(asyncio.SubprocessProtocol):
    """A running worker. `lines` is called with what it prints, `ended` once, after its last line.

    Its standard input is its lifeline: the system closes it when the app ends, however it ends.
    """

    def __init__(
        self,
        lines: Callable[[list[bytes]], None],
        ended: Callable[[WorkerProcess], None],
    ) -> None:
        self._lines = lines
        self._ended = ended
        self._rest = bytearray()
        self._narration = bytearray()
        self._transport: asyncio.SubprocessTransport | None = None
        self._stdin: asyncio.WriteTransport | None = None
        self.gone = asyncio.Event()

    async def spawn(self, command: Sequence[str]) -> None:
        """Start the command, in a session of its own so that no signal of the terminal reaches it.

        It may say something, and even end, before this returns.

        Raises:
            OSError: There is no such program, or the system can start no more.
        """
        loop = asyncio.get_running_loop()
        for room in (PIPE_BYTES, -1):  # -1: as the system gives it, where the larger pipe is refused
            try:
                await loop.subprocess_exec(
                    lambda: self,
                    *command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    start_new_session=True,
                    pipesize=room,
                )
                break
            except PermissionError:
                if room == -1:
                    raise

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take hold of the pipes."""
        self._transport = cast("asyncio.SubprocessTransport", transport)
        self._stdin = cast("asyncio.WriteTransport", self._transport.get_pipe_transport(STDIN))
        atexit.register(self.kill)

    def pipe_data_received(self, fd: int, data: bytes | str) -> None:
        """Pass whole lines on and keep the last part of what was said on standard error."""
        chunk = cast("bytes", data)
        if fd == STDERR:
            self._narration += chunk
            del self._narration[:-NARRATION_BYTES]
            return
        self._rest += chunk
        if b"\n" in chunk:
            *lines, rest = bytes(self._rest).split(b"\n")
            self._rest = bytearray(rest)
            self._lines(lines)
        if len(self._rest) > LONGEST_LINE_BYTES:
            log.error("the worker sent a line of more than %d bytes", LONGEST_LINE_BYTES)
            self._rest.clear()
            self.kill()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 -- asyncio's signature
        """Tell the owner that the process and its pipes are gone."""
        atexit.unregister(self.kill)
        if self._transport is not None:
            self._transport.close()
        self.gone.set()
        self._ended(self)

    @property
    def pid(self) -> int | None:
        """The process id; None before it was started."""
        return self._transport.get_pid() if self._transport is not None else None

    @property
    def narration(self) -> str:
        """The last that it said on standard error."""
        return self._narration.decode("utf-8", "replace").strip()

    @property
    def ending(self) -> str:
        """How it ended, in words."""
        code = self._transport.get_returncode() if self._transport else None
        if code is None:
            return "it closed its pipes"
        if code < 0:
            return f"it was ended by {signal.Signals(-code).name}"
        return f"it ended with exit status {code}"

    def send(self, line: bytes) -> None:
        """Write one line to it; nothing where it is gone."""
        if self._stdin is not None and not self._stdin.is_closing():
            self._stdin.write(line + b"\n")

    def kill(self) -> None:
        """End it and whatever it started, at once."""
        if self._transport is None or self._transport.get_returncode() is not None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._transport.get_pid(), signal.SIGKILL)

    async def close(self, farewell: bytes) -> None:
        """End it within a second: by asking, by closing its input, then by force."""
        self.send(farewell)
        if self._stdin is not None:
            self._stdin.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.gone.wait(), CLOSE_TIMEOUT_S)
        if not self.gone.is_set():
            self.kill()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.gone.wait(), CLOSE_TIMEOUT_S)
