"""`quizapp redo`: do again what was taken back."""

from __future__ import annotations

import json
from contextlib import closing

import click


@click.command("redo", short_help="Do again what `quizapp undo` took back.")
@click.argument("steps", type=click.IntRange(1, 1000), default=1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a step, one line each.")
@click.pass_obj
def command(db: str | None, steps: int, as_json: bool) -> None:
    """Do again what was taken back last; with STEPS so many of them.

    It does not matter where it was taken back, in the app or here, or how long ago. As soon as something else is done,
    a rating or a change, there is nothing to do again.
    """
    from quizapp.core.change_words import NOTHING_AGAIN, redone_words
    from quizapp.services.library import open_library
    from quizapp.services.redo import redo

    with closing(open_library(db)) as workspace:
        for _ in range(steps):
            redone = redo(workspace)
            if redone is None:
                click.echo(NOTHING_AGAIN, err=True)
                return
            words = redone_words(redone)
            if as_json:
                fields = {"kind": redone.kind, "card": redone.card_id, "cards": redone.count, "words": words}
                click.echo(json.dumps(fields, ensure_ascii=False))
            else:
                click.echo(words)
