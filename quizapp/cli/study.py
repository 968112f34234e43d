"""`quizapp study`: the app, opened at the first card."""

from __future__ import annotations

import os
import sys

import click

from quizapp.errors import UsageError


@click.command("study", short_help="Open the app at the first card that is due.")
@click.argument("deck", required=False)
@click.pass_obj
def command(db: str | None, deck: str | None) -> None:
    """Open the app at the first card that is due, in DECK and all below it or in the whole library."""
    open_app(db, deck=deck or "")


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
