"""An answer with the card after it, and the next card alone, in a library of 100,000 cards and 1,000,000 reviews.

The peer is Anki's engine with the same cards and reviews on the same disk, in its own process, card for card in turn
with ours and with the same ratings; it writes with its own default of `synchronous`, ours is FULL. Ours ends with the
next card's text in hand, the peer's with its next queue: it does not render the card. What the app reads while the
learner thinks, so that the answer need not, is timed apart.
"""

from __future__ import annotations

import gc
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from quizapp.core.memory import Rating
from quizapp.core.session import LEARN_AHEAD_MS
from quizapp.services.progress import offered
from quizapp.services.study import begin
from quizapp.services.workspace import Workspace
from quizapp.store import queue
from tests.bench.library import big_home, workspace_in
from tests.bench.peer_anki import collection_like, peer_command

ANSWERS = 300
WARM_UP = 20
LOOKS = 2_000
WEIGHTS = (11, 16, 62, 11)
"""Of Again, Hard, Good and Easy."""


@contextmanager
def copy_of(home: Path) -> Iterator[Path]:
    """Give a copy of a library's folder beside it, for answers change it."""
    copy = Path(tempfile.mkdtemp(prefix="quizapp-bench-copy-", dir=home.parent))
    try:
        shutil.copytree(home, copy, dirs_exist_ok=True)
        subprocess.run(["sync", "-f", str(copy)], check=False)
        yield copy
    finally:
        shutil.rmtree(copy)


@contextmanager
def anki_answers(collection: Path, command: tuple[str, ...]) -> Iterator[Callable[[int], float]]:
    """Give a function that has Anki's engine answer a card and returns the seconds that it took."""
    with subprocess.Popen(
        (*command, "answer", str(collection)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, told = process.stdin, process.stdout
        print(f"anki_settings: {told.readline().strip()}")

        def answer(rating: int) -> float:
            asked.write(f"{rating}\n")
            asked.flush()
            return float(told.readline())

        yield answer
        asked.close()


def our_answers(workspace: Workspace, between: list[float]) -> Callable[[int], float]:
    """Return a function that answers a card and returns the seconds that it took.

    Args:
        between: Takes the seconds of what the app does after an answer, while the learner reads the next card.
    """
    study = begin(workspace, "")
    study.look_ahead()
    gc.freeze()  # as the app does when it is up
    rng = random.Random(2)

    def answer(rating: int) -> float:
        elapsed_ms = rng.randrange(4_000, 40_000)
        start = time.perf_counter()
        card = study.answer(Rating(rating), elapsed_ms)
        spent = time.perf_counter() - start
        assert card is not None
        start = time.perf_counter()
        offered(workspace, card)
        study.look_ahead()
        workspace.database.tidy()
        between.append(time.perf_counter() - start)
        return spent

    return answer


def next_card_seconds(workspace: Workspace, deck: str) -> list[float]:
    """Return how long the queue took to name the next card, time and again."""
    day, now_ms = workspace.today()
    spent = []
    for number in range(LOOKS):
        start = time.perf_counter()
        card = queue.next_card(
            workspace.database.read,
            deck=deck,
            now_ms=now_ms + number,
            ahead_ms=LEARN_AHEAD_MS,
            day=day,
            new_left=20,
            reviews_left=200,
        )
        spent.append(time.perf_counter() - start)
        assert card is not None
    return spent


def report(name: str, spent: list[float]) -> tuple[float, float]:
    """Print the median and the 99th percentile in milliseconds, and return both in seconds."""
    median, p99 = statistics.median(spent), statistics.quantiles(spent, n=100)[98]
    print(f"{name}_median_ms: {median * 1000:.3f}  {name}_p99_ms: {p99 * 1000:.3f}  ({len(spent)} runs)")
    return median, p99


def main() -> None:
    """Print the figures and their ratios."""
    home, anki = big_home(), peer_command()
    if anki:
        collection_like(home, anki)
    with copy_of(home) as copy:
        workspace = workspace_in(copy)
        report("next_card_of_all", next_card_seconds(workspace, ""))
        report("next_card_of_a_deck", next_card_seconds(workspace, "attention"))
        between: list[float] = []
        ours, theirs = measure(workspace, copy, anki, between)
        workspace.close()
    median, p99 = report("answer_and_next", ours[WARM_UP:])
    report("while_the_learner_reads", between[WARM_UP:])
    if theirs:
        their_median, their_p99 = report("anki_answer_and_next", theirs[WARM_UP:])
        print(f"answer_median_ratio: {median / their_median:.2f}")
        print(f"answer_p99_ratio: {p99 / their_p99:.2f}")


def measure(
    workspace: Workspace, copy: Path, anki: tuple[str, ...] | None, between: list[float]
) -> tuple[list[float], list[float]]:
    """Answer cards in turn, ours and the peer's."""
    ratings = random.Random(1).choices((1, 2, 3, 4), WEIGHTS, k=WARM_UP + ANSWERS)
    answer = our_answers(workspace, between)
    ours: list[float] = []
    theirs: list[float] = []
    if anki is None:
        return [answer(rating) for rating in ratings], theirs
    with anki_answers(collection_like(copy, anki), anki) as anki_answer:
        for rating in ratings:
            ours.append(answer(rating))
            theirs.append(anki_answer(rating))
    return ours, theirs


if __name__ == "__main__":
    main()
