"""`quizapp cards`: every card with its state."""

from __future__ import annotations

import json
from contextlib import closing

import click

from quizapp.cli.local_time import due_words


@click.command("cards", short_help="List every card with its state.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, one line a card.")
@click.option(
    "--deleted", is_flag=True, help="List the cards that you deleted; `quizapp restore` takes them back."
)
@click.pass_obj
def command(db: str | None, as_json: bool, deleted: bool) -> None:
    """List every card: its state, when it is due, its deck and its id, then its flag, `leech`, and your own tags."""
    from quizapp.core.plain import printable
    from quizapp.services.library import open_library
    from quizapp.services.listing import listed_cards, listed_deleted

    with closing(open_library(db)) as workspace:
        for item in (listed_deleted if deleted else listed_cards)(workspace):
            if as_json:
                click.echo(json.dumps(item, ensure_ascii=False))
            else:
                due = due_words(str(item["due"]), workspace.zone) if item["due"] else "-"
                line = f"{item['state']:<11} {due:<16} {item['deck']}  {item['id']}{_marks(item)}"
                click.echo(printable(line))


def _marks(item: dict[str, object]) -> str:
    """Return what the learner marked a card with, and whether it is a leech."""
    own = item["own_tags"]
    assert isinstance(own, list)
    flag = [f"flag:{item['flag']}"] if item["flag"] else []
    marks = [*flag, *(["leech"] if item["leech"] else []), *(f"#{tag}" for tag in own)]
    return "".join(f"  {mark}" for mark in marks)
