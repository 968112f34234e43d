"""Every error that a user can meet, each with the exit code that it ends a command with."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command's exit status says to the script that called it."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    DECK = 3
    STORE = 4
    SIMULATION = 5
    INTERRUPTED = 130


class QuizError(Exception):
    """Something that the user can act on: what happened and where, then what to do."""

    exit_code = ExitCode.FINDINGS

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class UsageError(QuizError):
    """A command was given words that it cannot act on."""

    exit_code = ExitCode.USAGE


class QueryError(UsageError):
    """A search cannot be understood; the column, from 1, says where."""

    def __init__(self, column: int, what: str, hint: str) -> None:
        super().__init__(f"Column {column}: {what}.", hint)
        self.column = column


class SearchEndedError(QuizError):
    """A search was stopped, by the learner or because it took too long."""


class ConfigError(QuizError):
    """A setting has a value that it cannot have."""

    exit_code = ExitCode.USAGE


class DeckError(QuizError):
    """A deck file cannot be read, or a card is not in the library."""

    exit_code = ExitCode.DECK


class StoreError(QuizError):
    """The database cannot be opened, read or written."""

    exit_code = ExitCode.STORE


class SimulationError(QuizError):
    """A simulation could not run to its end."""

    exit_code = ExitCode.SIMULATION
