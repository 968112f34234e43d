"""Home's figures, and those of `quizapp due`: read in a few indexed statements, nothing written."""

from __future__ import annotations

from quizapp.core.memory import Phase
from quizapp.core.overview import Counts, Overview, deck_tree, limited
from quizapp.core.predicted import Predicted
from quizapp.services.workspace import Workspace
from quizapp.store import entries, queue
from quizapp.store.predictions import latest

FORECAST_DAYS = 14


def overview(workspace: Workspace) -> Overview:
    """Return what Home shows now."""
    day, _ = workspace.today()
    read = workspace.database.read
    waiting = {path: Counts(new, learning, due) for path, new, learning, due in queue.counts(read, day)}
    done = queue.today(read, day)
    new_left = workspace.settings.new_per_day - done.get(Phase.NEW, (0, 0))[0]
    due_left = workspace.settings.reviews_per_day - done.get(Phase.REVIEW, (0, 0))[0]
    return Overview(
        day=day,
        decks=deck_tree(queue.decks(read), waiting, new_left, due_left),
        left=limited(sum(waiting.values(), Counts()), new_left, due_left),
        done=sum(count for count, _ in done.values()),
        done_seconds=sum(elapsed for _, elapsed in done.values()) / 1000,
        streak=queue.streak(read, day),
        forecast=queue.forecast(read, day, FORECAST_DAYS),
    )


def strengths(workspace: Workspace) -> dict[str, float]:
    """Return, for each deck path and all below it, the mean probability of recall today; new cards count as 0."""
    day, _ = workspace.today()
    sums: dict[str, tuple[float, int]] = {}
    for path, recalled, cards in queue.recall(workspace.database.read, day):
        parts = path.split("/")
        for depth in range(len(parts)):
            above = "/".join(parts[: depth + 1])
            total, count = sums.get(above, (0.0, 0))
            sums[above] = total + recalled, count + cards
    return {path: total / count for path, (total, count) in sums.items()}


def done_by_deck(workspace: Workspace) -> dict[str, int]:
    """Return how many reviews were given today in each deck and all below it."""
    day, _ = workspace.today()
    done: dict[str, int] = {}
    for path, _, _, count, _ in entries.reviews_since(workspace.database.read, day, 0):
        parts = path.split("/")
        for depth in range(len(parts)):
            above = "/".join(parts[: depth + 1])
            done[above] = done.get(above, 0) + count
    return done


def last_prediction(workspace: Workspace) -> Predicted | None:
    """Return the latest prediction whose run has ended."""
    rows = latest(workspace.database.read, 1)
    return rows[0] if rows else None
