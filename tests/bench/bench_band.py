"""Time a band of 8 seeds against one seed, for every simulation, in the worker that the app uses.

Run it from the repository: python tests/bench/bench_band.py [ROUNDS] [NAME...]
Both are runs of the defaults on the CPU, from the request to the last message, with credit for every frame; they take
turns, after one of each that is not counted. The ratio printed is the median of the rounds' ratios, beside the best
band over the best seed. The worker shares the seeds between processes, one for each processor and four at the most, so
that other programs on the machine count against the ratio.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sims import catalogue
from sims.protocol import Batched

SEEDS = 8
ROUNDS = 5
TARGET = 4.0


@dataclass
class Bench:
    """A warm worker."""

    process: subprocess.Popen[bytes]
    numbers: count[int] = field(default_factory=lambda: count(1))

    def hear(self) -> dict[str, Any]:
        """Return the next reply."""
        assert self.process.stdout is not None
        message: dict[str, Any] = json.loads(self.process.stdout.readline())
        if message["type"] == "failed":
            raise RuntimeError(message["traceback"])
        return message

    def seconds(self, name: str, seeds: int) -> float:
        """Return how long a run takes."""
        request = {"v": 1, "type": "run", "run": next(self.numbers), "simulation": name, "credit": 10**6}
        request |= {"device": "cpu", "seeds": seeds}
        assert self.process.stdin is not None
        began = time.perf_counter()
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        while self.hear()["type"] != "done":
            pass
        return time.perf_counter() - began


def measure(bench: Bench, name: str, rounds: int) -> None:
    """Print one simulation's ratio."""
    bench.seconds(name, 1), bench.seconds(name, SEEDS)
    pairs = [(bench.seconds(name, 1), bench.seconds(name, SEEDS)) for _ in range(rounds)]
    ratio = statistics.median(band / one for one, band in pairs)
    one, band = (min(times) for times in zip(*pairs, strict=True))
    how = "batches" if isinstance(catalogue.get(name), Batched) else "in turns"
    print(
        f"{name:22} one seed {one * 1000:7.0f} ms   band of {SEEDS} {band * 1000:7.0f} ms"
        f"   ratio {ratio:5.2f}   best {band / one:5.2f}   {how}{'' if ratio <= TARGET else '   ABOVE'}",
        flush=True,
    )


def main(rounds: int, names: Sequence[str]) -> None:
    """Print the ratio of each of these simulations."""
    with subprocess.Popen(
        (sys.executable, "-P", "-m", "sims.worker"), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        bench = Bench(process)
        while bench.hear()["type"] != "ready":
            pass
        for name in names:
            measure(bench, name, rounds)
        assert process.stdin is not None
        process.stdin.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS, sys.argv[2:] or catalogue.names())
