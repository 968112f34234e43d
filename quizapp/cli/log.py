"""`quizapp log`: the review log, in order."""

from __future__ import annotations

import json
from contextlib import closing

import click


@click.command("log", short_help="Print the review log.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, one line an entry.")
@click.pass_obj
def command(db: str | None, as_json: bool) -> None:
    """Print every entry of the review log, the oldest first."""
    from quizapp.core.plain import printable
    from quizapp.services.library import open_library
    from quizapp.services.listing import listed_entries

    with closing(open_library(db)) as workspace:
        for item in listed_entries(workspace):
            if as_json:
                click.echo(json.dumps(item, ensure_ascii=False))
            else:
                rating = item["rating"] or ""
                click.echo(f"{item['at']}  {item['kind']:<9} {rating:<5} {printable(str(item['card']))}")
