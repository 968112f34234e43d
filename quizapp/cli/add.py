"""`quizapp add`: take deck files into the library."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.errors import ExitCode

if TYPE_CHECKING:
    from quizapp.services.taking_in import Added


@click.command("add", short_help="Take Markdown topics, or folders of them, into the library.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(db: str | None, paths: tuple[Path, ...], as_json: bool) -> int:
    """Take the topics in PATHS (files, or folders of them) into the library.

    Adding again takes in what changed; cards keep their history. A topic that is gone from a folder is archived.
    """
    from quizapp.services.library import add, open_library

    with closing(open_library(db, may_create=True)) as workspace:
        done = add(workspace, paths)
    if as_json:
        click.echo(json.dumps(_fields(done), ensure_ascii=False))
    else:
        narrate(done)
    return ExitCode.DECK if any(problem.fatal for problem in done.problems) else ExitCode.OK


def _fields(done: Added) -> dict[str, object]:
    return {
        "added": done.added,
        "changed": done.changed,
        "renamed": done.renamed,
        "archived": done.archived,
        "problems": [
            {
                "path": problem.path,
                "line": problem.line,
                "column": problem.column,
                "what": problem.what,
                "hint": problem.hint,
                "fatal": problem.fatal,
            }
            for problem in done.problems
        ],
    }


def narrate(done: Added) -> None:
    """Say on stderr what is wrong in the files, and print what became of the cards."""
    from quizapp.core.plain import printable

    for problem in done.problems:
        click.echo(printable(str(problem)), err=True)
    parts = [
        f"{len(cards)} {word}"
        for word, cards in (
            ("added", done.added),
            ("changed", done.changed),
            ("renamed", done.renamed),
            ("archived", done.archived),
        )
        if cards
    ]
    click.echo(f"cards: {', '.join(parts)}" if parts else "nothing changed")
