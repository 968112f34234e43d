"""`quizapp leeches`: the cards that do not stay, each with its diagnosis."""

from __future__ import annotations

import json
from contextlib import closing

import click

_WHAT_TO_DO = (
    "Read it again, run its simulation, split it (`quizapp new --follow-up-of TOPIC QUESTION`), "
    "or suspend it (`quizapp suspend CARD`)."
)


@click.command("leeches", short_help="List the cards that are forgotten again and again, and why.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, one line a card.")
@click.pass_obj
def command(db: str | None, as_json: bool) -> None:
    """List the cards that were forgotten 8 times or more, the setting leech_lapses, the most forgotten first.

    Each comes with its diagnosis: the key points that were missed, how the predictions on it went, its simulation.
    """
    from quizapp.services.leeches import leeches, listed_leeches
    from quizapp.services.library import open_library

    with closing(open_library(db)) as workspace:
        if as_json:
            for item in listed_leeches(workspace):
                click.echo(json.dumps(item, ensure_ascii=False))
            return
        found = leeches(workspace)
        threshold = workspace.settings.leech_lapses
    if not found:
        click.echo(f"No card was forgotten {threshold} times or more.", err=True)
    for card, diagnosis in found:
        from quizapp.core.leech import diagnosis_lines
        from quizapp.core.plain import printable

        suspended = "  suspended" if diagnosis.is_suspended else ""
        click.echo(printable(f"{card.id}{suspended}"))
        for line in diagnosis_lines(diagnosis):
            click.echo(printable(f"  {line}"))
        if diagnosis.simulation:
            click.echo(printable(f"  Its simulation: quizapp sim {diagnosis.simulation}"))
    if found:
        click.echo(_WHAT_TO_DO, err=True)
