"""All statistics of a library of 100,000 cards and 1,000,000 reviews, for the default range and for others.

The peer is Anki's engine with the same cards and reviews, in its own process, in turn with ours: its call `graphs`
over the whole collection, which gives the figures of its statistics screen. Ours ends with the charts and sentences
built, the peer's with its figures. Neither keeps its figures between two calls; ours has counted the days that are over
before, as any look at the statistics does, and how long the first look takes is timed apart. Today's reviews are
counted each time.
"""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from quizapp.core.statistics.span import ALL, Wanted
from quizapp.services.statistics import DEFAULT, report
from quizapp.services.workspace import Workspace
from tests.bench.bench_answer import copy_of
from tests.bench.library import big_home, workspace_in
from tests.bench.peer_anki import collection_like, peer_command

RANGES = (DEFAULT.days, ALL, 90, 30)
RUNS = 9


@contextmanager
def anki_graphs(collection: Path, command: tuple[str, ...]) -> Iterator[Callable[[int], float]]:
    """Give a function that has Anki's engine count its graphs over some days and returns the seconds that it took."""
    with subprocess.Popen(
        (*command, "graphs", str(collection)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, told = process.stdin, process.stdout
        print(f"anki_{told.readline().strip()}")

        def graphs(days: int) -> float:
            asked.write(f"{days}\n")
            asked.flush()
            return float(told.readline().split()[0])

        yield graphs
        asked.close()


def seconds(workspace: Workspace, days: int) -> float:
    """Return how long all sections took."""
    begin = time.perf_counter()
    shown = report(workspace, Wanted(days))
    spent = time.perf_counter() - begin
    assert len(shown.sections) == 14
    return spent


def compare(workspace: Workspace, graphs: Callable[[int], float] | None) -> None:
    """Print the medians of both for each range, in turn, and their ratio."""
    for days in RANGES:
        name = "all" if days == ALL else f"{days}_days"
        ours, theirs = [], []
        for _ in range(RUNS):
            ours.append(seconds(workspace, days))
            if graphs:
                theirs.append(graphs(days))
        median = statistics.median(ours)
        print(f"stats_{name}_median_ms: {median * 1000:.0f}  (least {min(ours) * 1000:.0f}, {RUNS} runs)")
        if theirs:
            their_median = statistics.median(theirs)
            print(
                f"anki_graphs_{name}_median_ms: {their_median * 1000:.0f}  (least {min(theirs) * 1000:.0f})"
            )
            print(f"stats_{name}_ratio: {median / their_median:.2f}")


def main() -> None:
    """Print the figures and their ratios."""
    home, anki = big_home(), peer_command()
    if anki:
        collection_like(home, anki)
    with copy_of(home) as copy:
        workspace = workspace_in(copy)
        print(f"first_look_s: {seconds(workspace, DEFAULT.days):.2f}")
        if anki:
            with anki_graphs(collection_like(copy, anki), anki) as graphs:
                compare(workspace, graphs)
        else:
            compare(workspace, None)
        workspace.close()


if __name__ == "__main__":
    main()
