"""A change of 10,000 cards, and taking it back, in a library of 100,000 cards and 1,000,000 reviews.

Beside it the same change made card by card, each a transaction of its own, for a few hundred cards: the ratio says what
the one transaction is worth. Moving is timed apart, for fewer topics: it writes a file for each.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from quizapp.core.change import Change
from quizapp.core.due_days import DueDays
from quizapp.core.log import EntryKind
from quizapp.core.topic import CardId
from quizapp.services import changes
from quizapp.services.undo import undo
from quizapp.services.workspace import Workspace
from tests.bench.bench_answer import copy_of
from tests.bench.library import big_home, workspace_in

CARDS = 10_000
SINGLE = 200
MOVED = 200


def seconds(action: Callable[[], object]) -> float:
    """Return how long an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def wanted(today: int) -> list[Change]:
    """Return a change of every kind; the last ones take cards from the queues."""
    return [
        Change(EntryKind.FLAG, flag=1),
        Change(EntryKind.TAG, words="hard"),
        Change(EntryKind.SUSPEND),
        Change(EntryKind.BURY),
        Change(EntryKind.SET_DUE, days=DueDays(today + 3, today + 7)),
        Change(EntryKind.RESET),
        Change(EntryKind.DELETE),
    ]


def measure(workspace: Workspace, cards: list[CardId]) -> None:
    """Print the times of each change, and those of taking it back."""
    workspace.database.warm()
    for change in wanted(workspace.today().day):
        one_by_one = seconds(
            lambda change=change: [changes.perform(workspace, [card], change) for card in cards[:SINGLE]]  # type: ignore[misc]  # bound now
        )
        for _ in range(SINGLE):
            undo(workspace)
        done = seconds(lambda change=change: changes.perform(workspace, cards, change))  # type: ignore[misc]
        back = seconds(lambda: undo(workspace))
        ratio = one_by_one / SINGLE * len(cards) / done
        print(
            f"{change.kind.value:<8} {done:6.2f} s   undo {back:6.2f} s   card by card takes {ratio:.0f} times"
        )


def main() -> None:
    """Measure in a copy of the big library."""
    with copy_of(big_home()) as home:
        workspace = workspace_in(home)
        rows = workspace.database.read("SELECT id FROM card WHERE queue <> 'out' ORDER BY id", {})
        cards = random.Random(1).sample([CardId(row[0]) for row in rows], CARDS)
        measure(workspace, cards)
        topics = sorted({card.split("/")[0] for card in cards})[:MOVED]
        moved = seconds(lambda: changes.move(workspace, [CardId(topic) for topic in topics], "moved"))
        back = seconds(lambda: undo(workspace))
        print(f"move     {moved:6.2f} s   undo {back:6.2f} s   {MOVED} topics")
        workspace.close()


if __name__ == "__main__":
    main()
