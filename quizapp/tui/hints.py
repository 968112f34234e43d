"""The keys of a footer: as many as a line has room for, the most important first, and always the one for help."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.cells import cell_len

HELP = "Help"


@dataclass(frozen=True, slots=True)
class Hint:
    """One key as it is shown, and as it is pressed by a click."""

    shown: str
    words: str
    key: str

    @property
    def columns(self) -> int:
        """The room that it takes, with a blank before, between and after."""
        return cell_len(self.shown) + cell_len(self.words) + 3


def fitting(hints: Iterable[Hint], room: int) -> list[Hint]:
    """Return the first of the hints that so many columns hold; the one for help takes the place of the last ones."""
    every = list(hints)
    shown = _first(every, room)
    help_ = next((hint for hint in every if hint.words == HELP), None)
    if help_ is None or help_ in shown or help_.columns > room:
        return shown
    return [*_first(every, room - help_.columns), help_]


def _first(hints: Iterable[Hint], room: int) -> list[Hint]:
    first: list[Hint] = []
    for hint in hints:
        room -= hint.columns
        if room < 0:
            break
        first.append(hint)
    return first
