"""A search as a tree: which cards are meant, in the terms of the domain."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from quizapp.core.search.pattern import Pattern
from quizapp.core.topic import CardKind


class Comparison(StrEnum):
    """How a figure of a card is compared with one of the query."""

    EQUAL = "="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


class State(StrEnum):
    """What `is:` asks for."""

    NEW = "new"
    LEARN = "learn"
    REVIEW = "review"
    DUE = "due"
    SUSPENDED = "suspended"
    BURIED = "buried"
    BURIED_BY_HAND = "buried-manually"
    BURIED_BY_SIBLING = "buried-sibling"
    LEECH = "leech"
    FLAGGED = "flagged"
    LOCKED = "locked"
    DELETED = "deleted"


class Figure(StrEnum):
    """What `prop:` compares."""

    INTERVAL = "ivl"
    DUE = "due"
    LAPSES = "lapses"
    REPS = "reps"
    STABILITY = "s"
    DIFFICULTY = "d"
    RECALL = "r"


@dataclass(frozen=True, slots=True)
class Everything:
    """Every card: a query without words."""


@dataclass(frozen=True, slots=True)
class And:
    """Cards that all of the parts mean."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Cards that any of the parts means."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Cards that the part does not mean."""

    part: Query


@dataclass(frozen=True, slots=True)
class Words:
    """Cards on which this text stands, also inside of words."""

    pattern: Pattern


class Side(StrEnum):
    """A part of a card that `front:` and `back:` look at."""

    FRONT = "front"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class OnSide:
    """Cards on whose question, or on whose answer, this text stands, also inside of words."""

    side: Side
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class OfKind:
    """The questions of topics, their follow-ups, or their prediction cards."""

    kind: CardKind


@dataclass(frozen=True, slots=True)
class AskedTwice:
    """Cards that ask the same as another one, in any case of letters."""


@dataclass(frozen=True, slots=True)
class WholeWord:
    """Cards on which this text stands between the borders of words."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Regex:
    """Cards on which a regular expression finds something, in any case of letters."""

    expression: str


@dataclass(frozen=True, slots=True)
class InDeck:
    """Cards of a deck and of those below it; levels are parted by `/`."""

    path: Pattern


@dataclass(frozen=True, slots=True)
class Tagged:
    """Cards with a tag, of their topic or the learner's own, or with one below it."""

    tag: Pattern


@dataclass(frozen=True, slots=True)
class TaggedLike:
    """Cards with a tag in which a regular expression finds something."""

    expression: str


@dataclass(frozen=True, slots=True)
class InState:
    """Cards in a state."""

    state: State


@dataclass(frozen=True, slots=True)
class Flagged:
    """Cards with a flag; 0 for those without."""

    number: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Cards of which a figure compares so with a value.

    Attributes:
        reach: How far from the value a figure still equals it: half of the last digit that was written.
    """

    figure: Figure
    comparison: Comparison
    value: float
    reach: float = 0.0


@dataclass(frozen=True, slots=True)
class OfDifficulty:
    """Cards of topics whose author gave them such a difficulty, 1 to 5."""

    comparison: Comparison
    value: int


@dataclass(frozen=True, slots=True)
class AddedWithin:
    """Cards that came into the library within so many study days, today included."""

    days: int


@dataclass(frozen=True, slots=True)
class IntroducedWithin:
    """Cards that were answered for the first time within so many study days, today included."""

    days: int


@dataclass(frozen=True, slots=True)
class RatedWithin:
    """Cards that were answered within so many study days, today included; with a rating of 1 to 4, if one is given."""

    days: int
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class WithIds:
    """The cards of these ids, in any case of letters."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfTopic:
    """Cards of the topics whose id or title is this."""

    name: Pattern


Query: TypeAlias = (
    Everything
    | And
    | Or
    | Not
    | Words
    | OnSide
    | OfKind
    | AskedTwice
    | WholeWord
    | Regex
    | InDeck
    | Tagged
    | TaggedLike
    | InState
    | Flagged
    | Compared
    | OfDifficulty
    | AddedWithin
    | IntroducedWithin
    | RatedWithin
    | WithIds
    | OfTopic
)


def names_state(query: Query, state: State) -> bool:
    """Return whether a query asks for a state anywhere."""
    match query:
        case InState(asked):
            return asked is state
        case And(parts) | Or(parts):
            return any(names_state(part, state) for part in parts)
        case Not(part):
            return names_state(part, state)
        case _:
            return False


def has_regex(query: Query) -> bool:
    """Return whether a query holds a regular expression of the learner's, which may take for ever."""
    match query:
        case Regex() | TaggedLike():
            return True
        case And(parts) | Or(parts):
            return any(map(has_regex, parts))
        case Not(part):
            return has_regex(part)
        case _:
            return False
