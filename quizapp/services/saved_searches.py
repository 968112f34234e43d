"""Saved searches: kept under a name, counted for Home, taken away."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quizapp.core.saved_search import CramOrder, SavedSearch
from quizapp.core.search import parse
from quizapp.errors import QueryError, SearchEndedError, UsageError
from quizapp.services.find import studied_count
from quizapp.services.workspace import Workspace
from quizapp.store import saved_searches
from quizapp.store.database import execute_in

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class CountedSearch:
    """A saved search with the number of cards that it would study now.

    Attributes:
        cards: None when its query cannot be understood or takes too long, as `problem` says.
    """

    search: SavedSearch
    cards: int | None
    problem: str = ""


def listed(workspace: Workspace) -> list[SavedSearch]:
    """Return every saved search, in the order in which they were first saved."""
    return saved_searches.everything(workspace.database.read)


def named(workspace: Workspace, words: str, *, keep_schedule: bool, order: str | None) -> SavedSearch:
    """Return the saved search of this name, or the words as a query whose ratings move the schedule.

    Args:
        keep_schedule: Leave the schedule as it is in any case.
        order: The name of an order that takes the place of the search's own.
    """
    kept = next((search for search in listed(workspace) if search.name == words), None)
    search = kept or SavedSearch("", words, reschedule=True)
    if keep_schedule:
        search = replace(search, reschedule=False)
    return replace(search, order=CramOrder(order)) if order else search


def counted(workspace: Workspace) -> list[CountedSearch]:
    """Return every saved search with how many cards it would study now."""
    return [_counted(workspace, search) for search in listed(workspace)]


def _counted(workspace: Workspace, search: SavedSearch) -> CountedSearch:
    try:
        return CountedSearch(search, studied_count(workspace, search.query))
    except (QueryError, SearchEndedError) as error:
        return CountedSearch(search, None, error.message)


def save(workspace: Workspace, search: SavedSearch) -> None:
    """Keep a search under its name; one that had the name gives way.

    Raises:
        QueryError: Its query cannot be understood.
        UsageError: Its name is empty or too long.
    """
    parse(search.query)
    if not search.name.strip() or len(search.name) > LONGEST_NAME:
        raise UsageError("The search needs a name.", f"Give it one of at most {LONGEST_NAME} characters.")
    with workspace.database.write() as connection:
        saved_searches.keep(execute_in(connection), search)


def forget(workspace: Workspace, name: str) -> None:
    """Take a saved search away; its cards and their history stay."""
    with workspace.database.write() as connection:
        saved_searches.forget(execute_in(connection), name)
