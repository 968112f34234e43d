"""`quizapp due`: what waits, in all and by deck."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from quizapp.core.overview import Counts


@click.command("due", short_help="Say how many cards wait, and how many were done today.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(db: str | None, as_json: bool) -> None:
    """Say how many cards are new, learning and due now, and how many were done today, in all and by deck."""
    from quizapp.services.home import done_by_deck, overview
    from quizapp.services.library import open_library

    with closing(open_library(db)) as workspace:
        shown, done = overview(workspace), done_by_deck(workspace)
    total = _figures(shown.left, shown.done)
    decks = {row.path: _figures(row.counts, done.get(row.path, 0)) for row in shown.decks}
    if as_json:
        click.echo(json.dumps({**total, "decks": decks}, ensure_ascii=False))
    else:
        _print_table([*decks.items(), ("all decks", total)])


def _figures(counts: Counts, done: int) -> dict[str, int]:
    return {"new": counts.new, "learning": counts.learning, "due": counts.due, "done_today": done}


def _print_table(rows: list[tuple[str, dict[str, int]]]) -> None:
    width = max(len(name) for name, _ in rows)
    click.echo(f"{'':{width}}  {'new':>5} {'learning':>9} {'due':>5} {'done':>5}")
    for name, row in rows:
        click.echo(f"{name:{width}}  {row['new']:5} {row['learning']:9} {row['due']:5} {row['done_today']:5}")
