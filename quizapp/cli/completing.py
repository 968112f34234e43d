"""What the shell is told while a command is typed. A name that cannot be read is not completed, and nothing is said."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from click.shell_completion import CompletionItem

from quizapp.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Callable

    import click

    from sims.protocol import Simulation

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


def tags(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete a tag, of a topic or of the learner's own."""
    from quizapp.services import completion

    return _matching(incomplete, lambda: ((name, "") for name in completion.tags(_db(context))))


def searches(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete the name of a saved search."""
    from quizapp.services import completion

    return _matching(incomplete, lambda: completion.searches(_db(context)))


def words_of_change(asks: str) -> Callable[[click.Context, click.Parameter, str], list[Item]]:
    """Return what completes the word that a change asks for: `FLAG`, `TAG`, `DECK`; nothing for any other."""
    return {"FLAG": flags, "TAG": tags, "DECK": decks}.get(asks, _nothing)


def flags(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete a flag's name."""
    from quizapp.core.flag import FLAGS

    return _matching(incomplete, lambda: ((flag.name, "") for flag in FLAGS))


def path_then_cards(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete a path, and cards after it."""
    given = context.params.get(parameter.name or "") or ()
    return cards(context, parameter, incomplete) if given else [CompletionItem(incomplete, type="file")]


def folders(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Let the shell complete a folder."""
    return [CompletionItem(incomplete, type="dir")]


def sortings(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete what found cards are sorted by, the other way round after a minus."""
    from quizapp.core.search.sorting import SortKey

    minus = "-" if incomplete.startswith("-") else ""
    return _matching(incomplete, lambda: ((f"{minus}{key}", "") for key in SortKey))


def columns(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete the last of several columns parted by commas."""
    from quizapp.services.listing import FOUND_COLUMNS

    before, comma, _ = incomplete.rpartition(",")
    return _matching(incomplete, lambda: ((f"{before}{comma}{name}", "") for name in FOUND_COLUMNS))


def sim_words(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete a simulation's name, or what stands in its place."""
    verbs = (("check", "Do all claims hold?"), ("new", "A simulation of your own"))
    return [*_matching(incomplete, lambda: verbs), *simulations(context, parameter, incomplete)]


def listed_simulations(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete the simulations that `check` runs."""
    return simulations(context, parameter, incomplete) if context.params.get("name") == "check" else []


def devices(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete a device."""
    from quizapp.options import BY_NAME

    return _matching(incomplete, lambda: ((name, "") for name in BY_NAME["device"].kind.choices))


def knobs(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete a knob of the simulation that was named, and its values where they are few."""
    name, equals, _ = incomplete.partition("=")

    def offered() -> Iterable[tuple[str, str]]:
        from sims import catalogue

        with suppress(catalogue.UnknownSimulation):
            yield from of(catalogue.get(_named(context)))

    def of(simulation: Simulation[Any]) -> Iterable[tuple[str, str]]:
        from sims.protocol import knobs_of

        for knob in knobs_of(simulation.knobs):
            if not equals:
                yield f"{knob.name}=", knob.about
            elif knob.name == name:
                yield from ((f"{name}={choice}", "") for choice in knob.choices)

    return _matching(incomplete, offered)


def simulations(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete a simulation's name."""

    def named() -> Iterable[tuple[str, str]]:
        from sims.catalogue import everything

        return [(simulation.header.name, simulation.header.title) for simulation in everything()]

    return _matching(incomplete, named)


def settings(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete a setting's name, or `keys.` and the id of an action."""
    from quizapp.options import OPTIONS

    if incomplete.startswith("keys."):
        from quizapp.tui.bound_keys import bound_keys

        return _matching(incomplete, lambda: {f"keys.{key.id}": key.words for key in bound_keys()}.items())
    return _matching(incomplete, lambda: ((option.name, option.about) for option in OPTIONS))


def values(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete a value of the setting that was named, where its values are few."""

    def offered() -> Iterable[tuple[str, str]]:
        from quizapp.options import BY_NAME

        option = BY_NAME.get(str(context.params.get("name")))
        if option is None:
            return []
        if option.name == "theme":
            from quizapp.tui.settings_check import THEMES

            return [(theme, "") for theme in THEMES]
        return [(option.text(choice), "") for choice in option.kind.choices]

    return _matching(incomplete, offered)


def ratings(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Complete a rating."""
    return _matching(incomplete, lambda: ((name, "") for name in ("again", "hard", "good", "easy")))


def _nothing(_context: click.Context, _parameter: click.Parameter, _incomplete: str) -> list[Item]:
    return []


def _named(context: click.Context) -> str:
    """Return the command's first word; while the value of an option is missing, click has parsed no argument."""
    return str(context.params.get("name") or next(iter(context.args), ""))


def _db(context: click.Context) -> str | None:
    """Return the database that the words so far name: no callback has run while a command is being completed."""
    db: str | None = context.find_root().params.get("db")
    return db


def _matching(incomplete: str, names: Callable[[], Iterable[tuple[str, str]]]) -> list[Item]:
    try:
        return [CompletionItem(name, help=words) for name, words in names() if name.startswith(incomplete)]
    except (QuizError, OSError):
        return []
