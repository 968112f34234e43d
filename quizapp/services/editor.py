"""The learner's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from quizapp.errors import UsageError

_FALLBACKS = ("nano", "vim", "vi", "notepad")


def edit(path: Path) -> None:
    """Open a file in $VISUAL, $EDITOR or the first known editor, and wait until it is closed.

    Raises:
        UsageError: There is no editor, or it ended with an error.
    """
    command = editor_command()
    try:
        done = subprocess.run([*command, str(path)], check=False)  # noqa: S603 - the learner's own editor
    except OSError as error:
        raise UsageError(
            f"{command[0]} cannot be started: {error.strerror}.", "Set EDITOR to one that can."
        ) from error
    if done.returncode:
        raise UsageError(f"{command[0]} ended with {done.returncode}.", f"The file is {path}.")


def editor_command() -> list[str]:
    """Return the command of the learner's editor, with its arguments.

    Raises:
        UsageError: There is no editor, or what the environment says of it cannot be read.
    """
    command = _named() or [name for name in _FALLBACKS if shutil.which(name)][:1]
    if not command:
        raise UsageError("There is no editor.", "Set EDITOR to the one you use.")
    return command


def _named() -> list[str]:
    """Return the command that the environment names, with its arguments; nothing where it names none."""
    setting = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        return shlex.split(setting)
    except ValueError as error:
        raise UsageError(
            f"The editor {setting!r} cannot be read: {error}.", "Set EDITOR to its command."
        ) from error
