"""The columns that the learner chose for the browser: a fact of this library, kept beside its cards."""

from __future__ import annotations

import json
from collections.abc import Sequence

from quizapp.core.search.sorting import SortKey
from quizapp.services.workspace import Workspace
from quizapp.store import library

_FACT = "browser columns"


def chosen_columns(workspace: Workspace) -> tuple[SortKey, ...] | None:
    """Return the columns besides the question, in their order; None when none were chosen."""
    kept = library.fact(workspace.database.read, _FACT)
    if not kept:
        return None
    return tuple(SortKey(name) for name in json.loads(kept) if name in set(SortKey))


def choose_columns(workspace: Workspace, columns: Sequence[SortKey] | None) -> None:
    """Keep the columns; None lets the room decide again."""
    from quizapp.store import library_writes

    with workspace.database.write() as connection:
        library_writes.remember(connection, _FACT, "" if columns is None else json.dumps(list(columns)))
