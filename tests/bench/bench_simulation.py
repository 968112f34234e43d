"""Time the simulations in the app: frames a second against a bare loop, first frame, interface gaps, runs against budgets.

Run it from the repository: python tests/bench/bench_simulation.py [ROUNDS] [NAME...]
The app is a headless one with the real view, the real worker and no pace; the loop is a plain process that does
nothing but `for frame in run`. Rounds of both, of a second or two runs, take turns; the median ratio is printed. The app
needs two processors, one for the worker and one to draw: where other programs take them, the best rounds tell more.
The gap is the most that a timer in the app's event loop came late while simulations ran; the run is that of the defaults in
the bare loop, the shortest of the rounds, against 5 s, or 10 s where it trains nets.
"""

from __future__ import annotations

import asyncio
import math
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import ClassVar

from textual.app import App
from textual.events import Key

from quizapp.services.simulation_host import SimulationHost
from quizapp.services.simulation_messages import FrameArrived, Phase
from quizapp.tui.screens.simulation import SimulationScreen
from quizapp.tui.widgets.simulation_view import SimulationView
from sims import catalogue
from sims.protocol import Batched

ROUNDS = 9
RUNS_A_ROUND, ROUND_S = 2, 1.0
TICK_S = 0.005
LONGEST_GAP_MS = 100
BUDGET_S, TRAINING_BUDGET_S = 5.0, 10.0
UNTRAINED = ("bottleneck", "pre-post-norm")  # batches all the same
HEADING = (
    f"{'simulation':22} {'app':>7} {'loop':>7} {'ratio':>6} {'best':>6} {'first':>8} {'painted':>8} {'gap':>8} "
    f" {'run':>7} {'budget':>7}\n"
    f"{'':22} {'fps':>7} {'fps':>7} {'':>6} {'':>6} {'ms':>8} {'ms':>8} {'ms':>8}  {'s':>7} {'s':>7}"
)
LOOP = """
import sys, time
import torch
from sims import catalogue, runner
torch.set_num_threads(1)
for line in sys.stdin:
    name, runs = line.split()
    frames, began = 0, time.perf_counter()
    for seed in range(int(runs)):
        for frame in runner.run(name, {}, seed, "cpu"):
            frames += 1
    elapsed = time.perf_counter() - began
    print(frames / elapsed, elapsed / int(runs), flush=True)
"""


class TimedView(SimulationView):
    """Notes when the first frame of a run is there, and when it is painted."""

    arrived_at = 0.0
    painted_at = 0.0

    def watch_arrived(self, arrived: FrameArrived | None) -> None:
        """Note the first frame of a run."""
        super().watch_arrived(arrived)
        if not self.arrived_at:
            self.arrived_at = time.perf_counter()
            self.call_after_refresh(self.note_painted)

    def note_painted(self) -> None:
        """Note that the screen was painted."""
        self.painted_at = time.perf_counter()


class TimedScreen(SimulationScreen):
    """A simulation screen with a timed view."""

    view_type: ClassVar[type[SimulationView]] = TimedView


class Stand(App[None]):
    """An app that opens one simulation and notes when its runs end."""

    def __init__(self, name: str, host: SimulationHost) -> None:
        super().__init__()
        self.simulation = name
        self.host = host
        self.ended = asyncio.Event()
        self.ended_at = 0.0

    def on_mount(self) -> None:
        """Open the simulation."""
        self.push_screen(TimedScreen(self.simulation, host=self.host))

    def on_simulation_view_run_finished(self) -> None:
        """Note the end."""
        self.ended_at = time.perf_counter()
        self.ended.set()


@asynccontextmanager
async def opened(name: str, host: SimulationHost) -> AsyncIterator[tuple[Stand, TimedView]]:
    """Open the app at full speed, its first run done."""
    app = Stand(name, host)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(TimedView)
        view.action_full_speed()
        await pilot.press("enter")
        await app.ended.wait()
        yield app, view


async def rate_in_app(app: Stand, view: TimedView, runs: int) -> float:
    """Return the frames a second of a round of runs in the app, each from its request to its end."""
    frames, elapsed_s = 0, 0.0
    for _ in range(runs):
        app.ended.clear()
        began = time.perf_counter()
        view.action_restart()
        await app.ended.wait()
        elapsed_s += app.ended_at - began
        assert view.arrived is not None
        frames += view.arrived.received
    return frames / elapsed_s


async def latency_ms(app: Stand, view: TimedView) -> tuple[float, float]:
    """Return the time from the key to the first frame of its run: there, and painted."""
    app.ended.clear()
    view.arrived_at = view.painted_at = 0.0
    began = time.perf_counter()
    app.post_message(Key("r", "r"))
    await app.ended.wait()
    return (view.arrived_at - began) * 1000, (view.painted_at - began) * 1000


class Gaps:
    """Notes by how much the event loop was late, from `start` to `stop`."""

    def __init__(self) -> None:
        self.longest_s = 0.0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to note."""
        self._task = asyncio.create_task(self._note())

    def stop(self) -> None:
        """Note no more."""
        if self._task is not None:
            self._task.cancel()

    async def _note(self) -> None:
        while True:
            due = time.perf_counter() + TICK_S
            await asyncio.sleep(TICK_S)
            self.longest_s = max(self.longest_s, time.perf_counter() - due)


def budget_s(name: str) -> float:
    """Return how long a default run may take: those that train nets run their seeds as a batch, or say so."""
    simulation = catalogue.get(name)
    trains = isinstance(simulation, Batched) or simulation.header.group == "training"
    trains = trains and name not in UNTRAINED
    return TRAINING_BUDGET_S if trains else BUDGET_S


async def cold_start_s() -> float:
    """Return the time from starting the worker to its being ready."""
    host = SimulationHost()
    began = time.perf_counter()
    host.start()
    async for state in host.states():
        if state.phase is Phase.READY:
            break
    elapsed_s = time.perf_counter() - began
    await host.close()
    return elapsed_s


def rate_of_loop(loop: subprocess.Popen[str], name: str, runs: int = 1) -> tuple[float, float]:
    """Return the frames a second of a round of runs in the bare loop, and the seconds that a run takes."""
    assert loop.stdin is not None
    assert loop.stdout is not None
    loop.stdin.write(f"{name} {runs}\n")
    loop.stdin.flush()
    rate, run_s = map(float, loop.stdout.readline().split())
    return rate, run_s


async def measure(name: str, rounds: int, host: SimulationHost, loop: subprocess.Popen[str]) -> None:
    """Print one simulation's figures."""
    rate_of_loop(loop, name)  # warm
    _, once_s = rate_of_loop(loop, name)
    runs = max(RUNS_A_ROUND, math.ceil(ROUND_S / once_s))
    gaps, pairs, runs_s = Gaps(), [], []
    async with opened(name, host) as (app, view):
        gaps.start()
        for _ in range(rounds):
            in_app = await rate_in_app(app, view, runs)
            bare, run_s = await asyncio.to_thread(rate_of_loop, loop, name, runs)
            pairs.append((in_app, bare))
            runs_s.append(run_s)
        latencies = [await latency_ms(app, view) for _ in range(2 * rounds + 1)]
        gaps.stop()
    best_in_app, best_bare = map(max, zip(*pairs, strict=True))
    ratio = statistics.median(app_rate / loop_rate for app_rate, loop_rate in pairs)
    there, painted = (statistics.median(times) for times in zip(*latencies, strict=True))
    gap_ms, run_s, budget = gaps.longest_s * 1000, min(runs_s), budget_s(name)
    print(
        f"{name:22} {best_in_app:7.0f} {best_bare:7.0f} {ratio:6.2f} {best_in_app / best_bare:6.2f}"
        f" {there:8.1f} {painted:8.1f} {gap_ms:8.1f}{'!' if gap_ms > LONGEST_GAP_MS else ' '}"
        f" {run_s:7.2f} {budget:7.0f}{' ABOVE' if run_s > budget else ''}",
        flush=True,
    )


async def main(rounds: int, names: Sequence[str], loop: subprocess.Popen[str]) -> None:
    """Print the figures of each of these simulations, and the cold start."""
    print(f"cold start {statistics.median([await cold_start_s() for _ in range(3)]):.2f} s (median of 3)")
    print(HEADING)
    host = SimulationHost()
    for name in names:
        await measure(name, rounds, host, loop)
    await host.close()


if __name__ == "__main__":
    with subprocess.Popen(
        (sys.executable, "-P", "-c", LOOP), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as bare_loop:
        rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
        asyncio.run(main(rounds, sys.argv[2:] or catalogue.names(), bare_loop))
        bare_loop.terminate()
