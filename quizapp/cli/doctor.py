"""`quizapp doctor`: look everything over, and repair what can be repaired."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import click

from quizapp.errors import ExitCode, QuizError

if TYPE_CHECKING:
    from quizapp.services.doctor import Look
    from quizapp.services.workspace import Workspace

_SIGNS = {"ok": "✓", "note": "·", "wrong": "✗", "fixed": "✓"}
_EVERY = 500


@click.command("doctor", short_help="Look everything over: versions, terminal, folders, settings, database.")
@click.option("--fix", "repair", is_flag=True, help="Back up, then repair what can be repaired.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a finding, one a line.")
@click.pass_obj
def command(db: str | None, repair: bool, as_json: bool) -> int:
    """Look over versions, terminal, folders, settings, simulations, the database, every card's state, decks and backups.

    Exits 1 when something is wrong. --fix first takes a backup, then builds damaged indexes anew, or the whole file from its
    rows where none is lost, puts missing indexes and triggers back, and replays the log of every card whose state
    differs from it. Nothing is ever changed without --fix.
    """
    from quizapp.services.workspace import open_workspace_leniently

    with closing(open_workspace_leniently(db)) as workspace:
        found = list(_shown(_looks(workspace), as_json=as_json))
        if repair:
            found = _repaired(workspace, found, as_json=as_json)
    wrong = sum(look.state == "wrong" for look in found)
    if not as_json:
        click.echo("everything is well" if not wrong else f"{wrong} wrong", err=True)
    return ExitCode.FINDINGS if wrong else ExitCode.OK


def _looks(workspace: Workspace) -> Iterator[Look]:
    from quizapp.services import doctor

    yield from doctor.versions()
    encoding = getattr(sys.stdout, "encoding", "") or ""
    yield from doctor.terminal(os.environ, is_terminal=sys.stdout.isatty(), encoding=encoding)
    yield from doctor.folders(workspace.paths)
    yield from _settings(workspace)
    yield from doctor.simulations(workspace.settings.device)
    whole = True
    for look in doctor.database(workspace):
        whole = whole and look.state not in ("wrong", "note")
        yield look
    if whole:
        yield from doctor.fold(workspace, _progress)
        yield from doctor.decks(workspace)
    yield from doctor.backups_taken(workspace)


def _settings(workspace: Workspace) -> Iterator[Look]:
    from quizapp.services.doctor import Look, State
    from quizapp.tui.settings_check import settings_problems

    where = workspace.paths.settings
    problems = settings_problems(where)
    for problem in problems:
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        yield Look("settings", "file", State.WRONG, f"{place}: {problem.what}", problem.hint)
    if not problems:
        yield Look(
            "settings",
            "file",
            State.OK,
            f"{where}{'' if where.exists() else ' is not there: the defaults hold'}",
        )


def _repaired(workspace: Workspace, found: list[Look], *, as_json: bool) -> list[Look]:
    """Repair, look at the database once more, and return what is left with what was done."""
    from quizapp.services import doctor, repair

    elsewhere = [look for look in found if look.area not in ("database", "log")]
    try:
        done = list(_shown(repair.repair(workspace, _progress), as_json=as_json))
    except QuizError as error:
        look = doctor.Look("fix", "database", doctor.State.WRONG, error.message, error.hint)
        return [*found, *_shown([look], as_json=as_json)]
    if not any(look.state in (doctor.State.FIXED, doctor.State.WRONG) for look in done):
        return [*found, *done]
    again = [*doctor.database(workspace)]
    if not any(look.state == "wrong" for look in again):
        again += doctor.fold(workspace, _progress)
    return [*elsewhere, *done, *_shown(again, as_json=as_json)]


def _shown(looks: Iterable[Look], *, as_json: bool) -> Iterator[Look]:
    """Print each look when it is known, and yield it."""
    from quizapp.core.plain import printable

    area = ""
    for look in looks:
        if as_json:
            names = ("area", "name", "state", "words", "hint")
            click.echo(json.dumps({name: getattr(look, name) for name in names}, ensure_ascii=False))
        else:
            if look.area != area:
                area = look.area
                click.echo(area)
            click.echo(printable(f"  {_SIGNS[look.state]} {look.name:<12} {look.words}"))
            if look.hint:
                click.echo(printable(f"    {'':<12} {look.hint}"))
        yield look


def _progress(number: int, total: int) -> None:
    """Say now and then how far the check of all topics is, where a person waits."""
    if sys.stderr.isatty() and total > _EVERY and (number % _EVERY == 0 or number == total):
        end = "\n" if number == total else "\r"
        click.echo(f"replaying the log: {number} of {total} topics{end}", nl=False, err=True)
