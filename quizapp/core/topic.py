"""What a deck is made of: topics, their key points, claims, follow-ups and `sim` blocks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

TopicId = NewType("TopicId", str)
CardId = NewType("CardId", str)


class CardKind(StrEnum):
    """Which prompt of its topic a card is."""

    QUESTION = "question"
    FOLLOW_UP = "follow-up"
    PREDICTION = "prediction"


@dataclass(frozen=True, slots=True)
class SimBlock:
    """A simulation with preset knobs, launched from a place in the text.

    Attributes:
        settings: Knob names and values as written, in order.
        line: The 0-based line of the block's opening fence within the Markdown that it stands in.
    """

    simulation: str
    settings: tuple[tuple[str, str], ...]
    line: int


@dataclass(frozen=True, slots=True)
class PredictionBlock:
    """A `sim predict` block: a card that asks for a prediction, with other knobs at every review.

    Attributes:
        settings: Each knob with what a review draws its value from, as written: `50`, `10..80`, `0,0.5,1`.
        tolerance: The largest error that counts as right, in the prediction's own measure; None: the simulation's.
        answer: The answer of the follow-up that the block stands in; empty in the topic's own answer.
    """

    simulation: str
    settings: tuple[tuple[str, str], ...]
    tolerance: float | None = None
    answer: str = ""

    @property
    def markdown(self) -> str:
        """The block as the library keeps it, always in the same form; reading it gives the same block."""
        tolerance = "" if self.tolerance is None else f" tolerance={self.tolerance!r}"
        body = " ".join((self.simulation, *(f"{knob}={values}" for knob, values in self.settings)))
        return f"```sim predict{tolerance}\n{body}\n```"


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One thing that a good answer must cover. `lead` is the bold heading above it, such as "Must mention"."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A further question of the same topic. Without an answer of its own its back is the topic's answer."""

    question: str
    answer: str = ""


class TruthVerdict(StrEnum):
    """How true a claim of the field is, as a deck writes it."""

    RIGHT = "right"
    CONDITIONAL = "right with a condition"
    MISLEADING = "misleading"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class MeasuredBy:
    """The claim of a simulation that measures a deck's claim, and the knobs that it takes for that."""

    simulation: str
    claim: str
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DeckClaim:
    """One thing that is said of the topic, in textbooks and notes, and how true it is.

    Attributes:
        statement: What is said, in short, on one line.
        precise: What is precisely true, as Markdown.
        corrected_in: The heading of the answer's section that puts it right; empty where it names none.
    """

    statement: str
    verdict: TruthVerdict
    precise: str
    source: str
    measured_by: MeasuredBy | None = None
    corrected_in: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """One Markdown document. Texts are Markdown as written, with LF line ends and no outer blank lines.

    Attributes:
        deck: The path of the deck, levels parted by '/', never empty.
        difficulty: 1 (easy) to 5.
        cover: The "What to Cover" section as written; `key_points` are read from it.
        claims_section: The "Claims" section as written; `claims` are read from it.
        predictions: Read from the answer and from those of the follow-ups, in this order.
        metadata: Further `**Name:** value` lines that quizapp does not use, kept for writing back.
    """

    id: TopicId
    title: str
    deck: str
    difficulty: int
    tags: tuple[str, ...]
    question: str
    answer: str
    cover: str = ""
    key_points: tuple[KeyPoint, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    predictions: tuple[PredictionBlock, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    claims_section: str = ""
    claims: tuple[DeckClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a deck file. Line and column count from 1.

    Attributes:
        fatal: The topic cannot be taken into the library; otherwise it can, and this is a warning.
    """

    path: str
    line: int
    column: int
    what: str
    hint: str
    fatal: bool = True

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.what}: {self.hint}"
