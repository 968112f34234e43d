"""Every change to the database on the study path, as prebuilt SQLAlchemy statements."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from functools import lru_cache

from sqlalchemy import Connection, Insert, Update, bindparam, insert, update
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from quizapp.core.fold import TopicState
from quizapp.core.log import Entry, EntryId, entry_id, id_range
from quizapp.core.policy import Policy
from quizapp.core.session import Session
from quizapp.core.topic import CardId
from quizapp.store import entries, schema
from quizapp.store.database import driver_in, execute_in
from quizapp.store.states import TopicStanding, columns, place_of

_ENTRY = insert(schema.log)
_POLICY = insert(schema.policy).prefix_with("OR IGNORE", dialect="sqlite")
_CARD_FIELDS = (
    "phase", "step", "stability", "difficulty", "due_at", "due_day", "last_day", "last_at", "reps",
    "lapses", "suspended", "buried_until", "first_day", "seen_day", "passed",
    "not_before", "flag", "own_tags", "deleted", "queue", "available_day",
)  # fmt: skip
_UPDATE_CARD = (
    update(schema.card)
    .where(schema.card.c.id == bindparam("card"))
    .values({name: bindparam(f"new_{name}") for name in _CARD_FIELDS})
)
_UPDATE_PLACE = (
    update(schema.card)
    .where(schema.card.c.id == bindparam("card"))
    .values({name: bindparam(f"new_{name}") for name in ("queue", "available_day")})
)
_SESSION = insert(schema.session)
_PLACE = (
    update(schema.session)
    .where(schema.session.c.id == bindparam("session"))
    .values(place=bindparam("new_place"), owner=bindparam("new_owner"), finished=bindparam("new_finished"))
)


_PREDICTION = insert(schema.prediction)
_OUTCOME = (
    update(schema.prediction)
    .where(schema.prediction.c.id == bindparam("prediction"))
    .values(
        truth=bindparam("new_truth"),
        hit=bindparam("new_hit"),
        gap=bindparam("new_gap"),
        device=bindparam("new_device"),
    )
)


@lru_cache
def _text(statement: Insert | Update, names: tuple[str, ...]) -> str:
    return str(statement.compile(dialect=SQLiteDialect(paramstyle="named"), column_keys=list(names)))


def _run(connection: Connection, statement: Insert | Update, *rows: Mapping[str, object]) -> None:
    """Run a statement by its text on the driver's connection: SQLAlchemy's part in it would cost 0.4 ms each time."""
    driver_in(connection).executemany(_text(statement, tuple(rows[0])), rows)


def keep_policy(connection: Connection, policy: Policy) -> None:
    """Write the rules that an entry will name; harmless when they are known."""
    _run(connection, _POLICY, {"id": policy.id, "rules": policy.to_json()})


def new_id(connection: Connection, at_ms: int, newest: EntryId | None = None) -> EntryId:
    """Return an id for an entry of a moment, after those that the moment has.

    Args:
        newest: The greatest id of the log, where that is known; it spares a look.
    """
    low, high = id_range(at_ms)
    latest = None
    if newest is None or newest >= low:
        latest = entries.newest(execute_in(connection), low, high)
    return entry_id(at_ms, secrets.randbits(74), latest)


def append_entry(connection: Connection, entry: Entry) -> None:
    """Write one entry."""
    append_entries(connection, [entry])


def append_entries(connection: Connection, added: Sequence[Entry]) -> None:
    """Write entries, at least one, in one statement."""
    _run(connection, _ENTRY, *map(_row, added))


def _row(entry: Entry) -> Mapping[str, object]:
    return {
        "id": entry.id,
        "at_ms": entry.at_ms,
        "day": entry.day,
        "device": entry.device,
        "card_id": entry.card_id,
        "kind": entry.kind.value,
        "rating": entry.rating,
        "phase": entry.phase,
        "elapsed_ms": entry.elapsed_ms,
        "policy_id": entry.policy_id or None,
        "target": entry.target,
        "value": entry.value,
        "words": entry.words,
        "batch": entry.batch,
        "extra": json.dumps(entry.extra, ensure_ascii=False) if entry.extra else "{}",
    }


def save_states(connection: Connection, *changed: tuple[TopicStanding, TopicState]) -> None:
    """Write what changed between two states of topics: full rows where the state did, places elsewhere."""
    full: list[Mapping[str, object]] = []
    places: list[Mapping[str, object]] = []
    for before, after in changed:
        # A card waits where its own state says, by what its topic was asked last and whether its question was passed.
        settled = (before.state.seen_day, before.state.unlocked) == (after.seen_day, after.unlocked)
        for shape in before.shapes:
            if after.card(shape.id) != before.state.card(shape.id):
                full.append(columns(after, shape))
                continue
            if settled:
                continue
            where = place_of(after, shape)
            if where != place_of(before.state, shape):
                places.append(
                    {"card": shape.id, "new_queue": where.queue, "new_available_day": where.available_day}
                )
    if full:
        _run(connection, _UPDATE_CARD, *full)
    if places:
        _run(connection, _UPDATE_PLACE, *places)


def rewrite_states(connection: Connection, before: TopicStanding, after: TopicState) -> None:
    """Write a topic's whole state, whatever the cache held: after an edit of the deck changed its shape."""
    _run(connection, _UPDATE_CARD, *(columns(after, shape) for shape in before.shapes))


def begin_session(connection: Connection, session: Session, owner: str) -> None:
    """Write a new session, and forget those that are finished."""
    connection.exec_driver_sql("DELETE FROM session WHERE finished = 1")
    _run(
        connection,
        _SESSION,
        {"id": session.id, "deck": session.key, "owner": owner, "place": session.to_json()},
    )


def keep_session(connection: Connection, session: Session, owner: str, *, finished: bool) -> None:
    """Write where a session stands."""
    _run(
        connection,
        _PLACE,
        {
            "session": session.id,
            "new_place": session.to_json(),
            "new_owner": owner,
            "new_finished": int(finished),
        },
    )


def commit_prediction(
    connection: Connection,
    *,
    at_ms: int,
    card_id: CardId | None,
    simulation: str,
    knobs: Mapping[str, object],
    seed: int,
    question: str,
    answer: str,
) -> EntryId:
    """Write a prediction before its run begins, and return its id."""
    low, high = id_range(at_ms)
    found = execute_in(connection)(
        "SELECT max(id) FROM prediction WHERE id >= :low AND id < :high", {"low": low, "high": high}
    )
    identifier = entry_id(at_ms, secrets.randbits(74), found[0][0])
    _run(
        connection,
        _PREDICTION,
        {
            "id": identifier,
            "at_ms": at_ms,
            "card_id": card_id,
            "simulation": simulation,
            "knobs": json.dumps(knobs),
            "seed": seed,
            "question": question,
            "answer": answer,
        },
    )
    return identifier


def settle_prediction(
    connection: Connection, identifier: EntryId, *, truth: str, hit: bool, gap: str, device: str
) -> None:
    """Write what the run measured beside the prediction."""
    _run(
        connection,
        _OUTCOME,
        {
            "prediction": identifier,
            "new_truth": truth,
            "new_hit": int(hit),
            "new_gap": gap,
            "new_device": device,
        },
    )
