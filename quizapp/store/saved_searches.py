"""Saved searches in the database, in the order in which they were first saved."""

from __future__ import annotations

from quizapp.core.saved_search import CramOrder, SavedSearch
from quizapp.store.database import Execute

_KEEP = """
    INSERT INTO saved_search (name, query, reschedule, sorting, ordinal)
    VALUES (:name, :query, :reschedule, :order, (SELECT coalesce(max(ordinal), 0) + 1 FROM saved_search))
    ON CONFLICT (name) DO UPDATE SET query = excluded.query, reschedule = excluded.reschedule,
        sorting = excluded.sorting
"""


def everything(execute: Execute) -> list[SavedSearch]:
    """Return every saved search."""
    rows = execute("SELECT name, query, reschedule, sorting FROM saved_search ORDER BY ordinal, name", {})
    return [
        SavedSearch(name, query, bool(reschedule), CramOrder(order))
        for name, query, reschedule, order in rows
    ]


def keep(execute: Execute, search: SavedSearch) -> None:
    """Write a search under its name; one that had the name gives way."""
    execute(
        _KEEP,
        {
            "name": search.name,
            "query": search.query,
            "reschedule": int(search.reschedule),
            "order": search.order.value,
        },
    )


def forget(execute: Execute, name: str) -> None:
    """Take a search away."""
    execute("DELETE FROM saved_search WHERE name = :name", {"name": name})
