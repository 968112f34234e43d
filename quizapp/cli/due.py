"""`quizapp due`: what waits, in all and by deck."""

from __future__ import annotations

import json

import click


@click.command("due", short_help="Say how many cards wait, and how many were done today.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(db: str | None, as_json: bool) -> None:
    """Say how many cards are new, learning and due now, and how many were done today, in all and by deck."""
    from quizapp.services.home import done_by_deck, overview
    from quizapp.services.library import open_library

    workspace = open_library(db)
    shown = overview(workspace)
    done = done_by_deck(workspace)
    decks = {
        row.path: {
            "new": row.counts.new,
            "learning": row.counts.learning,
            "due": row.counts.due,
            "done_today": done.get(row.path, 0),
        }
        for row in shown.decks
    }
    total = {
        "new": shown.left.new,
        "learning": shown.left.learning,
        "due": shown.left.due,
        "done_today": shown.done,
    }
    if as_json:
        click.echo(json.dumps({**total, "decks": decks}, ensure_ascii=False))
        return
    width = max([len(path) for path in decks] + [len("all decks")])
    click.echo(f"{'':{width}}  {'new':>5} {'learning':>9} {'due':>5} {'done':>5}")
    for name, row in [*decks.items(), ("all decks", total)]:
        click.echo(f"{name:{width}}  {row['new']:5} {row['learning']:9} {row['due']:5} {row['done_today']:5}")
