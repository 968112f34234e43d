"""`quizapp study`: the app, opened at the first card; or the same on plain lines."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

from quizapp.cli import completing
from quizapp.errors import QuizError, UsageError

if TYPE_CHECKING:
    from quizapp.services.study import Study
    from quizapp.services.workspace import Workspace


@click.command("study", short_help="Open the app at the first card that is due.")
@click.argument("deck", required=False, shell_complete=completing.decks)
@click.option("--deck", "named", metavar="PATH", shell_complete=completing.decks, help="The same as DECK.")
@click.option("--plain", is_flag=True, help="Plain lines in and out: screen readers, dumb terminals, pipes.")
@click.option(
    "--search",
    metavar="QUERY",
    shell_complete=completing.searches,
    help="Study every card that a query finds, or a saved search by its name.",
)
@click.option("--no-schedule", is_flag=True, help="With --search: leave the schedule as it is.")
@click.option(
    "--order", type=click.Choice(("due", "weakest", "random")), help="With --search: which cards come first."
)
@click.pass_obj
def command(
    db: str | None,
    deck: str | None,
    named: str | None,
    search: str | None,
    order: str | None,
    *,
    plain: bool,
    no_schedule: bool,
) -> None:
    """Open the app at the first card that is due, in DECK and all below it or in the whole library.

    With --search it studies the cards that QUERY finds instead, whatever their due dates. A rating moves the schedule
    as always, unless --no-schedule is given. `quizapp find --help` tells of queries.

    With --plain the whole loop goes over plain lines: the question, the answer by section, the prediction and its run,
    the rating. Nothing moves the cursor and nothing is coloured. Where a card expects an answer, a line that is no command
    is taken for it. The session is what is printed on stdout; h says which words work. At the end of the input or ctrl+c
    it ends, with everything saved and the place kept.
    """
    if deck is not None and named is not None and deck != named:
        raise UsageError(f"Two decks: {deck} and {named}.", "Name one.")
    where = deck or named or ""
    if search is None and (no_schedule or order):
        raise UsageError("--no-schedule and --order need --search QUERY.", "Give it, or leave them away.")
    if search is not None and where:
        raise UsageError("A deck and a search are both named.", "Put the deck into the query: deck:NAME.")
    if plain:
        study_plainly(db, where, search, keep_schedule=no_schedule, order=order)
    elif search is None:
        open_app(db, deck=where)
    else:
        require_terminal("quizapp find lists the cards without one.")
        from quizapp.tui.start import start_cram

        start_cram(db, search, keep_schedule=no_schedule, order=order)


def study_plainly(
    db: str | None,
    deck: str,
    query: str | None = None,
    *,
    keep_schedule: bool = False,
    order: str | None = None,
) -> None:
    """Study a deck, or what a query finds, on the standard streams.

    Raises:
        QuizError: The settings or the database cannot be used, or there is no such deck.
    """
    from quizapp.cli.plain_study import PlainStudy
    from quizapp.cli.plain_terminal import standard_terminal
    from quizapp.services.library import open_library, require_deck
    from quizapp.services.study import begin

    with closing(open_library(db, may_create=True)) as workspace:
        if deck:
            require_deck(workspace, deck)
        study = begin(workspace, deck) if query is None else _found(workspace, query, keep_schedule, order)
        try:
            PlainStudy(workspace, study, standard_terminal()).run()
        finally:
            study.leave()
    back_up(workspace)


def _found(workspace: Workspace, query: str, keep_schedule: bool, order: str | None) -> Study:
    from quizapp.services.cram import begin_cram, require_cards
    from quizapp.services.saved_searches import named

    search = named(workspace, query, keep_schedule=keep_schedule, order=order)
    require_cards(workspace, search)
    return begin_cram(workspace, search)


def back_up(workspace: Workspace) -> None:
    """Take a backup of what was learnt; a failure loses nothing, and is told."""
    from quizapp.services.backups import take_on_leaving

    try:
        take_on_leaving(workspace)
    except QuizError as error:
        click.echo(f"quizapp: no backup was taken: {error}", err=True)


def open_app(db: str | None, *, deck: str | None) -> None:
    """Run the app on the terminal.

    Args:
        deck: The deck to study at once, empty for all of them; None to begin at Home.

    Raises:
        UsageError: There is no terminal.
    """
    require_terminal("quizapp study --plain works without one; so do quizapp due, cards and answer.")
    from quizapp.tui.start import start

    start(db, deck)


def require_terminal(hint: str) -> None:
    """Raise a UsageError unless the app can be drawn and keys can be read."""
    if (
        not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
        or os.environ.get("TERM") == "dumb"
    ):
        raise UsageError("This needs a terminal, and there is none here.", hint)
