"""`quizapp backup`: copy the database, and list the copies."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.errors import ExitCode, StoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

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
@click.option(
    "--verify", is_flag=True, help="List them, each read to its last page; exits 1 if one is damaged."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a backup, one a line.")
@click.pass_obj
def command(db: str | None, output: Path | None, as_list: bool, verify: bool, as_json: bool) -> int:
    """Copy the database, read every page of the copy to prove that it restores, and print where it is.

    A copy has another name until that is proved: undamaged, of this schema, and with no fewer log entries than the
    database. So every backup that is listed was whole when it was taken; --verify proves it again.

    Backups are also taken on the first start of a day, on leaving, and before anything that could lose. All of the last 2
    days are kept, then one a day for 2 weeks, one a week for 3 months, one a month after that, and all that were taken
    with this command. `quizapp restore` puts one back.
    """
    from quizapp.services import backups
    from quizapp.services.workspace import open_workspace

    if (as_list or verify) and output:
        raise UsageError(f"--{'verify' if verify else 'list'} and --output do not go together.")
    with closing(open_workspace(db)) as workspace:
        if as_list or verify:
            found = backups.verified(workspace) if verify else backups.listed(workspace)
            damaged = _list(workspace, found, as_json=as_json)
            return ExitCode.FINDINGS if damaged else ExitCode.OK
        if not workspace.path.exists():
            raise StoreError(f"There is no database at {workspace.path} yet.", "The first start makes it.")
        _ = workspace.database  # an older one is migrated first
        path = backups.take_to(workspace, output) if output else backups.take(workspace, backups.BY_HAND).path
        held = backups.held(path)
    if as_json:
        click.echo(json.dumps({"path": str(path), "entries": held.entries, "cards": held.cards}))
    else:
        click.echo(path)
        click.echo(f"{held.words}; the copy was read and is whole", err=True)
    return ExitCode.OK


def _list(workspace: Workspace, found: Iterable[ListedBackup], *, as_json: bool) -> int:
    """Print each backup when it is known, and return how many are damaged."""
    count = damaged = 0
    verifies = False
    for one in found:
        count, damaged = count + 1, damaged + (one.is_whole is False)
        verifies = one.is_whole is not None
        click.echo(json.dumps(_fields(one)) if as_json else _line(workspace, one))
    if not as_json:
        click.echo(_conclusion(workspace, count, damaged, verifies=verifies), err=True)
    return damaged


def _line(workspace: Workspace, one: ListedBackup) -> str:
    state = {None: "", True: "whole    ", False: "damaged  "}[one.is_whole]
    held = one.content
    entries = (
        f"{held.entries:8} {'entry  ' if held.entries == 1 else 'entries'}" if held else "  cannot be read"
    )
    at = one.backup.at.astimezone(workspace.zone)
    size = f"{one.backup.size / 1e6:8.1f} MB"
    return f"{state}{at:%Y-%m-%d %H:%M:%S}  {size}  {entries}  {one.backup.reason:<20} {one.backup.path.name}"


def _conclusion(workspace: Workspace, count: int, damaged: int, *, verifies: bool) -> str:
    """Return what is proved of the backups that were listed."""
    if not count:
        return f"no backup yet in {workspace.backups}"
    if damaged:
        which = "it" if damaged == 1 else "they"
        return f"{damaged} of {count} damaged: {which} cannot be restored, and may be removed"
    if verifies:
        return f"each of {count} was read to its last page just now, and restores"
    return "each was read to its last page when it was taken; --verify does so again"


def _fields(one: ListedBackup) -> dict[str, object]:
    return {
        "path": str(one.backup.path),
        "at": one.backup.at.isoformat(),
        "reason": one.backup.reason,
        "bytes": one.backup.size,
        "entries": one.content.entries if one.content else None,
        "cards": one.content.cards if one.content else None,
        "whole": one.is_whole,
    }
