"""Errors to exit codes: the one place where a command's failure becomes a message and a number."""

from __future__ import annotations

import errno
import logging
import os
import sys
from collections.abc import Sequence
from typing import TextIO

import click

from quizapp.cli.root import root
from quizapp.errors import ExitCode, QuizError


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code; every error becomes one message on stderr."""
    if sys.stdout is None:  # closed by the shell: what is printed goes nowhere
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    stdout = sys.stdout
    try:
        outcome = root.main(args=list(arguments), prog_name="quizapp", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        return int(leaving.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except QuizError as error:
        click.echo(f"quizapp: {error}", err=True)
        return error.exit_code
    except SystemExit:
        if sys.stdout is stdout:
            raise
        return _without_reader(stdout)  # click has put something else there, and leaves with 1
    except BrokenPipeError:
        return _without_reader(stdout)
    except Exception as error:  # the outer shell: the last place that can still say what happened
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            click.echo("quizapp: the output cannot be written: no space is left.", err=True)
            _without_reader(stdout)
            return ExitCode.FINDINGS
        log = logging.getLogger("quizapp")
        if log.hasHandlers():  # the app's; a command has the terminal, which a traceback would only fill
            log.exception("unexpected error")
        click.echo(
            f"quizapp: unexpected error: {type(error).__name__}: {error}\n"
            "Every answer given so far is in the database. QUIZAPP_DEBUG=1 shows where it came from.",
            err=True,
        )
        if os.environ.get("QUIZAPP_DEBUG"):
            raise
        return ExitCode.FINDINGS
    return outcome if isinstance(outcome, int) else ExitCode.OK


def _without_reader(stdout: TextIO) -> ExitCode:
    """Let what is left to print go nowhere: whoever read it has seen enough, and that is no failure."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())
    return ExitCode.OK
