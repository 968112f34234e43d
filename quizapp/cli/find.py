"""`quizapp find`: cards by the search language."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import click

from quizapp.cli import completing
from quizapp.cli.local_time import due_words
from quizapp.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import tzinfo

    from quizapp.core.search.sorting import Sorting

_USUAL = ("state", "due", "question", "deck", "id")
_WIDEST = 60
_QUESTION = 40
"""So many columns of the question are shown among others."""
_HELP = """List the cards that QUERY means, in the search language that Anki's users know:

\b
  residual "residual block"     all of these, also inside of words
  deck:foundations tag:training  a deck and those below it, a tag
  is:due or is:leech             new learn review due suspended buried leech
  prop:ivl>=21 prop:r<0.9        ivl due lapses reps s d r
  added:7 introduced:7 rated:7:1 within so many days, rated Again
  difficulty:>=4 flag:1 -is:new  a minus is the opposite, (...) a group
  w:norm gr*d re:\\d{3}           whole words, wildcards, regular expressions

Quote the query for the shell: quizapp find 'is:due -deck:"my deck"'. docs/search.md tells all.
"""


@click.command(
    "find",
    short_help="List the cards that a query means.",
    help=_HELP,
    # A term may begin with a minus.
    context_settings={"ignore_unknown_options": True},
)
@click.argument("query", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, one line a card.")
@click.option(
    "--sort",
    "sort",
    metavar="KEY",
    shell_complete=completing.sortings,
    default="added",
    help="Sort by this column; -KEY turns the order round.",
)
@click.option("--limit", type=click.IntRange(min=0), help="Print the first so many cards.")
@click.option(
    "--columns",
    metavar="LIST",
    shell_complete=completing.columns,
    help="Print these columns, such as due,deck,question.",
)
@click.pass_obj
def command(
    db: str | None, query: tuple[str, ...], as_json: bool, sort: str, limit: int | None, columns: str | None
) -> None:
    """Print what a query finds; the decorator holds the help."""
    for word in query:
        if word.startswith("--"):
            raise UsageError(
                f"There is no option {word}.",
                "`quizapp find --help` lists them; one - is the opposite of a term.",
            )
    from quizapp.services.find import all_rows, find
    from quizapp.services.library import open_library
    from quizapp.services.listing import listed_found

    sorting = _sorting(sort)
    with closing(open_library(db)) as workspace:
        found = find(workspace, " ".join(query), sorting)
        numbers = found.numbers if limit is None else found.numbers[:limit]
        items = (
            listed_found(row, found.day, workspace.settings.leech_lapses)
            for row in all_rows(workspace, numbers)
        )
        names = _columns(columns)
        if as_json:
            for item in items:
                shown = item if columns is None else {name: item[name] for name in names}
                click.echo(json.dumps(shown, ensure_ascii=False))
        elif not numbers:
            click.echo("No card found.", err=True)
        else:
            _print_table(
                ({name: _words(name, item[name], workspace.zone) for name in names} for item in items), names
            )


def _sorting(text: str) -> Sorting:
    from quizapp.core.search.sorting import Sorting, SortKey

    name = text.removeprefix("-").lower()
    if name not in set(SortKey):
        raise UsageError(f"Cards cannot be sorted by {name!r}.", f"Give one of {', '.join(SortKey)}.")
    return Sorting(SortKey(name), descending=text.startswith("-"))


def _columns(text: str | None) -> Sequence[str]:
    from quizapp.services.listing import FOUND_COLUMNS

    if text is None:
        return _USUAL
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in FOUND_COLUMNS]
    if unknown or not names:
        raise UsageError(
            f"There is no column {unknown[0]!r}." if unknown else "No column is named.",
            f"There are {', '.join(FOUND_COLUMNS)}.",
        )
    return names


def _print_table(items: Iterable[dict[str, str]], names: Sequence[str]) -> None:
    """Print a page of lines at a time, each column as wide as its widest value in the page."""
    from itertools import islice

    from quizapp.core.page import cells as columns_of

    lines = iter(items)
    while page := list(islice(lines, 500)):
        cells = [[item[name] for name in names] for item in page]
        widths = [min(_WIDEST, max(columns_of(row[at]) for row in cells)) for at in range(len(names))]
        for row in cells:
            padded = (
                cell + " " * (width - columns_of(cell)) for cell, width in zip(row, widths, strict=True)
            )
            click.echo("  ".join(padded).rstrip())


def _words(name: str, value: object, zone: tzinfo | None) -> str:
    """Return a value as people read it: times by the clock on the wall, long questions by their first words."""
    from quizapp.core.first_words import first_words
    from quizapp.core.plain import printable

    if name == "due" and value is not None:
        return due_words(str(value), zone)
    if name == "question":
        return first_words(str(value), _QUESTION) or "-"
    if isinstance(value, list):
        value = " ".join(map(str, value))
    text = "-" if value is None else f"{value:.3g}" if isinstance(value, float) else str(value)
    return " ".join(printable(text).split()) or "-"
