"""Filtered study: begin it, or take it up where it was left."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from quizapp.core.card import Card
from quizapp.core.cram import SORTINGS, shuffled, studied
from quizapp.core.log import entry_id, format_id
from quizapp.core.saved_search import CramOrder, SavedSearch
from quizapp.core.search import parse
from quizapp.core.session import Filtered, Session
from quizapp.core.topic import CardId
from quizapp.errors import UsageError
from quizapp.services.find import moment_of_search, numbers_of, studied_count
from quizapp.services.next_card import left_sessions, with_current
from quizapp.services.study import Study, begin
from quizapp.services.workspace import Workspace
from quizapp.store import search as found
from quizapp.store import sessions, writes
from quizapp.store.database import execute_in

MOST_NAMED = 200
"""So many cards a search names one by one; their names are kept with the session."""


def begin_study(workspace: Workspace, deck: str, search: SavedSearch | None) -> tuple[Study, Card | None]:
    """Study a deck and all below it, or the cards of a search where one is given; return the first card as well.

    Raises:
        QueryError: The query cannot be understood.
        UsageError: It finds no card that can be studied.
    """
    study = begin(workspace, deck) if search is None else begin_cram(workspace, search)
    return study, study.card()


def begin_cram(workspace: Workspace, search: SavedSearch) -> Study:
    """Take up the session of a search where it was left today, or begin one with every card that it finds now.

    Raises:
        QueryError: The query cannot be understood.
        UsageError: It finds no card that can be studied.
    """
    now = workspace.today()
    read = workspace.database.read
    left = left_sessions(workspace, read, search.key)
    session = next((old for old in left if old.day == now.day), None)
    cards = [] if session else _cards(workspace, search, seed=str(now.ms))
    with workspace.database.write() as connection:
        execute = execute_in(connection)
        for old in left:
            if old is not session:
                writes.keep_session(connection, old, "", finished=True)
        if session is None:
            identifier = format_id(entry_id(now.ms, secrets.randbits(74), None))
            session = Session(identifier, "", *now, filtered=Filtered(search, len(cards)))
            writes.begin_session(connection, session, workspace.owner)
            sessions.keep_found(execute, session.id, cards)
        session = with_current(workspace.settings, execute, session, now)
        writes.keep_session(connection, session, workspace.owner, finished=False)
    return Study(workspace, session)


def search_of_cards(cards: Sequence[CardId], *, reschedule: bool) -> SavedSearch:
    """Return the search that finds these cards, to study them by.

    Raises:
        UsageError: They are too many to be named.
    """
    if len(cards) > MOST_NAMED:
        raise UsageError(
            f"{len(cards):,} cards are marked: more than {MOST_NAMED} cannot be studied by name.",
            "Give them a flag or a tag (c), and study what is found by it.",
        )
    name = "1 marked card" if len(cards) == 1 else f"{len(cards)} marked cards"
    return SavedSearch(name, f'"cid:{",".join(cards)}"', reschedule=reschedule)


def require_cards(workspace: Workspace, search: SavedSearch) -> None:
    """Raise unless a search finds cards that can be studied, or a session of it was left today.

    Raises:
        QueryError: The query cannot be understood.
        UsageError: It finds no card that can be studied.
    """
    left = left_sessions(workspace, workspace.database.read, search.key)
    if studied_count(workspace, search.query) == 0 and not any(
        old.day == workspace.today().day for old in left
    ):
        raise _nothing(search)


def _nothing(search: SavedSearch) -> UsageError:
    return UsageError(
        f"The search {search.title!r} finds no card that can be studied.",
        "Suspended cards, and those put off until tomorrow, stay away. Look at it in the browser.",
    )


def _cards(workspace: Workspace, search: SavedSearch, *, seed: str) -> Sequence[CardId]:
    """Return the cards that a session of a search studies, in their order."""
    query = studied(parse(search.query))
    numbers = numbers_of(workspace, query, moment_of_search(workspace), SORTINGS[search.order])
    if not numbers:
        raise _nothing(search)
    cards = found.ids(workspace.database.read, numbers)
    return shuffled(cards, seed) if search.order is CramOrder.RANDOM else cards
