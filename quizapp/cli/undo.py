"""`quizapp undo`: take the latest ratings and changes back."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from quizapp.core.change import Undone


@click.command("undo", short_help="Take back the latest rating or change, or several.")
@click.argument("steps", type=click.IntRange(1, 1000), default=1)
@click.option("--dry-run", is_flag=True, help="Say what would be taken back, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a step, one line each.")
@click.pass_obj
def command(db: str | None, steps: int, dry_run: bool, as_json: bool) -> None:
    """Take back the latest rating or change; with STEPS so many of them, the latest first.

    A change of many cards is one step. It does not matter where it was made, in the app or here, or how long ago.
    """
    from itertools import islice

    from quizapp.core.change_words import NOTHING_BACK
    from quizapp.services.library import open_library
    from quizapp.services.undo import foreseen, undo

    done = 0
    with closing(open_library(db)) as workspace:
        taken_back = foreseen(workspace) if dry_run else iter(lambda: undo(workspace), None)
        for undone in islice(taken_back, steps):
            _say(undone, dry_run=dry_run, as_json=as_json)
            done += 1
    if not done:
        click.echo(NOTHING_BACK, err=True)
    elif steps > 1:
        what = (
            f"{done} {'step' if done == 1 else 'steps'} {'would be' if dry_run else _were(done)} taken back"
        )
        click.echo(f"{what}{'; there is nothing before' if done < steps else ''}.", err=True)


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _say(undone: Undone, *, dry_run: bool, as_json: bool) -> None:
    from quizapp.core.change_words import undone_words

    words = undone_words(undone, would=dry_run)
    if as_json:
        fields = {
            "kind": undone.kind,
            "card": undone.card_id,
            "cards": undone.count,
            "rating": undone.rating.name.lower() if undone.rating is not None else None,
            "dry_run": dry_run,
            "words": words,
        }
        click.echo(json.dumps(fields, ensure_ascii=False))
    else:
        click.echo(words)
