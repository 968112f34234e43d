"""The command `quizapp` itself: without a verb it opens the app."""

from __future__ import annotations

import importlib
from typing import Any

import click

from quizapp import __version__

_CHANGE = "quizapp.cli.change"
"""The one file that holds several verbs: they differ by a line of a table."""
_VERBS = {
    "add": "quizapp.cli.add",
    "answer": "quizapp.cli.answer",
    "backup": "quizapp.cli.backup",
    "bury": _CHANGE,
    "cards": "quizapp.cli.cards",
    "check": "quizapp.cli.check",
    "claims": "quizapp.cli.claims",
    "completion": "quizapp.cli.completion",
    "config": "quizapp.cli.config",
    "delete": _CHANGE,
    "demo": "quizapp.cli.demo",
    "doctor": "quizapp.cli.doctor",
    "drill": "quizapp.cli.drill",
    "due": "quizapp.cli.due",
    "export": "quizapp.cli.export",
    "find": "quizapp.cli.find",
    "flag": _CHANGE,
    "forget": _CHANGE,
    "leeches": "quizapp.cli.leeches",
    "log": "quizapp.cli.log",
    "move": _CHANGE,
    "new": "quizapp.cli.new",
    "predictions": "quizapp.cli.predictions",
    "progress": "quizapp.cli.progress",
    "redo": "quizapp.cli.redo",
    "restore": "quizapp.cli.restore",
    "set-due": _CHANGE,
    "sim": "quizapp.cli.sim",
    "stats": "quizapp.cli.stats",
    "study": "quizapp.cli.study",
    "suspend": _CHANGE,
    "tag": _CHANGE,
    "unbury": _CHANGE,
    "undelete": _CHANGE,
    "undo": "quizapp.cli.undo",
    "unflag": _CHANGE,
    "unsuspend": _CHANGE,
    "untag": _CHANGE,
}
_ELSEWHERE = {
    "browse": "find",
    "history": "log",
    "import": "add",
    "lint": "check",
    "list": "cards",
    "quiz": "drill",
    "remove": "delete",
    "reset": "forget",
    "review": "study",
    "run": "sim",
    "schedule": "set-due",
    "search": "find",
    "settings": "config",
    "simulate": "sim",
    "start": "study",
}
"""What other programs call a verb, by its name here."""


class Verbs(click.Group):
    """Finds a verb in the file of its name, and imports no other."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the verbs by name."""
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of a verb; None when there is none."""
        if cmd_name not in _VERBS:
            return None
        module: Any = importlib.import_module(_VERBS[cmd_name])
        command = module.commands[cmd_name] if _VERBS[cmd_name] == _CHANGE else module.command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest verb when the one given is not there."""
        if args and args[0] not in _VERBS and not args[0].startswith("-"):
            from quizapp.core.nearest import nearest

            near = _ELSEWHERE.get(args[0]) or nearest(args[0], _VERBS)
            hint = f"Did you mean {near!r}?" if near else "`quizapp --help` lists them."
            raise click.UsageError(f"There is no command {args[0]!r}. {hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=Verbs,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--db", metavar="URL", help="Use this database, such as sqlite:///study.db (also QUIZAPP_DB).")
@click.version_option(__version__, prog_name="quizapp")
@click.pass_context
def root(context: click.Context, db: str | None) -> None:
    """Study hard technical material: predict, run the answer, see the gap, remember.

    Without a command, opens the app.
    """
    context.obj = db
    if context.invoked_subcommand is None:
        from quizapp.cli.study import open_app

        open_app(db, deck=None)
