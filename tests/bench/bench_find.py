"""Searches in a library of 100,000 cards: a word, a tag, a part of a word, against Anki's engine.

Both find the same words in the same cards on the same disk, in processes of their own, in turn, query by query, and end
with the ids of all cards found in hand (ours: the browser's numbers). The library's words are few, so that a word stands
in three quarters of all cards: the worst case for an index and the best for reading every text. Words that stand on few
cards, phrases, states and figures are timed as well. Ours also reads the first page of rows, which is timed apart.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from quizapp.core.search.sorting import Sorting, SortKey
from quizapp.services.find import find, rows
from quizapp.services.workspace import Workspace
from tests.bench.library import big_home, workspace_in
from tests.bench.peer_anki import collection_like, peer_command

RUNS = 15
QUERIES = {
    "word": "curvature",
    "tag": "tag:gradient",
    "substring": "urvatur",
    "rare_phrase": '"gradient of the variance"',
    "two_words": "curvature momentum",
    "no_card": "zebra",
    "whole_word": "w:gradient",
    "without_word": "-gradient",
    "regex": "re:grad.ent",
    "wildcard": "grad*variance",
    "due": "is:due",
    "leeches_by_figure": "prop:lapses>=8",
    "interval": "prop:ivl>10",
    "rated_again": "rated:7:1",
}
REQUIRED = ("word", "tag", "substring")
AT_MOST = 0.25
PAGE = 100


@contextmanager
def anki_finds(collection: Path, command: tuple[str, ...]) -> Iterator[Callable[[str], tuple[float, int]]]:
    """Give a function that has Anki's engine find cards: the seconds that it took, and how many it found."""
    with subprocess.Popen(
        (*command, "find", str(collection)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, told = process.stdin, process.stdout

        def finds(query: str) -> tuple[float, int]:
            asked.write(f"{query}\n")
            asked.flush()
            spent, count = told.readline().split()
            return float(spent), int(count)

        yield finds
        asked.close()


def ours(workspace: Workspace, query: str, sorting: Sorting = Sorting()) -> tuple[float, int]:  # noqa: B008 - a value
    """Return how long a search took, and how many cards it found."""
    start = time.perf_counter()
    found = find(workspace, query, sorting)
    return time.perf_counter() - start, len(found.numbers)


def page_seconds(workspace: Workspace, query: str) -> float:
    """Return how long the rows of a page in the middle of the list took."""
    numbers = find(workspace, query).numbers
    middle = len(numbers) // 2
    start = time.perf_counter()
    rows(workspace, numbers[middle : middle + PAGE])
    return time.perf_counter() - start


def main() -> None:
    """Print the figures and their ratios."""
    home, anki = big_home(), peer_command()
    workspace = workspace_in(home)
    gc.freeze()
    if anki is None:
        for name, query in QUERIES.items():
            spent = [ours(workspace, query) for _ in range(RUNS)]
            print(
                f"find_{name}_median_ms: {1000 * statistics.median(each for each, _ in spent):.2f}  ({spent[0][1]:,} cards)"
            )
    else:
        with anki_finds(collection_like(home, anki), anki) as theirs:
            for name, query in QUERIES.items():
                compare(workspace, theirs, name, query)
    page = statistics.median(page_seconds(workspace, QUERIES["word"]) for _ in range(RUNS))
    print(f"page_of_{PAGE}_rows_median_ms: {1000 * page:.2f}")
    for key in (SortKey.DUE, SortKey.RECALL, SortKey.QUESTION):
        spent_s = statistics.median(
            ours(workspace, QUERIES["word"], Sorting(key))[0] for _ in range(RUNS // 3)
        )
        print(f"word_sorted_by_{key.value}_median_ms: {1000 * spent_s:.1f}")
    workspace.close()


def compare(workspace: Workspace, theirs: Callable[[str], tuple[float, int]], name: str, query: str) -> None:
    """Search in turn, ours and the peer's, and print medians and their ratio."""
    mine, other, counts = list[float](), list[float](), (0, 0)
    for _ in range(RUNS + 1):
        own, found = ours(workspace, query)
        spent, other_found = theirs(query)
        mine.append(own)
        other.append(spent)
        counts = (found, other_found)
    own_s, other_s = statistics.median(mine[1:]), statistics.median(other[1:])
    aim = f"  (at most {AT_MOST})" if name in REQUIRED else ""
    print(
        f"find_{name}: {1000 * own_s:.2f} ms, anki {1000 * other_s:.2f} ms, cards {counts[0]:,} and {counts[1]:,}\n"
        f"find_{name}_ratio: {own_s / other_s:.2f}{aim}",
        flush=True,
    )


if __name__ == "__main__":
    main()
