"""`quizapp study`: the app, opened at the first card."""

from __future__ import annotations

import os
import sys

import click

from quizapp.errors import UsageError


@click.command("study", short_help="Open the app at the first card that is due.")
@click.argument("deck", required=False)
@click.option(
    "--search", metavar="QUERY", help="Study every card that a query finds, or a saved search by its name."
)
@click.option("--no-schedule", is_flag=True, help="With --search: leave the schedule as it is.")
@click.option(
    "--order", type=click.Choice(("due", "weakest", "random")), help="With --search: which cards come first."
)
@click.pass_obj
def command(
    db: str | None, deck: str | None, search: str | None, no_schedule: bool, order: str | None
) -> None:
    """Open the app at the first card that is due, in DECK and all below it or in the whole library.

    With --search it studies the cards that QUERY finds instead, whatever their due dates. A rating moves the schedule
    as always, unless --no-schedule is given. `quizapp find --help` tells of queries.
    """
    if search is None:
        if no_schedule or order:
            raise UsageError("--no-schedule and --order need --search QUERY.", "Give it, or leave them away.")
        open_app(db, deck=deck or "")
        return
    if deck:
        raise UsageError("A deck and a search are both named.", "Put the deck into the query: deck:NAME.")
    require_terminal("quizapp find lists the cards without one.")
    from quizapp.tui.start import start_cram

    start_cram(db, search, keep_schedule=no_schedule, order=order)


def open_app(db: str | None, *, deck: str | None) -> None:
    """Run the app on the terminal.

    Args:
        deck: The deck to study at once, empty for all of them; None to begin at Home.

    Raises:
        UsageError: There is no terminal.
    """
    require_terminal("quizapp due, quizapp cards and quizapp answer work without one.")
    from quizapp.tui.start import start

    start(db, deck)


def require_terminal(hint: str) -> None:
    """Raise a UsageError unless the app can be drawn and keys can be read."""
    if (
        not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
        or os.environ.get("TERM") == "dumb"
    ):
        raise UsageError("This needs a terminal, and there is none here.", hint)
