"""One answer of a drill as it is kept: what was asked, what was said, how it was judged, how long it took."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from quizapp.core.drill.ask import OF_CARDS, AskKind
from quizapp.core.drill.plan import RoundKind
from quizapp.core.drill.rubric import (
    Band,
    Bands,
    Dimension,
    bands_from,
    is_complete,
    plain_bands,
    rating_of,
    score,
)
from quizapp.core.memory import Rating
from quizapp.core.topic import CardId, TopicId


@dataclass(frozen=True, slots=True)
class Answered:
    """Everything that a debrief, a trend and an export need, whatever becomes of the card.

    Attributes:
        answer: The learner's words; empty when they were spoken.
        bands: Empty when the question was skipped.
        answer_ms: From the question shown to the answer done; simulations and pauses do not count.
        planned_s: How long it should have taken.
        hint: The hint that was taken; empty where there was none.
        is_second: A second try at a question whose model answer was seen. Only first tries count.
        figures: What was shown of a failed run, as text.
        shown: The simulations that were opened with it.
        moved: Whether the rating moved the card's schedule.
    """

    round: RoundKind
    kind: AskKind
    card_id: CardId
    topic_id: TopicId
    title: str
    deck: str
    question: str
    at_ms: int
    answer: str = ""
    spoken: bool = False
    ticked: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    bands: Bands = field(default_factory=dict)
    answer_ms: int = 0
    planned_s: int = 0
    hint: str = ""
    is_second: bool = False
    figures: str = ""
    shown: tuple[str, ...] = ()
    moved: bool = False
    subject: str = ""

    @property
    def is_skipped(self) -> bool:
        """Whether nothing was answered."""
        return not is_complete(self.bands)

    @property
    def counts(self) -> bool:
        """Whether it counts in the scores: a first try that was judged."""
        return not self.is_skipped and not self.is_second

    @property
    def is_helped(self) -> bool:
        """Whether it took a hint before the model answer was shown."""
        return bool(self.hint) and not self.is_second

    @property
    def rating(self) -> Rating:
        """What an answer that was judged means to the schedule."""
        return rating_of(self.bands, is_helped=self.is_helped)

    @property
    def is_good(self) -> bool:
        """Whether it earns a follow-up."""
        return not self.is_skipped and self.rating >= Rating.GOOD

    @property
    def tells_of_topic(self) -> bool:
        """Whether it says how well its topic is known; the learner's own questions to the interviewer do not."""
        return self.kind is not AskKind.YOUR_QUESTIONS

    @property
    def is_of_card(self) -> bool:
        """Whether a card's own words were asked."""
        return self.kind in OF_CARDS

    @property
    def score(self) -> float:
        """The score, 0 to 1: 0 of what was skipped, half of what took a hint."""
        if self.is_skipped:
            return 0.0
        return score(self.bands) / 2 if self.is_helped else score(self.bands)

    def band(self, dimension: Dimension) -> Band:
        """Return the band in one dimension."""
        return self.bands[dimension]

    def plain(self) -> dict[str, object]:
        """Return the answer as plain values, as the database keeps them."""
        return {
            "round": self.round.value,
            "kind": self.kind.value,
            "card": self.card_id,
            "topic": self.topic_id,
            "title": self.title,
            "deck": self.deck,
            "question": self.question,
            "at": self.at_ms,
            "answer": self.answer,
            "spoken": self.spoken,
            "ticked": list(self.ticked),
            "missed": list(self.missed),
            "bands": plain_bands(self.bands),
            "answer_ms": self.answer_ms,
            "planned_s": self.planned_s,
            "hint": self.hint,
            "second": self.is_second,
            "figures": self.figures,
            "shown": list(self.shown),
            "moved": self.moved,
            "subject": self.subject,
        }


def answered_from(values: Mapping[str, Any]) -> Answered:
    """Return the answer that `Answered.plain` wrote."""
    return Answered(
        round=RoundKind(values["round"]),
        kind=AskKind(values["kind"]),
        card_id=CardId(values["card"]),
        topic_id=TopicId(values["topic"]),
        title=values["title"],
        deck=values["deck"],
        question=values["question"],
        at_ms=values["at"],
        answer=values["answer"],
        spoken=values["spoken"],
        ticked=tuple(values["ticked"]),
        missed=tuple(values["missed"]),
        bands=bands_from(values["bands"]),
        answer_ms=values["answer_ms"],
        planned_s=values["planned_s"],
        hint=values["hint"],
        is_second=values.get("second", bool(values["hint"])),  # a hint once meant a second try
        figures=values["figures"],
        shown=tuple(values["shown"]),
        moved=values["moved"],
        subject=values["subject"],
    )
