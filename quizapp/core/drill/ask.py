"""One thing to be asked: a reference small enough to be kept in a drill's place, and the prompt that it leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from quizapp.core.topic import CardId, KeyPoint, SimBlock, TopicId


class AskKind(StrEnum):
    """What is asked for."""

    QUESTION = "question"
    FOLLOW_UP = "follow-up"
    DERIVATION = "derivation"
    DEBUGGING = "debugging"
    SUMMARY = "summary"
    YOUR_QUESTIONS = "your questions"


OF_CARDS = (AskKind.QUESTION, AskKind.FOLLOW_UP)
"""What asks a card's own words; only this may move the card's schedule."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A reference to something to be asked.

    Attributes:
        card_id: The card that is asked, or that the question is kept under.
        subject: The simulation whose formula is derived, or the name of the failed run; else empty.
    """

    kind: AskKind
    card_id: CardId
    subject: str = ""

    @property
    def has_hint(self) -> bool:
        """Whether something can be hinted at; what the learner would ask has no answer to point to."""
        return self.kind is not AskKind.YOUR_QUESTIONS

    @property
    def title_tells(self) -> bool:
        """Whether the topic's title would say what is wrong with a run that failed."""
        return self.kind is AskKind.DEBUGGING

    def plain(self) -> list[str]:
        """Return the reference as plain values."""
        return [self.kind.value, self.card_id, self.subject]


def ask_from(values: list[str]) -> Ask:
    """Return the reference that `Ask.plain` wrote."""
    kind, card_id, subject = values
    return Ask(AskKind(kind), CardId(card_id), subject)


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the learner sees of a question, and what the answer is held against.

    Attributes:
        question, model: Markdown; the model answer stays hidden until the learner has answered.
        filled: Markdown that is shown below the model answer and is no part of it: the question without its blanks.
        points: What a good answer covers.
        opened_at: The 0-based line at which the model answer opens.
        sim: What "show me" opens; None where nothing fits.
        seconds: How long an answer should take.
        siblings: The follow-ups of a question's topic that may be asked after it, in the author's order.
        synonyms: Words of its topic that count as the same, as its file declares them.
    """

    ask: Ask
    topic_id: TopicId
    title: str
    deck: str
    question: str
    model: str
    points: tuple[KeyPoint, ...]
    seconds: int
    opened_at: int = 0
    sim: SimBlock | None = None
    siblings: tuple[CardId, ...] = ()
    synonyms: str = ""
    filled: str = ""

    def missed(self, ticked: frozenset[str]) -> tuple[str, ...]:
        """Return the key points that were not ticked, as written."""
        return tuple(point.text for point in self.points if point.text not in ticked)


_SECONDS: Mapping[AskKind, int] = {
    AskKind.QUESTION: 90,
    AskKind.FOLLOW_UP: 60,
    AskKind.DERIVATION: 210,
    AskKind.DEBUGGING: 210,
    AskKind.SUMMARY: 60,
    AskKind.YOUR_QUESTIONS: 60,
}
_A_DIFFICULTY = {AskKind.QUESTION: 30, AskKind.FOLLOW_UP: 15}
CHECKING_SECONDS = 60
"""What ticking the key points and judging the answer takes, about; a plan allows for it."""


def seconds_for(kind: AskKind, difficulty: int) -> int:
    """Return how long an answer should take: a harder question's longer, a follow-up's half as long."""
    return _SECONDS[kind] + _A_DIFFICULTY.get(kind, 0) * difficulty
