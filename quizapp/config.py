"""Settings and paths: what `config.toml`, the environment and the platform say."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
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
class DeckSettings:
    """What one deck, with all below it, does otherwise than the rest; None where it does the same."""

    retention: float | None = None
    new_per_day: int | None = None
    reviews_per_day: int | None = None
    learning_steps: tuple[int, ...] | None = None
    relearning_steps: tuple[int, ...] | None = None
    follow_ups: str | None = None


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
        keys: Other keys than the usual ones, by the binding's id, parted by commas.
        decks: What single decks do otherwise, by their path.
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
    keys: Mapping[str, str] = field(default_factory=dict)
    decks: Mapping[str, DeckSettings] = field(default_factory=dict)

    @property
    def policy(self) -> Policy:
        """The part of the settings that decides intervals, where no deck says otherwise."""
        return Policy(
            retention=self.retention,
            learning_steps=self.learning_steps,
            relearning_steps=self.relearning_steps,
            fuzz=self.fuzz,
        )

    def policy_of(self, deck: str) -> Policy:
        """Return what decides the intervals of a deck's cards."""
        return self.in_deck(deck).policy

    def in_deck(self, deck: str) -> Settings:
        """Return the settings as they are in a deck: of the decks that enclose it the nearest one's value holds.

        The daily limits stay those over all decks: limits add up by deck, and none takes another's place.
        """
        if not self.decks:
            return self
        changed: dict[str, Any] = {}
        for path in enclosing(deck):
            own = self.decks.get(path)
            for name in _OF_CARDS if own else ():
                if (value := getattr(own, name)) is not None:
                    changed[name] = value
        return replace(self, **changed)


_OF_CARDS = ("retention", "learning_steps", "relearning_steps", "follow_ups")
"""What a deck may decide for its cards one by one; its limits are counted over all of them."""


def enclosing(deck: str) -> Iterator[str]:
    """Yield the decks that enclose a deck, the outermost first, the deck itself last."""
    parts = deck.split("/")
    for depth in range(len(parts)):
        yield "/".join(parts[: depth + 1])


def load_settings(where: Path) -> Settings:
    """Return the settings of a file; the defaults when there is none.

    Raises:
        ConfigError: The file cannot be read, or a key or value in it means nothing; the message tells all of it.
    """
    with contextlib.suppress(OSError):  # a file that cannot be looked at is told below
        if not where.exists():
            return Settings()
    from quizapp.settings_file import read_settings

    read = read_settings(where)
    if read.problems:
        raise ConfigError(
            "\n".join(map(str, read.problems)), "`quizapp config path` says where the settings lie."
        )
    return read.settings
