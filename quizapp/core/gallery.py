"""The lab's gallery: the simulations in their groups, those that fit a card first, narrowed down by words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sims.protocol import Simulation

GROUPS = ("gradients", "scale", "depth", "transformers", "vision", "training")
FITS = "fits this card"
BROKEN = "cannot be used"
MOST_FITS = 3


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One simulation as it hangs in the gallery.

    Attributes:
        simulation: None where it cannot be loaded.
        problem: Why not.
    """

    name: str
    simulation: Simulation[Any] | None
    problem: str = ""

    @property
    def title(self) -> str:
        """What it is called."""
        return self.simulation.header.title if self.simulation else self.name

    @property
    def group(self) -> str:
        """The heading that it stands under."""
        return self.simulation.header.group if self.simulation else BROKEN

    def says(self, words: str) -> bool:
        """Whether every word stands somewhere in what it says of itself."""
        said = [self.name, self.problem, self.group]
        if self.simulation is not None:
            header = self.simulation.header
            said += [header.title, header.claim, *header.words]
        text = " ".join(said).casefold()
        return all(word in text for word in words.casefold().split())


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    exhibits: tuple[Exhibit, ...]


def exhibits(
    simulations: Iterable[Simulation[Any]], problems: Iterable[tuple[str, str]]
) -> tuple[Exhibit, ...]:
    """Return everything that is there: what can be opened, then what cannot, with the reason."""
    working = [Exhibit(simulation.header.name, simulation) for simulation in simulations]
    return (*working, *(Exhibit(name, None, reason) for name, reason in problems))


def sections(found: Sequence[Exhibit], fits: Sequence[str] = (), words: str = "") -> tuple[Section, ...]:
    """Return the headings that have anything under them; each exhibit stands under one.

    Args:
        fits: The names that fit a card, the best first; the first few of them stand above all groups.
        words: What was typed: an exhibit stays if it says all of it.
    """
    shown = [exhibit for exhibit in found if exhibit.says(words)]
    by_name = {exhibit.name: exhibit for exhibit in shown if exhibit.simulation is not None}
    fitting = tuple(by_name[name] for name in fits[:MOST_FITS] if name in by_name)
    above = {exhibit.name for exhibit in fitting}
    groups = [*GROUPS, *_further(shown), BROKEN]
    rest = [
        Section(group, tuple(one for one in shown if one.group == group and not _is_above(one, above)))
        for group in groups
    ]
    return tuple(section for section in (Section(FITS, fitting), *rest) if section.exhibits)


def best_named(shown: Sequence[Section], words: str) -> Exhibit | None:
    """Return the first exhibit whose name or title holds all words typed, or else the first of all."""
    found = [exhibit for section in shown for exhibit in section.exhibits]
    wanted = words.casefold().split()
    named = (
        exhibit
        for exhibit in found
        if all(word in f"{exhibit.name} {exhibit.title}".casefold() for word in wanted)
    )
    return next(named, found[0] if found else None)


def _is_above(exhibit: Exhibit, above: Collection[str]) -> bool:
    return exhibit.simulation is not None and exhibit.name in above


def _further(shown: Iterable[Exhibit]) -> list[str]:
    """Return the groups that other packages have thought of, each once."""
    known = (*GROUPS, BROKEN)
    return list(dict.fromkeys(exhibit.group for exhibit in shown if exhibit.group not in known))
