"""A statement over many ids, asked for a few hundred at a time: a database takes only so many parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from quizapp.store.database import Execute

IDS_AT_ONCE = 500


def in_chunks(execute: Execute, statement: str, ids: Sequence[str]) -> Iterator[Sequence[Any]]:
    """Yield the rows of a statement for chunk after chunk of the ids.

    Args:
        statement: Holds `{chosen}` where the parameters go.
    """
    for start in range(0, len(ids), IDS_AT_ONCE):
        chunk = ids[start : start + IDS_AT_ONCE]
        names = ", ".join(f":id{number}" for number in range(len(chunk)))
        yield execute(
            statement.replace("{chosen}", names), {f"id{number}": one for number, one in enumerate(chunk)}
        )
