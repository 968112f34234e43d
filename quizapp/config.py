"""Settings and paths: what `config.toml`, the environment and the platform say."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from quizapp.core.policy import Policy
from quizapp.errors import ConfigError

_APP = "quizapp"


@dataclass(frozen=True, slots=True)
class Paths:
    """Where quizapp keeps its files. `QUIZAPP_HOME` puts all of them under one folder."""

    data: Path
    config: Path
    state: Path

    @property
    def database(self) -> Path:
        """The default database."""
        return self.data / "quizapp.db"

    @property
    def decks(self) -> Path:
        """Where topics edited or written in the app are kept."""
        return self.data / "decks"

    @property
    def backups(self) -> Path:
        """Where copies taken before a risk are kept."""
        return self.data / "backups"

    @property
    def settings(self) -> Path:
        """The settings file; it need not exist."""
        return self.config / "config.toml"

    @property
    def log(self) -> Path:
        """Where tracebacks go."""
        return self.state / "quizapp.log"


def paths(environment: Mapping[str, str] | None = None) -> Paths:
    """Return the paths for this user."""
    environment = os.environ if environment is None else environment
    if home := environment.get("QUIZAPP_HOME"):
        root = Path(home).expanduser().absolute()
        return Paths(data=root, config=root, state=root)
    import platformdirs

    return Paths(
        data=Path(platformdirs.user_data_dir(_APP, appauthor=False)),
        config=Path(platformdirs.user_config_dir(_APP, appauthor=False)),
        state=Path(platformdirs.user_state_dir(_APP, appauthor=False)),
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may choose.

    Attributes:
        retention: The share of due cards to be recalled, 0.70 to 0.99.
        rollover_hour: The local hour at which a study day begins, 0 to 23.
        new_per_day, reviews_per_day: Daily limits over all decks.
        learning_steps, relearning_steps: Waiting times in seconds.
        follow_ups: When a question's follow-ups come: `at once` after a good answer, `later` as cards of their own, `never`.
        two_buttons: Rate with Again and Good alone.
        leech_lapses: How many lapses make a card a leech.
        drill_moves_due, drill_moves_others: Whether a drill's ratings move the schedule: of cards that were due, of others.
        reduced_motion: Show a simulation's last frame alone.
        device: Where simulations run: `auto`, `cpu`, `cuda`, `mps`.
    """

    retention: float = 0.90
    rollover_hour: int = 4
    new_per_day: int = 20
    reviews_per_day: int = 200
    learning_steps: tuple[int, ...] = (60, 600)
    relearning_steps: tuple[int, ...] = (600,)
    fuzz: bool = True
    theme: str = "quizapp-dark"
    frames_per_second: int = 30
    follow_ups: str = "at once"
    two_buttons: bool = False
    leech_lapses: int = 8
    drill_moves_due: bool = True
    drill_moves_others: bool = False
    reduced_motion: bool = False
    device: str = "auto"

    @property
    def policy(self) -> Policy:
        """The part of the settings that decides intervals."""
        return Policy(
            retention=self.retention,
            learning_steps=self.learning_steps,
            relearning_steps=self.relearning_steps,
            fuzz=self.fuzz,
        )


_RANGES: dict[str, tuple[int, int]] = {
    "rollover_hour": (0, 23),
    "new_per_day": (0, 9999),
    "reviews_per_day": (0, 9999),
    "frames_per_second": (1, 60),
    "leech_lapses": (1, 99),
}
_CHOICES: dict[str, tuple[str, ...]] = {
    "follow_ups": ("at once", "later", "never"),
    "device": ("auto", "cpu", "cuda", "mps"),
}
_STEPS = ("learning_steps", "relearning_steps")
_UNITS = {"s": 1, "m": 60, "h": 3600}


def load_settings(where: Path) -> Settings:
    """Return the settings of a file; the defaults when there is none.

    Raises:
        ConfigError: The file cannot be read, or a key or value in it means nothing.
    """
    try:
        text = where.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{where}: cannot be read: {error}", "Mend or remove the file.") from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"{where}: {error}", "Mend this line, or remove the file for the defaults."
        ) from error
    return _settings(values, where)


def _settings(values: Mapping[str, Any], where: Path) -> Settings:
    known = [item.name for item in fields(Settings)]
    checked: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"Did you mean {near[0]!r}?" if near else f"The settings are {', '.join(known)}."
            raise ConfigError(f"{where}: there is no setting {name!r}", hint)
        checked[name] = _value(name, value, where)
    settings = Settings(**checked)
    try:
        _ = settings.policy
    except ValueError as error:
        raise ConfigError(f"{where}: {error}", "Mend this setting.") from error
    return settings


def _value(name: str, value: Any, where: Path) -> Any:
    if name in _STEPS:
        return _step_seconds(name, value, where)
    default = getattr(Settings(), name)
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not type(default):
        raise ConfigError(
            f"{where}: {name} is {value!r}", f"It takes {type(default).__name__}, such as {default!r}."
        )
    if name in _RANGES:
        low, high = _RANGES[name]
        if not low <= value <= high:
            raise ConfigError(f"{where}: {name} is {value}", f"It takes {low} to {high}.")
    if value not in _CHOICES.get(name, (value,)):
        raise ConfigError(f"{where}: {name} is {value!r}", f"It takes one of {', '.join(_CHOICES[name])}.")
    return value


def _step_seconds(name: str, value: Any, where: Path) -> tuple[int, ...]:
    """Return steps such as ["1m", "10m", "3h"] in seconds."""
    hint = 'It takes a list such as ["1m", "10m"].'
    if not isinstance(value, list):
        raise ConfigError(f"{where}: {name} is {value!r}", hint)
    seconds = []
    for text in value:
        if not (isinstance(text, str) and text[-1:] in _UNITS and text[:-1].isdecimal()):
            raise ConfigError(f"{where}: {name} holds {text!r}", hint)
        seconds.append(int(text[:-1]) * _UNITS[text[-1]])
    return tuple(seconds)
