"""`quizapp backup`: copy the database, and list the copies."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.errors import StoreError, UsageError

if TYPE_CHECKING:
    from quizapp.services.backups import ListedBackup
    from quizapp.services.workspace import Workspace


@click.command("backup", short_help="Copy the database, prove the copy, or list the copies.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Write it there: a new file, or a folder.",
)
@click.option("--list", "as_list", is_flag=True, help="List the backups, the newest first.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a backup, one a line.")
@click.pass_obj
def command(db: str | None, output: Path | None, as_list: bool, as_json: bool) -> None:
    """Copy the database, read every page of the copy to prove that it restores, and print where it is.

    Backups are also taken on the first start of a day, on leaving, and before anything that could lose. All of the last 2
    days are kept, then one a day for 2 weeks, one a week for 3 months, one a month after that, and all that were taken
    with this command. `quizapp restore` puts one back.
    """
    from quizapp.services import backups
    from quizapp.services.workspace import open_workspace

    if as_list and output:
        raise UsageError("--list and --output do not go together.")
    with closing(open_workspace(db)) as workspace:
        if as_list:
            _list(workspace, as_json=as_json)
            return
        if not workspace.path.exists():
            raise StoreError(f"There is no database at {workspace.path} yet.", "The first start makes it.")
        _ = workspace.database  # an older one is migrated first
        path = backups.take_to(workspace, output) if output else backups.take(workspace, backups.BY_HAND).path
        held = backups.held(path)
    if as_json:
        click.echo(json.dumps({"path": str(path), "entries": held.entries, "cards": held.cards}))
    else:
        click.echo(path)
        click.echo(
            f"{held.entries} log entries, {held.cards} cards; the copy was read and is whole", err=True
        )


def _list(workspace: Workspace, *, as_json: bool) -> None:
    from quizapp.services import backups

    found = list(backups.listed(workspace))
    for one in found:
        if as_json:
            click.echo(json.dumps(_fields(one)))
        else:
            entries = f"{one.content.entries:8} entries" if one.content else "cannot be read"
            at = one.backup.at.astimezone(workspace.zone)
            size = f"{one.backup.size / 1e6:8.1f} MB"
            click.echo(
                f"{at:%Y-%m-%d %H:%M:%S}  {size}  {entries}  {one.backup.reason:<20} {one.backup.path.name}"
            )
    if not found and not as_json:
        click.echo(f"no backup yet in {workspace.backups}", err=True)


def _fields(one: ListedBackup) -> dict[str, object]:
    return {
        "path": str(one.backup.path),
        "at": one.backup.at.isoformat(),
        "reason": one.backup.reason,
        "bytes": one.backup.size,
        "entries": one.content.entries if one.content else None,
        "cards": one.content.cards if one.content else None,
    }
