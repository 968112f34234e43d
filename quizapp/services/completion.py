"""What a shell may complete: names in the library, read without creating, migrating or loading anything large."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from quizapp.core.overview import deck_tree
from quizapp.services.backups import listed_names
from quizapp.services.workspace import Workspace, open_workspace
from quizapp.store import completion, library, queue, saved_searches, sqlite
from quizapp.store.database import HEAD

MOST = 500
"""More of them nobody reads."""


def decks(db: str | None) -> list[str]:
    """Return the decks' paths; none where there is no library yet."""
    workspace = _library(db)
    if workspace is None:
        return []
    return [row.path for row in deck_tree(queue.decks(workspace.database.read), {}, 0, 0)]


def cards(db: str | None, beginning: str) -> list[tuple[str, str]]:
    """Return (card id, topic's title) of the cards whose id begins so, at most 500."""
    workspace = _library(db)
    return completion.cards(workspace.database.read, beginning, MOST) if workspace is not None else []


def topics(db: str | None) -> list[tuple[str, str]]:
    """Return (topic id, title) of the topics."""
    workspace = _library(db)
    return completion.topics(workspace.database.read, MOST) if workspace is not None else []


def tags(db: str | None) -> Iterable[str]:
    """Return every tag, of topics and of the learner's own."""
    workspace = _library(db)
    return library.tags(workspace.database.read) if workspace is not None else ()


def searches(db: str | None) -> list[tuple[str, str]]:
    """Return (name, query) of the saved searches."""
    workspace = _library(db)
    found = saved_searches.everything(workspace.database.read) if workspace is not None else []
    return [(search.name, search.query) for search in found]


def backups(db: str | None) -> Iterable[str]:
    """Return `latest`, and the backups' names, the newest first."""
    return ["latest", *islice(listed_names(open_workspace(db)), MOST)]


def _library(db: str | None) -> Workspace | None:
    """Return the workspace if its database is there and of this version."""
    workspace = open_workspace(db)
    return workspace if sqlite.version_of(workspace.path) == HEAD else None
