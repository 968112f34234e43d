"""`quizapp cards`: every card with its state."""

from __future__ import annotations

import json
from contextlib import closing

import click


@click.command("cards", short_help="List every card with its state.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, one line a card.")
@click.pass_obj
def command(db: str | None, as_json: bool) -> None:
    """List every card: its id, deck, kind, state, and when it is due."""
    from quizapp.core.plain import printable
    from quizapp.services.library import open_library
    from quizapp.services.listing import listed_cards

    with closing(open_library(db)) as workspace:
        for item in listed_cards(workspace):
            if as_json:
                click.echo(json.dumps(item, ensure_ascii=False))
            else:
                due = item["due"] or "-"
                click.echo(f"{item['state']:<11} {due:<25} {item['deck']}  {printable(str(item['id']))}")
