"""Drills in the database: the place of each, which every second of typing writes, and the answers given in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from quizapp.core.drill.answered import Answered, answered_from
from quizapp.core.drill.drill import Drill, drill_from
from quizapp.core.log import EntryId
from quizapp.core.topic import CardId
from quizapp.store.database import Execute, driver_in

if TYPE_CHECKING:
    from sqlalchemy import Connection

_BEGIN = """
    INSERT INTO drill (id, at_ms, owner, finished, place) VALUES (:drill, :at_ms, :owner, 0, :place)
"""
_KEEP = """
    UPDATE drill SET place = :place, owner = :new_owner, finished = :finished WHERE id = :drill AND owner = :owner
"""
_CLAIM = "UPDATE drill SET owner = :owner WHERE id = :drill"
_ANSWER = """
    INSERT INTO drill_answer (drill_id, ordinal, card_id, content) VALUES (:drill, :ordinal, :card, :content)
"""
_PUT_FIRST = """
    SELECT id, card_id FROM log WHERE id >= :batch AND batch = :batch AND kind = 'set-due'
    AND NOT EXISTS (SELECT 1 FROM log u WHERE u.target = log.id)
"""
_DRILLS = "SELECT id, at_ms, place, finished, owner FROM drill"
_ANSWERS = "SELECT drill_id, content FROM drill_answer"


def begin(connection: Connection, drill: Drill, owner: str) -> None:
    """Write a new drill, held by its owner."""
    driver_in(connection).execute(
        _BEGIN, {"drill": drill.id, "at_ms": drill.at_ms, "owner": owner, "place": drill.place()}
    )


def keep(connection: Connection, drill: Drill, owner: str, *, new_owner: str, finished: bool) -> bool:
    """Write where a drill stands; False, and nothing is written, when it is not this owner's any more."""
    written = driver_in(connection).execute(
        _KEEP,
        {
            "drill": drill.id,
            "place": drill.place(),
            "owner": owner,
            "new_owner": new_owner,
            "finished": int(finished),
        },
    )
    return written.rowcount == 1


def claim(connection: Connection, drill: EntryId, owner: str) -> None:
    """Give a drill to an owner."""
    driver_in(connection).execute(_CLAIM, {"drill": drill, "owner": owner})


def add_answer(connection: Connection, drill: EntryId, ordinal: int, answer: Answered) -> None:
    """Write one answer."""
    content = json.dumps(answer.plain())
    driver_in(connection).execute(
        _ANSWER, {"drill": drill, "ordinal": ordinal, "card": answer.card_id, "content": content}
    )


def drill(execute: Execute, identifier: EntryId) -> Drill | None:
    """Return one drill with its answers; None when there is none of this id."""
    rows = execute(_DRILLS + " WHERE id = :drill", {"drill": identifier})
    return _drill(rows[0], _answers_of(execute, identifier)) if rows else None


def unfinished(execute: Execute) -> list[tuple[Drill, str]]:
    """Return the drills that are not finished, the latest first, each with who holds it."""
    rows = execute(_DRILLS + " WHERE finished = 0 ORDER BY id DESC", {})
    return [(_drill(row, _answers_of(execute, row[0])), row[4]) for row in rows]


def everything(execute: Execute) -> list[tuple[Drill, bool]]:
    """Return every drill, the oldest first, each with whether it is finished."""
    answers: dict[bytes, list[Answered]] = {}
    for identifier, content in execute(_ANSWERS + " ORDER BY drill_id, ordinal", {}):
        answers.setdefault(identifier, []).append(answered_from(json.loads(content)))
    rows = execute(_DRILLS + " ORDER BY id", {})
    return [(_drill(row, tuple(answers.get(row[0], ()))), bool(row[3])) for row in rows]


def topics(execute: Execute) -> int:
    """Return how many topics the library holds."""
    return int(execute("SELECT count(*) FROM topic WHERE NOT archived", {})[0][0])


def put_first(execute: Execute, batch: EntryId) -> list[tuple[EntryId, CardId]]:
    """Return the entries of a batch that set days, with their cards; those that were taken back are left out."""
    return [(EntryId(entry), CardId(card)) for entry, card in execute(_PUT_FIRST, {"batch": batch})]


def _answers_of(execute: Execute, identifier: EntryId) -> tuple[Answered, ...]:
    rows = execute(_ANSWERS + " WHERE drill_id = :drill ORDER BY ordinal", {"drill": identifier})
    return tuple(answered_from(json.loads(content)) for _, content in rows)


def _drill(row: Sequence[Any], answers: tuple[Answered, ...]) -> Drill:
    return drill_from(EntryId(row[0]), row[1], row[2], answers)
