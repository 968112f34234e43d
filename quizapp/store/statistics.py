"""What statistics say of the cards as they are now, read in one pass over the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from quizapp.core.statistics.memories import Memories
from quizapp.core.statistics.scope import Scope
from quizapp.store.database import Execute
from quizapp.store.scopes import condition, parameters

# Whole numbers come as one text a column, whose different words are counted: that takes two thirds of the time of
# 70,000 rows, and no function that SQLite may lack.
_MEMORIES = """
    SELECT group_concat(CASE WHEN c.phase = 'review' THEN c.due_day - c.last_day END),
           group_concat(CAST(10 * c.stability AS INTEGER)), group_concat(CAST(10 * c.difficulty AS INTEGER)),
           group_concat(CAST(1000 * max(0, :day - c.last_day) / c.stability AS INTEGER))
    FROM card c WHERE c.reps > 0 AND NOT c.archived AND NOT c.deleted
"""
_DUE = """
    SELECT c.available_day, count(*) FROM card c
    WHERE c.queue = 'review' AND c.available_day <= :last{within} GROUP BY c.available_day
"""


def memories(execute: Execute, day: int, scope: Scope) -> Memories:
    """Return the memory states of the cards that were ever reviewed, as of a study day."""
    ((intervals, stabilities, difficulties, waits),) = execute(
        _MEMORIES + condition(scope), {"day": day} | parameters(scope)
    )
    return Memories(_counted(intervals), _counted(stabilities), _counted(difficulties), _counted(waits))


def _counted(words: str | None) -> dict[int, int]:
    return {int(word): count for word, count in Counter(words.split(",")).items()} if words else {}


def due(execute: Execute, day: int, days: int, scope: Scope) -> tuple[int, ...]:
    """Return how many reviews fall due on each of the coming days, today first; a backlog counts for today."""
    found: dict[int, int] = {}
    rows = execute(_DUE.format(within=condition(scope)), {"last": day + days - 1} | parameters(scope))
    for due_day, count in rows:
        found[max(day, due_day)] = found.get(max(day, due_day), 0) + count
    return tuple(found.get(day + ahead, 0) for ahead in range(days))


def decks(execute: Execute) -> Mapping[str, str]:
    """Return the path of each deck by its number, as tallies name it."""
    return {str(number): path for number, path in execute("SELECT id, path FROM deck", {})}


def topics(execute: Execute, scope: Scope) -> int:
    """Return how many topics have cards in a scope."""
    ((count,),) = execute(
        f"SELECT count(DISTINCT c.topic_id) FROM card c WHERE NOT c.archived{condition(scope)}",  # noqa: S608 - fixed text
        parameters(scope),
    )
    return int(count)
