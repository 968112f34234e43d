"""`quizapp answer`: rate one card from a script."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import datetime

import click

from quizapp.cli import completing
from quizapp.cli.local_time import due_words
from quizapp.errors import UsageError

_RATINGS = {"1": 1, "2": 2, "3": 3, "4": 4, "again": 1, "hard": 2, "good": 3, "easy": 4}


@click.command("answer", short_help="Rate one card: again, hard, good or easy.")
@click.argument("card_id", shell_complete=completing.cards)
@click.argument("rating", shell_complete=completing.ratings)
@click.option(
    "--at", "at", metavar="TIME", help="When it was answered, ISO 8601; local time unless it says otherwise."
)
@click.option("--json", "as_json", is_flag=True, help="Print the card's new state as one JSON object.")
@click.pass_obj
def command(db: str | None, card_id: str, rating: str, at: str | None, as_json: bool) -> None:
    """Rate the card CARD_ID: RATING is again, hard, good or easy, or 1 to 4."""
    from quizapp.services.library import open_library
    from quizapp.services.scripted import answer

    if rating.lower() not in _RATINGS:
        raise UsageError(f"{rating!r} is no rating.", "It is again, hard, good or easy, or 1 to 4.")
    moment = _moment(at) if at else None
    with closing(open_library(db)) as workspace:
        item = answer(workspace, card_id, _RATINGS[rating.lower()], moment)
    if as_json:
        click.echo(json.dumps(item, ensure_ascii=False))
    else:
        click.echo(f"{item['id']}: {item['state']}, due {due_words(str(item['due']), workspace.zone)}")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.astimezone()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"{text!r} is not a time.", "Give one such as 2026-11-23T22:00 or 2026-11-23T22:00+01:00."
        ) from error
