"""`quizapp export`: write topics back as Markdown, all of them or those of chosen cards, or print cards as JSON."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import click

from quizapp.cli import completing
from quizapp.errors import UsageError


@click.command("export", short_help="Write topics as Markdown: all of them, or those of chosen cards.")
@click.argument("words", metavar="PATH [CARD]...", nargs=-1, shell_complete=completing.path_then_cards)
@click.option("--force", is_flag=True, help="Replace files that hold something else.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print the cards, all or these, one JSON object a line; no PATH."
)
@click.pass_obj
def command(db: str | None, words: tuple[str, ...], force: bool, as_json: bool) -> None:
    """Write every topic as Markdown below the folder PATH, one file a topic, one folder a deck.

    With CARDs, the ids of cards, only their topics are written; - reads ids from standard input, one a line. A single
    topic may go into one file: a PATH that ends in .md. Deleted cards stay out. With --json there is no PATH: the cards
    are printed with their answers.
    """
    from quizapp.cli.change import given_cards
    from quizapp.services.card_export import export_cards
    from quizapp.services.library import export, open_library

    if as_json:
        _print_json(db, words)
        return
    if not words:
        raise UsageError("There is no PATH.", "Name a folder: quizapp export copy/")
    path, named = Path(words[0]), words[1:]
    if path.is_file() and not named:
        raise UsageError(f"{path} is a file.", "Name a folder to write all topics into.")
    chosen = given_cards(named)
    with closing(open_library(db)) as workspace:
        written = (
            export_cards(workspace, chosen, path, overwrite=force)
            if named
            else export(workspace, path, overwrite=force)
        )
    topics = "1 topic" if len(written) == 1 else f"{len(written)} topics"
    click.echo(f"{topics} written {'to' if written == [path] else 'below'} {path}")


def _print_json(db: str | None, named: tuple[str, ...]) -> None:
    from quizapp.cli.change import given_cards
    from quizapp.services.card_export import every_card, exported_cards
    from quizapp.services.library import open_library

    chosen = given_cards(named)
    with closing(open_library(db)) as workspace:
        for item in exported_cards(workspace, chosen if named else every_card(workspace)):
            click.echo(json.dumps(item, ensure_ascii=False))
