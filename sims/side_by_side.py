"""The same work for many tasks, in several processes, each on one torch thread."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Task = TypeVar("Task")
Made = TypeVar("Made")


def default_jobs() -> int:
    """Return how many processes fill this machine: one for each processor that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def side_by_side(work: Callable[[Task], Made], tasks: Sequence[Task], jobs: int) -> Iterator[Made]:
    """Yield what the work makes of each task, in the tasks' order, computed by up to `jobs` processes.

    One job computes in this process. Imports torch.

    Args:
        work: A function of a module; it, the tasks and what it makes travel to another process and back.
    """
    if min(jobs, len(tasks)) <= 1:
        _one_thread()
        yield from map(work, tasks)
        return
    # Spawned, not forked: torch may have started threads here, which a fork would leave behind half alive.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(tasks)), context, _begin) as pool:
        try:
            for made in [pool.submit(work, task) for task in tasks]:
                yield made.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    """Get a new process ready: an interrupt ends it without a word, the parent says what is to be said."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _one_thread()


def _one_thread() -> None:
    import torch

    torch.set_num_threads(1)
