"""`quizapp stats`: what was studied, how well it is remembered, and what to conclude."""

from __future__ import annotations

import json
import shutil
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

from quizapp.cli import completing
from quizapp.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from quizapp.services.statistics import Report

_WIDEST = 100
_MANY_DAYS = 60
"""Counting more days than these takes a while that is worth a word."""


def _days(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:  # noqa: ARG001 - click's signature
    """Return a number of days; 0 for `all`."""
    from quizapp.core.statistics.span import days_from

    if value is None:
        return None
    try:
        return days_from(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.command("stats", short_help="Show your statistics, each chart with what to conclude.")
@click.option(
    "--days", callback=_days, metavar="N", help="The last N days, or all (365 if nothing is given)."
)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="From this day on.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Up to this day.")
@click.option(
    "--deck",
    default="",
    metavar="DECK",
    shell_complete=completing.decks,
    help="Only cards of this deck and all below it.",
)
@click.option(
    "--tag", default="", metavar="TAG", shell_complete=completing.tags, help="Only cards with this tag."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with every figure.")
@click.option("--plain", is_flag=True, help="Print text without any styling, also on a terminal.")
@click.pass_obj
def command(
    db: str | None,
    days: int | None,
    since: datetime | None,
    until: datetime | None,
    deck: str,
    tag: str,
    as_json: bool,
    plain: bool,
) -> None:
    """Show your statistics as text: calendar, reviews and time, forecast, retention, buttons, memory, hours, decks, tags.

    Each chart says in one line what to conclude, or that there are too few reviews for that.
    """
    from quizapp.core.statistics.scope import Scope
    from quizapp.core.statistics.span import Wanted
    from quizapp.services.library import open_library
    from quizapp.services.statistics import DEFAULT, counting, listed, report

    if as_json and plain:
        raise UsageError("--json and --plain ask for two different things.", "Give one of them.")
    if days is not None and (since or until):
        raise UsageError(
            "--days and a date ask for two different ranges.", "Give --days, or --since and --until."
        )
    with closing(open_library(db)) as workspace:
        wanted = Wanted(days or 0, since and since.date(), until and until.date())
        if days is None and not wanted.is_dated:
            wanted = DEFAULT
        if next(counting(workspace), 0) > _MANY_DAYS and sys.stderr.isatty():
            click.echo("Counting your reviews: once, and only new ones the next time.", err=True)
        shown = report(workspace, wanted, Scope(deck, tag))
    if as_json:
        click.echo(json.dumps(listed(shown), ensure_ascii=False))
    else:
        _print(shown, styled=not plain and sys.stdout.isatty())


def _print(shown: Report, *, styled: bool) -> None:
    from quizapp.core.plain import printable
    from quizapp.core.statistics.drawn import section_lines

    width = min(_WIDEST, shutil.get_terminal_size().columns) if sys.stdout.isatty() else 80
    click.echo(printable(f"{shown.span.words}   {shown.scope.words}"))
    for section in shown.sections:
        title, *lines = section_lines(section, width)
        click.echo("\n" + (click.style(title, bold=True) if styled else title))
        for line in lines:
            click.echo(line)
