"""Kills a process that answers cards, again and again, and prints what was lost: `bench_kill.py [KILLS]`.

The suite does the same fifty times. Every check is an assertion, so figures are printed only where all of them held.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.services.killing import Killing, Kills, big_library

KILLS = 1000
KILLS_A_LIBRARY = 25
PROCESSES = 2


def part(template: Path, number: int, kills: int) -> Kills:
    """Kill so many processes in a fresh copy of the library."""
    killing = Killing(template, template.with_name(f"part-{number}"), random.Random(number))
    for _ in range(kills):
        killing.kill()
    return killing.seen


def main() -> None:
    """Print the figures of all kills together."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="quizapp-kill-") as folder:
        template = big_library(Path(folder) / "template")
        sizes = [min(KILLS_A_LIBRARY, kills - done) for done in range(0, kills, KILLS_A_LIBRARY)]
        with ProcessPoolExecutor(PROCESSES) as pool:
            seen = list(pool.map(partial(part, template), range(len(sizes)), sizes))
    killed, acknowledged = sum(one.killed for one in seen), sum(one.acknowledged for one in seen)
    print(f"{killed} kills by SIGKILL in {time.perf_counter() - started:.0f} s")
    print(f"  {sum(one.in_start for one in seen):6} before the card in front was named")
    print(f"  {acknowledged:6} answers acknowledged: all in the log, none lost")
    print(f"  {sum(one.unacknowledged for one in seen):6} more were written but not yet acknowledged")
    print(f"  {killed:6} integrity checks passed, and every state was the fold of its log")
    print(f"  {killed:6} times the session was taken up at its exact card")


if __name__ == "__main__":
    main()
