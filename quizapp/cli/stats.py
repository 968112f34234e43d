"""`quizapp stats`: what was studied, how well it is remembered, and what to conclude."""

from __future__ import annotations

import json
import shutil
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

from quizapp.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from quizapp.core.statistics.span import Span
    from quizapp.services.statistics import Report
    from quizapp.services.workspace import Workspace

_WIDEST = 100


class Days(click.ParamType):
    """A number of days, or `all`."""

    name = "days"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number; 0 for `all`."""
        if value == "all":
            return 0
        text = str(value)
        if not text.isdecimal() or not 1 <= int(text) <= 36_500:
            self.fail(f"{value!r} is no number of days: give 1 to 36500, or all.", param, ctx)
        return int(text)


@click.command("stats", short_help="Show your statistics, each chart with what to conclude.")
@click.option("--days", type=Days(), metavar="N", help="The last N days, or all (365 if nothing is given).")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="From this day on.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Up to this day.")
@click.option("--deck", default="", metavar="DECK", help="Only cards of this deck and all below it.")
@click.option("--tag", default="", metavar="TAG", help="Only cards with this tag.")
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
    from quizapp.services.library import open_library
    from quizapp.services.statistics import DEFAULT_DAYS, listed, report

    if as_json and plain:
        raise UsageError("--json and --plain ask for two different things.", "Give one of them.")
    if days is not None and (since or until):
        raise UsageError("--days and a date ask for two different ranges.", "Give --days, or --since and --until.")
    with closing(open_library(db)) as workspace:
        span = _span(workspace, since, until)
        shown = report(workspace, DEFAULT_DAYS if days is None else days, span, Scope(deck, tag))
    if as_json:
        click.echo(json.dumps(listed(shown), ensure_ascii=False))
    else:
        _print(shown, styled=not plain and sys.stdout.isatty())


def _span(workspace: Workspace, since: datetime | None, until: datetime | None) -> Span | None:
    from quizapp.services.statistics import span_from

    if not since and not until:
        return None
    return span_from(since and since.date(), until and until.date(), workspace)


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
