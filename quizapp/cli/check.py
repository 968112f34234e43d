"""`quizapp check`: find what is wrong in deck files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from quizapp.errors import ExitCode


@click.command("check", short_help="Find what is wrong in Markdown topics.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, one line a finding.")
def command(paths: tuple[Path, ...], as_json: bool) -> int:
    """Find what is wrong in PATHS (files, or folders of them), all of it at once. Exits 1 with findings."""
    from quizapp.core.plain import printable
    from quizapp.services.deck_checks import check

    problems = check(paths)
    for problem in problems:
        if as_json:
            fields = ("path", "line", "column", "what", "hint", "fatal")
            click.echo(json.dumps({name: getattr(problem, name) for name in fields}, ensure_ascii=False))
        else:
            click.echo(printable(str(problem)))
    if not problems and not as_json:
        click.echo("nothing to find fault with", err=True)
    return ExitCode.FINDINGS if problems else ExitCode.OK
