"""`quizapp undo`: take the latest ratings and changes back."""

from __future__ import annotations

import json
from contextlib import closing

import click


@click.command("undo", short_help="Take back the latest rating or change, or several.")
@click.argument("steps", type=click.IntRange(1, 1000), default=1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a step, one line each.")
@click.pass_obj
def command(db: str | None, steps: int, as_json: bool) -> None:
    """Take back the latest rating or change; with STEPS so many of them, the latest first.

    A change of many cards is one step. It does not matter where it was made, in the app or here, or how long ago.
    """
    from quizapp.core.change_words import NOTHING_BACK, undone_words
    from quizapp.core.plain import printable
    from quizapp.services.library import open_library
    from quizapp.services.undo import undo

    with closing(open_library(db)) as workspace:
        for _ in range(steps):
            undone = undo(workspace)
            if undone is None:
                click.echo(NOTHING_BACK, err=True)
                return
            words = undone_words(undone, printable(undone.card_id))
            if as_json:
                fields = {"kind": undone.kind, "card": undone.card_id, "cards": undone.count, "words": words}
                click.echo(json.dumps(fields, ensure_ascii=False))
            else:
                click.echo(words)
