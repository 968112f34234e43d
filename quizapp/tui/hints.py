"""The keys of a footer: as many as a line has room for, the most important first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.cells import cell_len


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


def fitting(hints: Iterable[Hint], room: int) -> Iterator[Hint]:
    """Yield the first of the hints that so many columns hold."""
    for hint in hints:
        room -= hint.columns
        if room < 0:
            return
        yield hint
