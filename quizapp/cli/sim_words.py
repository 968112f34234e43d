"""The words of `quizapp sim`: which options go together, what they name, and how they reach `python -m sims`."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

import click
from click.core import ParameterSource

from quizapp.core.sentence import sentence
from quizapp.errors import UsageError

REPORT = "docs/claims.md"
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "the list": ("as_json",),
    "new": ("into",),
    "check": ("device", "seeds", "jobs", "report"),
    "a sweep": ("settings", "seed", "device", "as_json", "sweep", "measures", "seeds", "jobs"),
    "an export": ("settings", "seed", "device", "steps", "write"),
    "a run": ("settings", "seed", "device", "steps", "as_json", "plain"),
}
"""Which options each use takes."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the options say; None where one is not given."""

    settings: tuple[str, ...]
    seed: int
    device: str
    steps: int | None
    as_json: bool
    plain: bool
    seeds: int | None
    jobs: int | None
    report: str | None
    sweep: str | None
    measures: tuple[str, ...]
    into: str | None
    write: str | None

    @property
    def set_words(self) -> list[str]:
        """The settings as `python -m sims` takes them."""
        return [f"--set={text}" for text in self.settings]

    @property
    def several_words(self) -> list[str]:
        """How many seeds and how many processes, the same way."""
        words = [f"--seeds={self.seeds}"] if self.seeds else []
        return words + ([f"--jobs={self.jobs}"] if self.jobs else [])


def refuse_strays(context: click.Context, use: str) -> None:
    """Raise a UsageError for an option that would be passed over."""
    for parameter in context.command.params:
        name = parameter.name or ""
        given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if given and isinstance(parameter, click.Option) and name not in ALLOWED[use]:
            fits = " or ".join(other for other, names in ALLOWED.items() if name in names)
            raise UsageError(f"{parameter.opts[0]} does not go with {use}.", f"It belongs to {fits}.")


def known(name: str) -> str:
    """Return the name of a simulation that is there and can be loaded.

    Raises:
        UsageError: It is not.
    """
    from sims.catalogue import UnknownSimulation, get

    try:
        return get(name).header.name
    except UnknownSimulation as error:
        raise UsageError(sentence(error), "`quizapp sim` lists them.") from error


def listed(name: str) -> str:
    """Return the name of a simulation that is there, though it may be broken.

    Raises:
        UsageError: It is not.
    """
    from sims.catalogue import UnknownSimulation, require

    try:
        require(name)
    except UnknownSimulation as error:
        raise UsageError(sentence(error), "`quizapp sim` lists them.") from error
    return name


def pair(text: str) -> tuple[str, str]:
    """Return the knob and the value of `knob=value`.

    Raises:
        UsageError: It is not of that form.
    """
    knob, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"--set {text}: there is no value.", "Give KNOB=VALUE, such as depth=50.")
    return knob, value


def require_knobs(name: str, settings: Sequence[str]) -> None:
    """Raise a UsageError for a setting that the simulation does not take."""
    from sims.catalogue import get
    from sims.protocol import KnobError, knobs_from_text

    try:
        knobs_from_text(get(name), dict(pair(text) for text in settings))
    except KnobError as error:
        raise UsageError(sentence(error), "`quizapp sim NAME --help` says how knobs are set.") from error


def become(arguments: Sequence[str]) -> NoReturn:
    """Go on as `python -m sims`: the app itself never loads torch."""
    from quizapp.services.simulation_command import simulation_command

    sys.stdout.flush()
    words = simulation_command(arguments)
    if os.name == "nt":  # there, execv returns to the shell before the run has ended
        import subprocess

        sys.exit(subprocess.call(words))  # noqa: S603 - our own program
    os.execv(words[0], words)  # noqa: S606 - the same interpreter
