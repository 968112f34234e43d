"""What the verbs say: data on stdout, narration and progress on stderr."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

from sims.protocol import Claim

OK, FINDINGS, USAGE, SIMULATION, INTERRUPTED = 0, 1, 2, 5, 130
COLUMNS = f"{'claim':<20} {'expected':>13} {'measured':>13} {'tolerance':>10}  verdict"
BAR_CELLS = 24


def write(line: str) -> None:
    """Write one line to stdout at once, so that a reader of the stream sees each frame as it comes."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def narrate(line: str) -> None:
    """Write one line to stderr."""
    sys.stderr.write(line + "\n")


def claim_row(claim: Claim) -> str:
    """Return a claim as a line of the table."""
    return f"{claim.id:<20} {claim.expected:>13.6g} {claim.measured:>13.6g} {claim.tolerance:>10.3g}  {claim.verdict}"


class Progress:
    """A bar on stderr while it lasts, on a terminal; elsewhere one line says what begins.

    The bar stands on the last line and is taken away before anything else is written.
    """

    def __init__(self, what: str, total: int) -> None:
        """Announce `total` pieces of work."""
        self._total = total
        self._what = what
        self._done = 0
        self._began = time.monotonic()
        self._is_drawn = sys.stderr.isatty()

    def __enter__(self) -> Self:
        """Draw the empty bar, or say what begins."""
        if not self._is_drawn:
            narrate(f"{self._total} {self._what}")
        self._draw()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        self.clear()

    def clear(self) -> None:
        """Take the bar away until the next step."""
        if self._is_drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def step(self, pieces: int = 1) -> None:
        """Count pieces as done."""
        self._done += pieces
        self._draw()

    def _draw(self) -> None:
        if not self._is_drawn:
            return
        cells = BAR_CELLS * self._done // self._total if self._total else BAR_CELLS
        elapsed = time.monotonic() - self._began
        bar = "█" * cells + "·" * (BAR_CELLS - cells)
        sys.stderr.write(f"\r\x1b[K{bar}  {self._done}/{self._total} {self._what}  {elapsed:.0f} s")
        sys.stderr.flush()
