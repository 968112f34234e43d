"""What Home shows: decks as a tree with counts, the day's work, the days ahead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

SECONDS_A_CARD = 25.0
"""How long a card takes a learner who has answered none yet today."""
CARDS_ASSUMED = 10
"""So many such cards weigh in with those of today, so that a few that were rushed through do not set the pace."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cards wait: new ones within the daily limit, learning ones, due reviews."""

    new: int = 0
    learning: int = 0
    due: int = 0

    @property
    def total(self) -> int:
        """All that can be studied now."""
        return self.new + self.learning + self.due

    def __add__(self, other: Counts) -> Counts:
        """Return the sum of two decks' counts."""
        return Counts(self.new + other.new, self.learning + other.learning, self.due + other.due)


@dataclass(frozen=True, slots=True)
class DeckRow:
    """One line of the deck tree; the counts take in everything below it.

    Attributes:
        depth: How many levels lie above it.
        has_children: Whether other decks lie below it.
    """

    path: str
    name: str
    depth: int
    counts: Counts
    has_children: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """Home's figures at one moment.

    Attributes:
        done, done_seconds: Ratings given today that moved the schedule, a drill's among them, and how long they took.
        pace_seconds: How long one review takes today; an answer in a drill takes longer, and says nothing of what is left.
        forecast: Reviews that fall due on each coming study day, today first.
    """

    day: int
    decks: tuple[DeckRow, ...]
    left: Counts
    done: int
    done_seconds: float
    pace_seconds: float
    streak: int
    forecast: tuple[int, ...]

    @property
    def next_due(self) -> tuple[int, int] | None:
        """In how many days, from 1, the next reviews fall due, and how many; None for none within the forecast."""
        return next(((days, due) for days, due in enumerate(self.forecast) if days and due), None)

    @property
    def minutes_left(self) -> int:
        """How long what is left will take at today's pace, in whole minutes, at least one if anything is left."""
        return max(1, round(self.left.total * self.pace_seconds / 60)) if self.left.total else 0


def pace(reviews: int, seconds: float) -> float:
    """Return how many seconds a review takes: the mean of those of today and of what is assumed of the first ones."""
    return (CARDS_ASSUMED * SECONDS_A_CARD + seconds) / (CARDS_ASSUMED + reviews)


def due_words(next_due: tuple[int, int] | None) -> str:
    """Return when the next reviews fall due, as a sentence."""
    if next_due is None:
        return "No review falls due in the days ahead."
    days, due = next_due
    when = "tomorrow" if days == 1 else f"in {days} days"
    return f"The next review falls due {when}." if due == 1 else f"The next {due} reviews fall due {when}."


NO_LIMIT = 1 << 30


def deck_tree(
    paths: Iterable[str],
    counts: Mapping[str, Counts],
    new_left: int,
    due_left: int,
    own_left: Mapping[str, tuple[int, int]] = MappingProxyType({}),
) -> tuple[DeckRow, ...]:
    """Return the decks in the order of a tree, with the daily limits applied to each line.

    Args:
        paths: The decks that hold cards; the levels above them are added.
        counts: What waits in each deck itself.
        new_left, due_left: How many more the daily limits allow.
        own_left: The same by deck, for it with all below it, where a deck has limits of its own.
    """
    nodes: set[tuple[str, ...]] = set()
    for path in paths:
        parts = tuple(path.split("/"))
        nodes.update(parts[: depth + 1] for depth in range(len(parts)))
    sums = dict.fromkeys(nodes, Counts())
    for path, waiting in counts.items():
        sums[tuple(path.split("/"))] += waiting
    left = {node: own_left.get("/".join(node), (NO_LIMIT, NO_LIMIT)) for node in nodes}
    for node in sorted(
        nodes, key=len, reverse=True
    ):  # from the leaves up: a deck's limit cuts what it hands on
        sums[node] = limited(sums[node], *left[node])
        if len(node) > 1:
            sums[node[:-1]] += sums[node]
    for node in sorted(nodes, key=len):  # and from the root down: it lies within those of the decks above it
        above = left[node[:-1]] if len(node) > 1 else (new_left, due_left)
        left[node] = (min(left[node][0], above[0]), min(left[node][1], above[1]))
    parents = {node[:-1] for node in nodes}
    return tuple(
        DeckRow(
            path="/".join(node),
            name=node[-1],
            depth=len(node) - 1,
            counts=limited(sums[node], *left[node]),
            has_children=node in parents,
        )
        for node in sorted(nodes)
    )


def limited(counts: Counts, new_left: int, due_left: int) -> Counts:
    """Return the counts with the daily limits applied."""
    return Counts(min(counts.new, max(0, new_left)), counts.learning, min(counts.due, max(0, due_left)))
