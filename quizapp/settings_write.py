"""Writes single settings into `config.toml`: comments, order and everything else in the file stay as they are."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from quizapp.errors import ConfigError
from quizapp.settings_file import SettingsRead, read_settings, settings_of
from quizapp.settings_text import with_setting


class FileChangedError(ConfigError):
    """The file is not any more what the learner was shown. Nothing was written."""


def write_setting(
    where: Path, table: tuple[str, ...], name: str, value: Any | None, *, seen: str | None = None
) -> SettingsRead:
    """Set one key of a file as it is on the disk now, and return what the file says then.

    Args:
        table: The names of the table that holds the key: none, `keys`, or `deck` and the deck's path.
        value: As TOML has it; None takes the key out, so that the default holds.
        seen: The text that the learner was shown; another one on the disk is left as it is.

    Raises:
        FileChangedError: The file has another text than was seen.
        ConfigError: The file is wrong already, the value is, or the file cannot be written. Nothing was changed then.
    """
    before = read_settings(where)
    if seen is not None and before.text != seen:
        raise FileChangedError(
            f"{where.name} was changed elsewhere.",
            "Its values are shown now, and nothing was overwritten. Change it again if you still want to.",
        )
    if before.problems:
        raise ConfigError(
            "\n".join(map(str, before.problems)), "Mend the file first; nothing was written into it."
        )
    text = with_setting(before.text, table, name, value)
    after = settings_of(text, str(where))
    if after.problems:
        raise ConfigError("\n".join(map(str, after.problems)), "Nothing was written.")
    if text != before.text:
        _replace(where, text)
    return after


def _replace(where: Path, text: str) -> None:
    """Put a text in a file's place whole; a link to the file stays a link."""
    where = where.resolve()
    beside = where.with_name(f".{where.name}.{secrets.token_hex(4)}")
    try:
        where.parent.mkdir(parents=True, exist_ok=True)
        try:
            with beside.open("xb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            if where.exists():
                beside.chmod(where.stat().st_mode & 0o777)
            beside.replace(where)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise ConfigError(
            f"{where} cannot be written: {error.strerror}.", "The settings are as they were."
        ) from error
