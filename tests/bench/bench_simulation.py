"""Time the simulations in the app: frames a second against a bare loop, the first frame after a key, the cold start.

Run it from the repository: python tests/bench/bench_simulation.py [ROUNDS]
The app is a headless one with the real view, the real worker and no pace; the loop is a plain process that does
nothing but `for frame in run`. Rounds of both take turns, and the median of the rounds' ratios is printed. The app
needs two processors, one for the worker and one to draw: where other programs take them, the best rounds tell more.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

from textual.app import App
from textual.events import Key

from quizapp.services.simulation_host import SimulationHost
from quizapp.services.simulation_messages import FrameArrived, Phase
from quizapp.tui.screens.simulation import SimulationScreen
from quizapp.tui.widgets.simulation_view import SimulationView
from sims import catalogue

RUNS_A_ROUND = 2
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
    print(frames / (time.perf_counter() - began), flush=True)
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


async def rate_in_app(app: Stand, view: TimedView) -> float:
    """Return the frames a second of a round of runs in the app, each from its request to its end."""
    frames, elapsed_s = 0, 0.0
    for _ in range(RUNS_A_ROUND):
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


def rate_of_loop(loop: subprocess.Popen[str], name: str) -> float:
    """Return the frames a second of a round of runs in the bare loop."""
    assert loop.stdin is not None
    assert loop.stdout is not None
    loop.stdin.write(f"{name} {RUNS_A_ROUND}\n")
    loop.stdin.flush()
    return float(loop.stdout.readline())


async def measure(name: str, rounds: int, host: SimulationHost, loop: subprocess.Popen[str]) -> None:
    """Print one simulation's figures."""
    rate_of_loop(loop, name)  # warm
    async with opened(name, host) as (app, view):
        pairs = []
        for _ in range(rounds):
            in_app = await rate_in_app(app, view)
            pairs.append((in_app, await asyncio.to_thread(rate_of_loop, loop, name)))
        latencies = [await latency_ms(app, view) for _ in range(2 * rounds + 1)]
    best_in_app, best_bare = map(max, zip(*pairs, strict=True))
    in_app, bare = (statistics.median(rates) for rates in zip(*pairs, strict=True))
    ratio = statistics.median(app_rate / loop_rate for app_rate, loop_rate in pairs)
    there, painted = (statistics.median(times) for times in zip(*latencies, strict=True))
    print(
        f"{name:22} app {in_app:7.0f} fps   loop {bare:7.0f} fps   ratio {ratio:.2f}"
        f" (best rounds {best_in_app:.0f} / {best_bare:.0f} = {best_in_app / best_bare:.2f})"
        f"   key to first frame {there:5.1f} ms, painted {painted:5.1f} ms"
    )


async def main(rounds: int, loop: subprocess.Popen[str]) -> None:
    """Print every simulation's figures and the cold start."""
    print(f"cold start {statistics.median([await cold_start_s() for _ in range(3)]):.2f} s (median of 3)")
    host = SimulationHost()
    for name in catalogue.names():
        await measure(name, rounds, host, loop)
    await host.close()


if __name__ == "__main__":
    with subprocess.Popen(
        (sys.executable, "-P", "-c", LOOP), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as bare_loop:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9, bare_loop))
        bare_loop.terminate()
