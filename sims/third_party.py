"""Simulations of other packages, found by their entry points: `[project.entry-points."quizapp.sims"]`.

An entry is `name = "module:SIMULATION"`. The entries of all installed packages are read when somebody first asks for
them, never at import.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.machinery import ModuleSpec
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType
from typing import Any, cast

from sims.protocol import Header, Simulation

GROUP = "quizapp.sims"
RESERVED = ("check", "demo", "golden", "new")
"""Words that stand where a simulation's name may stand on a command line."""
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PARTS = ("knobs", "views", "declared_claims", "run", "claims", "prediction", "outcome", "explanation")


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that is passed over, and why."""

    name: str
    reason: str


@cache
def found() -> tuple[EntryPoint, ...]:
    """Return every entry of the group, in a fixed order. What is installed is looked through once a process."""
    return tuple(sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, _package(entry))))


def sorted_out(bundled: Collection[str]) -> tuple[dict[str, EntryPoint], tuple[Refused, ...]]:
    """Return the entries by name, and those that are passed over because their name is taken or is none."""
    taken: dict[str, EntryPoint] = {}
    refused: list[Refused] = []
    for entry in found():
        if not _NAME.fullmatch(entry.name):
            reason = "a name is small letters, digits and hyphens"
        elif entry.name in bundled or entry.name in RESERVED:
            reason = "quizapp itself has this name, and keeps it"
        elif entry.name in taken:
            reason = f"{_package(taken[entry.name])} has this name, too, and comes first"
        else:
            taken[entry.name] = entry
            continue
        refused.append(Refused(entry.name, f"the one of {_package(entry)} is passed over: {reason}"))
    return taken, tuple(refused)


def load(entry: EntryPoint) -> Simulation[Any]:
    """Import the entry's module and return its simulation.

    Raises:
        Exception: Whatever the module raises; TypeError and ValueError for what is no simulation of this name.
    """
    with _without_torch():
        simulation = entry.load()
    header = getattr(simulation, "header", None)
    missing = [part for part in _PARTS if not hasattr(simulation, part)]
    if not isinstance(header, Header) or missing:
        raise TypeError(f"{entry.value} is no simulation: it has no {', '.join(missing) or 'Header'}")
    if header.name != entry.name:
        raise ValueError(f"its header calls it {header.name!r}, its entry point {entry.name!r}")
    return cast("Simulation[Any]", simulation)


def _package(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist is not None else entry.module


class _TorchRefused:
    """Stands before the other finders while a module is imported that only declares things."""

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - importlib's signature
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Refuse torch, and leave everything else to the others."""
        if name == "torch":
            raise ImportError(
                "it imports torch with its module: import torch inside run, so that lists stay fast"
            )
        return None


@contextmanager
def _without_torch() -> Iterator[None]:
    """Refuse to load torch meanwhile, where it is not loaded yet: it takes a second, and apps list without it."""
    guard = _TorchRefused()
    sys.meta_path.insert(0, guard)
    try:
        yield
    finally:
        sys.meta_path.remove(guard)
