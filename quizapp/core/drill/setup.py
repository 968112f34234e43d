"""What a drill is set up with: the time, the topics, how far follow-ups go, and how answers are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LEAST_MINUTES, MOST_MINUTES = 5, 180
EASIEST, HARDEST = 1, 5
SEEDS = 999
"""The greatest seed."""


class Manner(StrEnum):
    """How an answer is given."""

    WRITTEN = "written"
    SPOKEN = "spoken"


class Reach(StrEnum):
    """How far the follow-ups of a question go; each is earned by a good answer to what was asked before it."""

    NONE = "none"
    ONE = "one"
    ALL = "all earned"


@dataclass(frozen=True, slots=True)
class Setup:
    """The learner's choices.

    Attributes:
        deck: This deck and all below it; empty for every deck.
        tag: Of the topic's file or the learner's own; empty for any.
        easiest, hardest: The difficulties asked for, both included.
        seed: Decides which questions come, in which order; the same seed on the same history gives the same drill.
        is_mock: Rounds with a plan, as in an interview, in place of question after question.
    """

    minutes: int = 30
    deck: str = ""
    tag: str = ""
    easiest: int = EASIEST
    hardest: int = HARDEST
    reach: Reach = Reach.ALL
    manner: Manner = Manner.WRITTEN
    seed: int = 0
    is_mock: bool = False

    def __post_init__(self) -> None:
        """Refuse what no drill can be held with."""
        if not LEAST_MINUTES <= self.minutes <= MOST_MINUTES:
            raise ValueError(f"a drill takes {LEAST_MINUTES} to {MOST_MINUTES} minutes, not {self.minutes}")
        if not EASIEST <= self.easiest <= self.hardest <= HARDEST:
            raise ValueError(
                f"a difficulty is a number from {EASIEST} to {HARDEST}, or a range such as 3-5,"
                f" not {self.easiest}-{self.hardest}"
            )

    @property
    def topics_words(self) -> str:
        """Which topics may come, in words."""
        parts = [self.deck or "all decks"]
        if self.tag:
            parts.append(f"tag {self.tag}")
        if (self.easiest, self.hardest) != (EASIEST, HARDEST):
            parts.append(f"difficulty {difficulty_words(self.easiest, self.hardest)}")
        return ", ".join(parts)

    def plain(self) -> dict[str, object]:
        """Return the choices as plain values, as the database keeps them."""
        return {
            "minutes": self.minutes,
            "deck": self.deck,
            "tag": self.tag,
            "easiest": self.easiest,
            "hardest": self.hardest,
            "reach": self.reach.value,
            "manner": self.manner.value,
            "seed": self.seed,
            "mock": self.is_mock,
        }


def setup_from(values: Mapping[str, Any]) -> Setup:
    """Return the setup that `Setup.plain` wrote."""
    return Setup(
        minutes=values["minutes"],
        deck=values["deck"],
        tag=values["tag"],
        easiest=values["easiest"],
        hardest=values["hardest"],
        reach=Reach(values["reach"]),
        manner=Manner(values["manner"]),
        seed=values["seed"],
        is_mock=values["mock"],
    )


def difficulty_range(text: str) -> tuple[int, int]:
    """Return the easiest and the hardest difficulty of `4` or `3-5`.

    Raises:
        ValueError: It is neither, or outside 1 to 5.
    """
    low, dash, high = text.strip().partition("-")
    try:
        easiest = int(low)
        hardest = int(high) if dash else easiest
    except ValueError:
        easiest = hardest = 0
    if not EASIEST <= easiest <= hardest <= HARDEST:
        raise ValueError(f"{text!r} is no difficulty: write 4, or a range such as 3-5, from 1 to 5")
    return easiest, hardest


def difficulty_words(easiest: int, hardest: int) -> str:
    """Return a range of difficulties as it is written on the command line."""
    return f"{easiest}" if easiest == hardest else f"{easiest}-{hardest}"
