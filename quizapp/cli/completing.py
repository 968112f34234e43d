"""What the shell is told while a command is typed. A name that cannot be read is not completed, and nothing is said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from click.shell_completion import CompletionItem

from quizapp.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Callable

    import click

    Item = CompletionItem[Any]


def decks(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete a deck's path."""
    from quizapp.services import completion

    return _matching(incomplete, lambda: ((path, "") for path in completion.decks(_db(context))))


def cards(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete a card's id."""
    from quizapp.services import completion

    return _matching(incomplete, lambda: completion.cards(_db(context), incomplete))


def topics(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete a topic's id."""
    from quizapp.services import completion

    return _matching(incomplete, lambda: completion.topics(_db(context)))


def backups(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete a backup's name; the shell adds files."""
    from quizapp.services import completion

    found = _matching(incomplete, lambda: ((name, "") for name in completion.backups(_db(context))))
    return found or [CompletionItem(incomplete, type="file")]


def simulations(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete a simulation's name."""

    def named() -> Iterable[tuple[str, str]]:
        from sims.catalogue import everything

        return [(simulation.header.name, simulation.header.title) for simulation in everything()]

    return _matching(incomplete, named)


def settings(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete a setting's name."""
    from quizapp.options import OPTIONS

    return _matching(incomplete, lambda: ((option.name, option.about) for option in OPTIONS))


def ratings(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete a rating."""
    return _matching(incomplete, lambda: ((name, "") for name in ("again", "hard", "good", "easy")))


def _db(context: click.Context) -> str | None:
    """Return the database that the words so far name: no callback has run while a command is being completed."""
    db: str | None = context.find_root().params.get("db")
    return db


def _matching(incomplete: str, names: Callable[[], Iterable[tuple[str, str]]]) -> list[Item]:
    try:
        return [CompletionItem(name, help=words) for name, words in names() if name.startswith(incomplete)]
    except (QuizError, OSError):
        return []
