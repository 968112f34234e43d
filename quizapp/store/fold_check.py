"""Whether the cache of memory states is what the log says: every topic replayed and compared with its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.core.fold import fold
from quizapp.core.topic import TopicId
from quizapp.store import entries, states
from quizapp.store.database import Execute

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LEAST = "SELECT id FROM topic WHERE id > :after ORDER BY id LIMIT 500"
_ROWS = """
    SELECT id, phase, step, stability, difficulty, due_at, due_day, last_day, last_at, reps, lapses, suspended,
           buried_until, first_day, seen_day, passed, not_before, flag, own_tags, deleted, queue, available_day
    FROM card WHERE topic_id = :topic ORDER BY ordinal
"""


@dataclass(frozen=True, slots=True)
class FoldChecked:
    """One topic after its check.

    Attributes:
        wrong: The cards whose row is not what the log gives.
    """

    topic: TopicId
    wrong: tuple[str, ...]


def count(execute: Execute) -> int:
    """Return how many topics there are to be checked."""
    return int(execute("SELECT count(*) FROM topic", {})[0][0])


def checked(execute: Execute) -> Iterator[FoldChecked]:
    """Yield every topic with what is wrong in it, one after another; only one is held in memory."""
    policies = entries.policies(execute)
    after = ""
    while rows := execute(_LEAST, {"after": after}):
        for (topic,) in rows:
            standing = states.standing_of_topic(execute, TopicId(topic))
            if standing is None:
                continue
            folded = fold(entries.of_topic(execute, standing.id), standing.state.question, policies)
            kept = {row[0]: tuple(row) for row in execute(_ROWS, {"topic": topic})}
            wrong = (
                shape.id
                for shape in standing.shapes
                if tuple(states.columns(folded, shape).values()) != kept[shape.id]
            )
            yield FoldChecked(standing.id, tuple(wrong))
        after = rows[-1][0]


def refold(connection: Connection, topics: list[TopicId]) -> None:
    """Write the states of topics anew, as their log gives them, and the order of the queues."""
    from quizapp.store.library_writes import settle

    settle(connection, topics)
