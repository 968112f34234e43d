"""What every use case works with: the database, the settings, the paths and the clock."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from pathlib import Path

from quizapp import config
from quizapp.config import Paths, Settings
from quizapp.core.day import Instant, milliseconds, study_day
from quizapp.errors import StoreError, UsageError
from quizapp.services.owner import this_process
from quizapp.store import sqlite
from quizapp.store.database import Database


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Workspace:
    """One learner's library, opened when it is first used.

    Attributes:
        url: The database named by the user; empty for the default one, which is created where it is missing.
        zone: The learner's time zone; None for the machine's own.
    """

    paths: Paths
    settings: Settings
    url: str = ""
    clock: Callable[[], datetime] = _utc_now
    zone: tzinfo | None = None
    device: str = field(default_factory=platform.node)
    may_create: bool = False

    @property
    def path(self) -> Path:
        """The database's file, whether or not it can be opened."""
        return sqlite.path_of(self.url or f"sqlite:///{self.paths.database}")

    @property
    def backups(self) -> Path:
        """The folder of this database's backups: one that was named has its own, whatever others are called."""
        if not self.url:
            return self.paths.backups
        mark = hashlib.blake2b(str(self.path).encode(), digest_size=4).hexdigest()
        return self.paths.backups / f"{self.path.stem}-{mark}"

    @cached_property
    def database(self) -> Database:
        """The library's database, checked, and created or migrated where needed.

        Raises:
            StoreError: It is missing though it was named, locked, unwritable, damaged, foreign or newer.
        """
        if not self.url:
            self._make_data_folder()
        url = self.url or f"sqlite:///{self.paths.database}"
        return Database.open(url, self.backups, create=self.may_create or not self.url)

    @property
    def owner(self) -> str:
        """The name of this process, by which it claims a session."""
        return this_process(self.device)

    def now(self) -> datetime:
        """Return the present moment, UTC."""
        return self.clock().astimezone(UTC)

    def instant(self, moment: datetime) -> Instant:
        """Return a moment as the learner's log counts it.

        Raises:
            UsageError: The moment lies outside the years that quizapp counts in.
        """
        try:
            return Instant(study_day(moment, self.zone, self.settings.rollover_hour), milliseconds(moment))
        except ValueError as error:
            raise UsageError(
                f"The time cannot be used: {error}.", "Check the clock, or the time given."
            ) from error

    def today(self) -> Instant:
        """Return the present moment with its study day."""
        return self.instant(self.now())

    def close(self) -> None:
        """Close the database if it was opened; the next use opens it again."""
        if "database" in self.__dict__:
            self.__dict__.pop("database").close()

    def _make_data_folder(self) -> None:
        try:
            self.paths.data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"The folder {self.paths.data} cannot be made: {error.strerror}.",
                "Set QUIZAPP_HOME to a folder that you may write to.",
            ) from error


def open_workspace(url: str | None, *, may_create: bool = False) -> Workspace:
    """Return the workspace that the command line and the environment name; nothing is opened yet.

    Raises:
        ConfigError: The settings file is wrong.
    """
    where = config.paths()
    named = url or os.environ.get("QUIZAPP_DB") or ""
    return Workspace(where, config.load_settings(where.settings), url=named, may_create=may_create)


def open_workspace_leniently(url: str | None) -> Workspace:
    """Return the workspace as `open_workspace` does; with wrong settings, those of them that can be read hold."""
    from quizapp.settings_file import read_settings

    where = config.paths()
    return Workspace(
        where, read_settings(where.settings).settings, url=url or os.environ.get("QUIZAPP_DB") or ""
    )
