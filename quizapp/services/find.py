"""Finding cards by a query: for the browser, for `quizapp find` and for saved searches. Reading only."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from quizapp.core.cram import studied
from quizapp.core.day import milliseconds
from quizapp.core.search import parse
from quizapp.core.search.found_card import FoundCard
from quizapp.core.search.moment import Moment
from quizapp.core.search.query import Query, has_regex
from quizapp.core.search.sorting import Sorting
from quizapp.core.topic import CardId
from quizapp.services.workspace import Workspace
from quizapp.store import search, search_apart

BY_ADDING = Sorting()


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found: the cards' numbers, in an order; `rows` says what stands on them.

    Attributes:
        day: The study day of the search, from which days are counted.
    """

    query: str
    sorting: Sorting
    day: int
    numbers: Sequence[int]


def find(
    workspace: Workspace, query: str, sorting: Sorting = BY_ADDING, stop: threading.Event | None = None
) -> Found:
    """Return the cards that a query means.

    Args:
        stop: Ends a search by a regular expression when it is set; no other one takes long.

    Raises:
        QueryError: The query cannot be understood.
        SearchEndedError: It was stopped, or took too long.
    """
    tree = parse(query)
    moment = moment_of_search(workspace)
    return Found(query, sorting, moment.day, numbers_of(workspace, tree, moment, sorting, stop))


def numbers_of(
    workspace: Workspace, query: Query, moment: Moment, sorting: Sorting, stop: threading.Event | None = None
) -> list[int]:
    """Return the numbers of the cards that a parsed query means; see `find`."""
    database = workspace.database
    if has_regex(query):
        return search_apart.numbers(database.path, query, moment, sorting, stop)
    return search.numbers(database.read, query, moment, sorting)


def studied_count(workspace: Workspace, query: str) -> int:
    """Return how many cards a session of a query would have.

    Raises:
        QueryError: The query cannot be understood.
        SearchEndedError: It took too long.
    """
    tree, moment = studied(parse(query)), moment_of_search(workspace)
    if has_regex(tree):
        return len(numbers_of(workspace, tree, moment, BY_ADDING))
    return search.count(workspace.database.read, tree, moment)


def rows(workspace: Workspace, numbers: Sequence[int]) -> list[FoundCard]:
    """Return the cards of these numbers, in their order; one that has gone meanwhile is left out."""
    return search.rows(workspace.database.read, numbers)


def all_rows(workspace: Workspace, numbers: Sequence[int], page: int = 500) -> Iterator[FoundCard]:
    """Yield the cards of these numbers, in their order, read a page at a time."""
    for first in range(0, len(numbers), page):
        yield from rows(workspace, numbers[first : first + page])


def card_ids(workspace: Workspace, numbers: Sequence[int]) -> list[CardId]:
    """Return the ids of the cards of these numbers, in their order."""
    return search.ids(workspace.database.read, numbers)


def moment_of_search(workspace: Workspace) -> Moment:
    """Return the present, as a search needs it."""
    now = workspace.now()
    local, hour = now.astimezone(workspace.zone), workspace.settings.rollover_hour
    begun = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    if begun > local:
        begun -= timedelta(days=1)
    day, now_ms = workspace.today()
    return Moment(day, milliseconds(begun), now_ms, workspace.settings.leech_lapses)
