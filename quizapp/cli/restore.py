"""`quizapp restore`: put a backup in the database's place."""

from __future__ import annotations

from contextlib import closing

import click

from quizapp.cli import completing


@click.command("restore", short_help="Put a backup in the database's place.")
@click.argument("backup", default="latest", shell_complete=completing.backups)
@click.pass_obj
def command(db: str | None, backup: str) -> None:
    """Put BACKUP in the database's place: a file, a date such as 2026-11-25, or `latest`.

    The present database is backed up first, so that this can be taken back. While another quizapp uses the database
    nothing is done.
    """
    from quizapp.services import backups
    from quizapp.services.workspace import open_workspace

    with closing(open_workspace(db, may_create=True)) as workspace:
        path = backups.named(workspace, backup)
        before = backups.restore(workspace, path)
        held = backups.held(workspace.path)
    click.echo(f"{workspace.path} is now {path.name}: {held.words}")
    if before is not None:
        click.echo(f"what was there before is kept: quizapp restore {before.name}", err=True)
