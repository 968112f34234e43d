"""Reads `config.toml`: every setting in it, and every problem with its line, all of them at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quizapp.config import DeckSettings, Settings
from quizapp.options import BY_NAME, PER_DECK, OptionError

TABLES = ("keys", "deck")
_TABLE = re.compile(r"\s*\[(?P<path>[^\[\]]+)\]\s*(#.*)?$")
_KEY = re.compile(r"\s*(?P<key>\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+)(\s*\.[^=]*)?\s*=")
_MOST_BROKEN = 20
_PLAINLY = {
    "cannot overwrite a value": "this stands further up already",
    "invalid value": "what stands behind the = is no value",
}
"""What the parser's words mean, where they tell the learner little."""
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class SettingsProblem:
    """One thing that is wrong in a settings file. Lines count from 1; 0 is the file as a whole."""

    path: str
    line: int
    what: str
    hint: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.what}: {self.hint}"


@dataclass(frozen=True, slots=True)
class SettingsRead:
    """What a file says: the settings that could be read, the problems of the rest, and the text as it was."""

    settings: Settings
    problems: tuple[SettingsProblem, ...]
    text: str


def read_settings(where: Path) -> SettingsRead:
    """Return the settings of a file and everything that is wrong in it; a missing file is an empty one."""
    try:
        text = where.read_bytes().decode("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return SettingsRead(Settings(), (), "")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problem = SettingsProblem(
            str(where), line, "is no UTF-8 text", "save the file as UTF-8, or remove it"
        )
        return SettingsRead(Settings(), (problem,), "")
    except OSError as error:
        what = f"cannot be read: {(error.strerror or str(error)).lower()}"
        return SettingsRead(
            Settings(), (SettingsProblem(str(where), 0, what, "mend or remove the file"),), ""
        )
    return settings_of(text, str(where))


def settings_of(text: str, path: str) -> SettingsRead:
    """Return the settings of a file's text and everything that is wrong in it."""
    plain = text.removeprefix("\ufeff")  # some editors put the mark of UTF-8 first
    values, broken = _values(plain, path)
    reader = _Reader(path, _lines(plain))
    settings = reader.settings(values)
    problems = sorted((*broken, *reader.problems), key=lambda one: one.line)
    return SettingsRead(settings, tuple(problems), text)


def _values(text: str, path: str) -> tuple[dict[str, Any], list[SettingsProblem]]:
    """Return what a text says as TOML, the lines that are none left out, each of them told."""
    lines = text.split("\n")  # as TOML counts them
    broken: list[SettingsProblem] = []
    while True:
        try:
            return tomllib.loads("\n".join(lines) + "\n"), broken
        except tomllib.TOMLDecodeError as error:
            found = _AT_LINE.search(str(error))
            line = int(found[1]) if found else len(text.splitlines())
            if broken and line == broken[-1].line:
                return {}, broken  # it goes over several lines: what follows cannot be told from it
            what = _AT_LINE.sub("", str(error)).rstrip(".").lower()
            what = _PLAINLY.get(what, what)
            hint = "mend this line, or remove the file for the defaults"
            broken.append(SettingsProblem(path, line, what, hint))
            if not 1 <= line <= len(lines) or len(broken) >= _MOST_BROKEN:
                return {}, broken
            if lines[line - 1].lstrip().startswith("["):
                lines = lines[: line - 1]  # what stands below a broken head belongs to no table that is known
            else:
                lines[line - 1] = ""


def problem_at(read: SettingsRead, path: str, at: tuple[str, str], what: str, hint: str) -> SettingsProblem:
    """Return a problem that only the interface knows of, with the line that it stands on.

    Args:
        at: The table, empty for the top, and the key.
    """
    reader = _Reader(path, _lines(read.text))
    reader.tell(*at, what, hint)
    return reader.problems[0]


class _Reader:
    """Collects problems while it reads."""

    def __init__(self, path: str, lines: Mapping[tuple[str, str], int]) -> None:
        self._path = path
        self._lines = lines
        self.problems: list[SettingsProblem] = []

    def settings(self, values: Mapping[str, Any]) -> Settings:
        plain = {name: value for name, value in values.items() if name not in TABLES}
        read = self._options(plain, "", BY_NAME, (*BY_NAME, *TABLES))
        keys, decks = self._keys(values.get("keys", {})), self._decks(values.get("deck", {}))
        return Settings(**read, keys=keys, decks=decks)

    def _options(
        self, values: Mapping[str, Any], table: str, known: Iterable[str], names: Iterable[str]
    ) -> dict[str, Any]:
        read: dict[str, Any] = {}
        for name, value in values.items():
            if name not in known:
                self.tell(table, name, *_unknown(name, known, names))
                continue
            try:
                read[name] = BY_NAME[name].read(value)
            except OptionError as error:
                self.tell(table, name, error.what, error.hint)
        return read

    def _keys(self, table: Any) -> dict[str, str]:
        if not isinstance(table, Mapping):
            self.tell("", "keys", f"keys is {table!r}", 'it takes a table such as [keys] "study.why" = "y"')
            return {}
        keys: dict[str, str] = {}
        for identifier, value in _flat(table):
            parts = value if isinstance(value, list) else [value]
            if not parts or not all(isinstance(part, str) and part.strip(", ") for part in parts):
                what = f"the keys of {identifier} are {value!r}"
                self.tell("keys", identifier, what, 'it takes keys such as "w" or "down,j"')
            else:
                keys[identifier] = ",".join(key.strip() for key in ",".join(parts).split(",") if key.strip())
        return keys

    def _decks(self, table: Any) -> dict[str, DeckSettings]:
        decks: dict[str, DeckSettings] = {}
        names = [option.name for option in PER_DECK]
        for path, values in table.items() if isinstance(table, Mapping) else [("", table)]:
            if not isinstance(values, Mapping):
                what = f"deck.{path} is {values!r}" if path else f"deck is {values!r}"
                self.tell(
                    "deck" if path else "",
                    path or "deck",
                    what,
                    'it takes a table such as [deck."foundations/gradients"]',
                )
                continue
            read = self._options(values, f"deck.{path}", names, names)
            decks[path.strip("/")] = DeckSettings(**read)
        return decks

    def tell(self, table: str, name: str, what: str, hint: str) -> None:
        parts = name.split(".")
        line = self._lines.get((table, name)) or self._lines.get((table, parts[0]))
        line = line or self._lines.get((f"{table}.{'.'.join(parts[:-1])}".strip("."), parts[-1]))
        line = (
            line or self._lines.get((f"{table}.{name}".strip("."), "")) or self._lines.get((table, "")) or 0
        )
        self.problems.append(SettingsProblem(self._path, line, what, hint))


def _unknown(name: str, known: Iterable[str], names: Iterable[str]) -> tuple[str, str]:
    """Return what to say of a name that is not there: the nearest right one, or that only some go by deck."""
    if name in BY_NAME:
        return f"{name} cannot be set for one deck", f"these can: {', '.join(known)}"
    from quizapp.core.nearest import did_you_mean

    names = list(names)
    return f"there is no setting {name!r}", did_you_mean(name, names, f"the settings are {', '.join(names)}")


def _flat(table: Mapping[str, Any], above: str = "") -> Iterable[tuple[str, Any]]:
    """Yield (id, value): an id with a dot may be written in quotation marks or without."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _lines(text: str) -> dict[tuple[str, str], int]:
    """Return the line of each (table, key), and of each table's head under an empty key; the first one counts."""
    lines: dict[tuple[str, str], int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _TABLE.match(line):
            table = _unquoted(found["path"])
            lines.setdefault((table, ""), number)
        elif found := _KEY.match(line):
            whole = line[: line.index("=")]
            lines.setdefault((table, _unquoted(found["key"])), number)
            lines.setdefault((table, _unquoted(whole)), number)
    return lines


def _unquoted(path: str) -> str:
    """Return the parts of a dotted key without their quotation marks, joined by dots."""
    parts = re.findall(r"\"([^\"]*)\"|'([^']*)'|([^.\s\"']+)", path)
    return ".".join(next((part for part in found if part), "") for found in parts)
