"""Home's figures, and those of `quizapp due`: read in a few indexed statements, nothing written."""

from __future__ import annotations

from quizapp.core.memory import Phase
from quizapp.core.overview import Counts, Overview, deck_tree, limited, pace
from quizapp.core.predicted import Predicted
from quizapp.core.session import Done
from quizapp.services.allowance import allowance, quiet_decks
from quizapp.services.workspace import Workspace
from quizapp.store import entries, queue
from quizapp.store.predictions import latest

FORECAST_DAYS = 14


def overview(workspace: Workspace) -> Overview:
    """Return what Home shows now."""
    day, _ = workspace.today()
    read, settings = workspace.database.read, workspace.settings
    quiet = quiet_decks(settings, read)
    waiting = {
        path: Counts(new, learning, due) for path, new, learning, due in queue.counts(read, day, quiet)
    }
    done = queue.today(read, day)
    counted = Done(done.get(Phase.NEW, (0, 0))[0], done.get(Phase.REVIEW, (0, 0))[0])
    left = allowance(settings, read, counted, day)
    moved = queue.moved_today(read, day)
    reviews, seconds = sum(count for count, _ in done.values()), sum(ms for _, ms in done.values()) / 1000
    rows = deck_tree(queue.decks(read), waiting, left.new, left.reviews, left.in_decks)
    return Overview(
        day=day,
        decks=rows,
        left=limited(sum((row.counts for row in rows if not row.depth), Counts()), left.new, left.reviews),
        done=reviews + sum(count for _, count, _ in moved),
        done_seconds=seconds + sum(elapsed for _, _, elapsed in moved) / 1000,
        pace_seconds=pace(reviews, seconds),
        streak=queue.streak(read, day),
        forecast=queue.forecast(read, day, FORECAST_DAYS, quiet),
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
    """Return how many ratings that moved the schedule were given today in each deck and all below it."""
    day, _ = workspace.today()
    read = workspace.database.read
    done: dict[str, int] = {}
    reviews = [(path, count) for path, _, _, count, _ in entries.reviews_since(read, day, 0)]
    for path, count in (*reviews, *((path, count) for path, count, _ in queue.moved_today(read, day))):
        parts = path.split("/")
        for depth in range(len(parts)):
            above = "/".join(parts[: depth + 1])
            done[above] = done.get(above, 0) + count
    return done


def last_prediction(workspace: Workspace) -> Predicted | None:
    """Return the latest prediction whose run has ended."""
    rows = latest(workspace.database.read, 1)
    return rows[0] if rows else None
