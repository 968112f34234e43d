"""Writes single settings into `config.toml`: comments, order and everything else in the file stay as they are."""

from __future__ import annotations

import os
import secrets
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from quizapp.errors import ConfigError
from quizapp.settings_file import SettingsRead, read_settings, settings_of


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


def with_setting(text: str, table: tuple[str, ...], name: str, value: Any | None) -> str:
    """Return a file's text with one key set, or without it.

    Raises:
        ConfigError: The text is no TOML.
    """
    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise ConfigError(f"The settings cannot be read: {error}.", "Mend the file first.") from error
    if value is None:
        _take_out(document, table, name)
    else:
        holder: MutableMapping[str, Any] = document
        for depth, part in enumerate(table):
            if part not in holder:
                holder[part] = tomlkit.table(is_super_table=depth + 1 < len(table))
            holder = holder[part]
        holder, last = _place_of(holder, name)
        holder[last] = value
    return tomlkit.dumps(document)


def _place_of(holder: MutableMapping[str, Any], name: str) -> tuple[MutableMapping[str, Any], str]:
    """Return where a name stands: an id such as `study.why` may have been written with or without quotation marks."""
    first, dot, rest = name.partition(".")
    if dot and name not in holder and isinstance(holder.get(first), MutableMapping):
        return _place_of(holder[first], rest)
    return holder, name


def _take_out(document: MutableMapping[str, Any], table: tuple[str, ...], name: str) -> None:
    """Take a key out, and the tables that hold nothing without it, not even a comment."""
    holders: list[MutableMapping[str, Any]] = [document]
    for part in table:
        if part not in holders[-1]:
            return
        holders.append(holders[-1][part])
    holder, last = _place_of(holders[-1], name)
    if last not in holder:
        return
    del holder[last]
    for part, above, inner in zip(
        reversed(table), reversed(holders[:-1]), reversed(holders[1:]), strict=True
    ):
        if not inner and "#" not in tomlkit.dumps(inner):
            del above[part]


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
